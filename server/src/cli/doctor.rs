use std::io::{Write, stdout};

use desk::Records;
use domain::{QuoteForm, QuoteRequest};

use super::{CommandError, Environment, block_on, told};
use crate::Settings;
use crate::application::StartError;
use crate::diagnosis::{Check, Finding, diagnose};
use crate::partner::Counter;
use crate::web::Site;

const DATABASE_MEND: &str = "Make room on the disk, check the file and its folder (TRADEIN_DATABASE_URL), or move a broken file \
    away; a new one is made.";

pub(super) fn run(environment: Environment<'_>) -> Result<(), CommandError> {
    let settings = match Settings::read(environment) {
        Ok(settings) => settings,
        Err(error) => {
            let mend = "Correct the setting that is named; all are in the README.";
            return report(&[Check::wrong("settings", error.to_string(), mend)]);
        }
    };
    let mut checks = vec![Check::well("settings", "")];
    checks.push(match Site::find(&settings) {
        Ok(site) => Check::well("site files", site.root().display().to_string()),
        Err(error) => Check::wrong("site files", error.to_string(), "Run `make build`."),
    });
    let request = trial().map_err(|failure| told(super::language(environment), &failure))?;
    checks.extend(block_on(examine(&settings, &request))?);
    report(&checks)
}

/// A sound phone of a model that every catalogue has.
fn trial() -> Result<QuoteRequest, domain::Failure> {
    let form = QuoteForm {
        device_type: "手机".into(),
        brand: "苹果".into(),
        model: "iPhone 14 Pro".into(),
        storage: "256GB".into(),
        condition: "九成新".into(),
        function_status: "正常".into(),
        ..QuoteForm::default()
    };
    form.parse()
}

async fn examine(settings: &Settings, request: &QuoteRequest) -> Result<Vec<Check>, CommandError> {
    let url = &settings.records.database_url;
    let (records, stores) = match Records::open(url).await {
        Ok(records) => (records, Check::well("stores", url.clone())),
        Err(error) => {
            // The rest can be looked at without them.
            let spare = Records::open("sqlite::memory:").await;
            let spare = spare.map_err(|cause| StartError::Records { url: url.clone(), cause })?;
            (spare, Check::wrong("stores", error.to_string(), DATABASE_MEND))
        }
    };
    let counter = Counter::with(settings, records).await?;
    let account = match &counter.sandbox {
        Some(_) => "none: sandbox mode, and nobody pays its prices".to_owned(),
        None => {
            settings.partner.account.as_ref().map(|account| account.app_id().to_owned()).unwrap_or_default()
        }
    };
    let examination = counter.desk.examine(request).await;
    let stores = match stores.finding {
        Finding::Well(_) if !examination.recorded => {
            Check::wrong(stores.name, "the call could not be recorded", DATABASE_MEND)
        }
        _ => stores,
    };
    let mut checks = vec![stores, Check::well("account", account)];
    checks.extend(diagnose(&examination));
    counter.desk.close().await;
    Ok(checks)
}

/// Prints the checks; fails when one of them found something wrong, also where nobody reads on.
fn report(checks: &[Check]) -> Result<(), CommandError> {
    let (mut text, mut wrong) = (String::new(), Vec::new());
    for Check { name, finding } in checks {
        match finding {
            Finding::Well(detail) if detail.is_empty() => text += &format!("ok     {name}\n"),
            Finding::Well(detail) => text += &format!("ok     {name:<11} {detail}\n"),
            Finding::Unknown => text += &format!("-      {name:<11} not known\n"),
            Finding::Wrong { cause, mend } => {
                wrong.push(*name);
                text += &format!("WRONG  {name:<11} {}\n", cause.replace('\n', " "));
                text += &format!("       {:<11} {mend}\n", "");
            }
        }
    }
    let printed = stdout().write_all(text.as_bytes());
    if wrong.is_empty() {
        return Ok(printed?);
    }
    Err(CommandError::Failed(format!("wrong: {}; the list above says what to do", wrong.join(", "))))
}
