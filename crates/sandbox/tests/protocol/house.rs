//! A sandbox over HTTP, and calls to it, well signed and otherwise.

use std::sync::Arc;
use std::time::Duration;

use aihuishou::{Account, AppSecret, Attempt, CallErrorKind, Client, Inquiry, Parameters, Profile, sign};
use domain::QuoteForm;
use jiff::Timestamp;
use sandbox::{Running, Sandbox};
use serde_json::Value;

pub(crate) const NOW: &str = "2025-12-30T06:03:00Z";

pub(crate) fn now() -> Timestamp {
    NOW.parse().unwrap()
}

pub(crate) fn account(secret: &str) -> Account {
    Account::new("AHS2025TEST", AppSecret::new(secret).unwrap()).unwrap()
}

pub(crate) async fn start() -> Running {
    let sandbox = Sandbox::new(account("hush"), Arc::new(now)).unwrap();
    sandbox.serve(([127, 0, 0, 1], 0).into()).await.unwrap()
}

pub(crate) fn client(running: &Running, secret: &str) -> Client {
    Client::new(account(secret), Profile::v2(&running.base_url()).unwrap()).unwrap()
}

pub(crate) fn phone() -> QuoteForm {
    QuoteForm {
        device_type: "手机".into(),
        brand: "苹果".into(),
        model: "iPhone 14 Pro".into(),
        storage: "256GB".into(),
        condition: "九成新".into(),
        function_status: "正常".into(),
        ..QuoteForm::default()
    }
}

pub(crate) async fn ask_at(
    running: &Running,
    form: &QuoteForm,
    at: Timestamp,
) -> Result<Inquiry, CallErrorKind> {
    let attempt = Attempt { at, timeout: Duration::from_secs(5) };
    let reply = client(running, "hush").inquire(&form.parse().unwrap(), attempt).await;
    reply.map(|reply| reply.value).map_err(|error| error.kind)
}

pub(crate) async fn ask(running: &Running, form: &QuoteForm) -> Result<Inquiry, CallErrorKind> {
    ask_at(running, form, now()).await
}

pub(crate) fn model(model: &str) -> QuoteForm {
    QuoteForm { model: model.into(), storage: "128GB".into(), ..phone() }
}

pub(crate) async fn faults(running: &Running, faults: Value) {
    let url = format!("http://{}/_sandbox/faults", running.address());
    let answer = reqwest::Client::new().post(url).json(&faults).send().await.unwrap();
    assert_eq!(answer.status(), 204);
}

/// Posts parameters as they are, with the right signature unless they contain a `sign`.
pub(crate) async fn post(running: &Running, parameters: &[(&str, &str)], as_json: bool) -> (u16, Value) {
    post_to(running, "item_get_inquir", parameters, as_json).await
}

pub(crate) async fn post_to(
    running: &Running,
    call: &str,
    parameters: &[(&str, &str)],
    as_json: bool,
) -> (u16, Value) {
    let mut all: Vec<(String, String)> =
        parameters.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    if all.iter().all(|(name, _)| name != "sign") {
        let signature = sign(&Parameters::new(all.clone()), &AppSecret::new("hush").unwrap());
        all.push(("sign".into(), signature.to_string()));
    }
    let request = reqwest::Client::new().post(format!("{}/{call}", running.base_url()));
    let request = match as_json {
        true => request.json(&all.into_iter().collect::<std::collections::BTreeMap<_, _>>()),
        false => request.form(&all),
    };
    let answer = request.send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap_or_default())
}

pub(crate) fn complete() -> Vec<(&'static str, &'static str)> {
    vec![
        ("app_id", "AHS2025TEST"),
        ("timestamp", "2025-12-30 14:03:00"),
        ("version", "v2"),
        ("device_type", "手机"),
        ("brand", "苹果"),
        ("model", "iPhone 14 Pro"),
        ("storage", "256GB"),
        ("condition", "九成新"),
        ("function_status", "正常"),
    ]
}

pub(crate) fn but(name: &str, value: &'static str) -> Vec<(&'static str, &'static str)> {
    let mut parameters = complete();
    for parameter in parameters.iter_mut().filter(|(known, _)| *known == name) {
        parameter.1 = value;
    }
    parameters
}
