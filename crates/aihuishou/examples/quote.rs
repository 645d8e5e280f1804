//! Quotes a phone: `AHS_APP_ID=… AHS_APP_SECRET=… [AHS_API_URL=…] cargo run -p aihuishou --example quote`.
//! `tradein sandbox` prints an account and an address to try it with.

use std::{env, error::Error, time::Duration};

use aihuishou::{Account, AppSecret, Attempt, Client, Profile};
use domain::QuoteForm;
use jiff::Timestamp;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let account = Account::new(&env::var("AHS_APP_ID")?, AppSecret::new(&env::var("AHS_APP_SECRET")?)?)?;
    let base = env::var("AHS_API_URL").unwrap_or_else(|_| Profile::PUBLIC_BASE.to_owned());
    let client = Client::new(account, Profile::v2(&base)?)?;
    let form = QuoteForm {
        device_type: "手机".into(),
        brand: "苹果".into(),
        model: "iPhone 14 Pro".into(),
        storage: "256GB".into(),
        condition: "九成新".into(),
        function_status: "正常".into(),
        ..QuoteForm::default()
    };
    let attempt = Attempt { at: Timestamp::now(), timeout: Duration::from_secs(8) };
    let inquiry = client.inquire(&form.parse()?, attempt).await?.value;
    for step in inquiry.price.steps() {
        #[expect(clippy::print_stdout, reason = "an example speaks on stdout")]
        {
            println!("{:?}: {}", step.kind, step.amount);
        }
    }
    Ok(())
}
