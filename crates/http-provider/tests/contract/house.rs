//! What the tests share: a client, a device, a time.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use domain::{Grade, QuoteForm, QuoteRequest};
use http_provider::check::About;
use http_provider::{Address, Client, Route, Signer};
use jiff::Timestamp;
use provider::Attempt;
use webhook_signing::WebhookSecret;

pub(crate) const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/// Signs with the right secret.
pub(crate) fn signer() -> Signer {
    let count = AtomicU64::new(1);
    let random = Arc::new(move || u128::from(count.fetch_add(1, Ordering::Relaxed)));
    Signer::new(vec![WebhookSecret::parse(SECRET).unwrap()], random).unwrap()
}

pub(crate) fn client(url: &str) -> Client {
    Client::new(Route::default(), Address::parse(url).unwrap(), signer()).unwrap()
}

pub(crate) fn attempt() -> Attempt {
    Attempt { at: Timestamp::now(), timeout: Duration::from_secs(10) }
}

pub(crate) fn device(model: &str) -> QuoteRequest {
    let form = QuoteForm {
        device_type: "手机".into(),
        brand: "苹果".into(),
        model: model.into(),
        storage: "256GB".into(),
        condition: "九成新".into(),
        function_status: "正常".into(),
        ..QuoteForm::default()
    };
    form.parse().unwrap()
}

/// Asks about the first device that a search finds.
pub(crate) fn first() -> About {
    About::First { device_type: None, grade: Grade::Excellent }
}
