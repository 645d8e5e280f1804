//! The calls that are answered: description, search, prices.

use domain::{Moment, QuoteRequest};
use jiff::{SignedDuration, Timestamp};
use outgoing::{Body, Received};
use provider::{BadAnswer, Refusal, SearchRequest};
use reqwest::Method;
use serde_json::Value;

use super::device::{name, of_catalogue, unknown_model};
use super::findings::{Cause, Check, Detail, Finding, Line, Why};
use super::trial::Trial;
use crate::client::Sent;
use crate::shape::{Wanted, item_faults};
use crate::understand::understand;
use crate::wire::QuoteAnswer;
use crate::{Code, Fault, asked, description_faults, judge, quote_faults, search_faults};

/// A price must be valid for at least this long.
const SHORTEST: SignedDuration = SignedDuration::from_hours(1);
/// So many faults are reported at most: one wrong type often repeats in each item.
const MOST_FAULTS: usize = 5;

impl Trial<'_> {
    /// The description, and the most devices in one call.
    pub(super) async fn description(&self) -> (Finding, Option<usize>) {
        let url = self.client.address().url().clone();
        let sent = Sent { method: Method::GET, url, headers: &[], body: Vec::new() };
        let answer = match self.client.send(sent, self.attempt()).await {
            Ok(received) => json(&received),
            Err(error) => Err(Cause::NoAnswer(error.into())),
        };
        match answer.and_then(|answer| faultless(description_faults(&answer)).map(|()| answer)) {
            Ok(answer) => {
                let many = answer["many"].as_u64().and_then(|many| usize::try_from(many).ok());
                let name = answer["name"].as_str().unwrap_or_default().to_owned();
                (Finding::Well(Detail::Service(name, many)), many)
            }
            Err(cause) => (Finding::Wrong(cause), None),
        }
    }

    /// The search, and a device of what it found.
    pub(super) async fn search(&self) -> (Finding, Option<QuoteRequest>) {
        let body = asked::search(&SearchRequest::default());
        let answer = match self.client.post("search", body, self.attempt()).await {
            Ok(received) => json(&received),
            Err(error) => Err(Cause::NoAnswer(error.into())),
        };
        let answer = match answer {
            Ok(answer) => answer,
            Err(cause) => return (Finding::Wrong(cause), None),
        };
        let items = answer["items"].as_array().map_or(&[][..], Vec::as_slice);
        let found = items.iter().find_map(|item| of_catalogue(&serde_json::from_value(item.clone()).ok()?));
        let finding = match faultless(search_faults(&answer)) {
            Err(cause) => Finding::Wrong(cause),
            Ok(()) if found.is_none() => Finding::Wrong(Cause::NoModels),
            Ok(()) => Finding::Well(Detail::Models(items.len())),
        };
        (finding, found)
    }

    /// A price, and what is in it.
    pub(super) async fn prices(&self, device: &QuoteRequest) -> Vec<Line> {
        let received = match self.client.post("quote", asked::quote(device, None), self.attempt()).await {
            Ok(received) => received,
            Err(error) => return unpriced(Cause::NoAnswer(error.into())),
        };
        let answer = match json(&received) {
            Ok(answer) => answer,
            Err(cause) => return unpriced(cause),
        };
        let mut faults = quote_faults(&answer);
        let typed = understand::<QuoteAnswer>(&received);
        if faults.is_empty() && typed.said.is_err() {
            faults.push(Fault { path: String::new(), wanted: Wanted::KeysOnce });
        }
        let take = |faults: &mut Vec<Fault>, begin: &str| -> Result<(), Cause> {
            faultless(faults.extract_if(.., |fault| fault.path.starts_with(begin)).collect())
        };
        let (money, validity) = (take(&mut faults, "price"), take(&mut faults, "valid_until"));
        let is_read = typed.said.is_ok();
        let judged = typed.said.and_then(|said| judge(said, device));
        let price = judged.as_ref().map_or(domain::Money::ZERO, |answer| answer.price.final_price());
        let quote = faultless(faults).map(|()| Detail::Price(price, name(device)));
        let same = match &judged {
            Err(Refusal::BadAnswer(
                bad @ (BadAnswer::AnotherModel | BadAnswer::AnotherStorage | BadAnswer::AnotherGrade),
            )) => Err(Cause::AnotherDevice(*bad, answer["device"].to_string())),
            _ => Ok(Detail::None),
        };
        let is_above = judged == Err(Refusal::BadAnswer(BadAnswer::AboveBase));
        let sums = if money.is_ok() && is_read { sums(&answer["price"]) } else { Ok(()) };
        let money = money.and(if is_above { Err(Cause::AboveBase) } else { Ok(Detail::None) });
        let validity = validity.and_then(|()| self.validity(&answer));
        vec![
            line(Check::Quote, quote),
            line(Check::SameDevice, same),
            line(Check::Money, money),
            line(Check::Sums, sums.map(|()| Detail::None)),
            line(Check::Validity, validity),
        ]
    }

    fn validity(&self, answer: &Value) -> Result<Detail, Cause> {
        let until = answer["valid_until"].as_str().and_then(|text| text.parse::<Timestamp>().ok());
        let until = Moment::new(until.unwrap_or(Timestamp::UNIX_EPOCH));
        if until.since(Moment::new((self.now)())) < SHORTEST {
            Err(Cause::Short(until))
        } else {
            Ok(Detail::Until(until))
        }
    }

    /// Several devices in one call, among them one that the service does not know.
    pub(super) async fn many(&self, device: &QuoteRequest, many: Option<usize>) -> Finding {
        let Some(many) = many else { return Finding::NotTried(Why::NotOffered) };
        let mut devices = vec![device.clone(), unknown_model(device), device.clone()];
        devices.truncate(many);
        let answer = match self.client.post("quotes", asked::quotes(&devices, None), self.attempt()).await {
            Ok(received) => json(&received),
            Err(error) => Err(Cause::NoAnswer(error.into())),
        };
        match answer.and_then(|answer| each_in_order(&answer, &devices)) {
            Ok(()) => Finding::Well(Detail::None),
            Err(cause) => Finding::Wrong(cause),
        }
    }
}

fn each_in_order(answer: &Value, devices: &[QuoteRequest]) -> Result<(), Cause> {
    let Some(items) = answer["items"].as_array() else {
        return Err(Cause::Shape(vec![Fault { path: "items".into(), wanted: Wanted::Array }]));
    };
    if items.len() != devices.len() {
        return Err(Cause::Items { got: items.len(), wanted: devices.len() });
    }
    for (place, (item, device)) in items.iter().zip(devices).enumerate() {
        let faults = item_faults(item).into_iter();
        faultless(
            faults.map(|fault| Fault { path: format!("items[{place}].{}", fault.path), ..fault }).collect(),
        )?;
        let said = serde_json::from_value(item.clone()).map_err(|_| Cause::NotJson)?;
        let is_unknown = place == 1;
        match judge(said, device) {
            Ok(_) if !is_unknown => {}
            Err(Refusal::ModelUnknown(_)) if is_unknown => {}
            Err(Refusal::BadAnswer(bad)) => {
                return Err(Cause::AnotherDevice(bad, item["device"].to_string()));
            }
            Ok(_) => return Err(Cause::Code { got: None, wanted: Code::ModelUnknown }),
            Err(refusal) => return Err(Cause::NoAnswer(refusal)),
        }
    }
    Ok(())
}

/// Whether base and steps are the price. Without steps there is nothing to add.
fn sums(price: &Value) -> Result<(), Cause> {
    let steps = price["steps"].as_array().map_or(&[][..], Vec::as_slice);
    let fen = |value: &Value| value.as_i64().unwrap_or_default();
    let sum = steps.iter().fold(fen(&price["base"]), |sum, step| sum.saturating_add(fen(&step["amount"])));
    let price = fen(&price["final"]);
    if steps.is_empty() || sum == price { Ok(()) } else { Err(Cause::Sum { sum, price }) }
}

/// The JSON of a success.
fn json(received: &Received) -> Result<Value, Cause> {
    let understood = understand::<Value>(received);
    if !received.status.is_success() {
        return Err(match understood.said {
            Err(refusal) => Cause::NoAnswer(refusal),
            Ok(_) => Cause::Status { got: received.status.as_u16(), wanted: 200 },
        });
    }
    match (&received.body, understood.said) {
        (_, Ok(value)) => Ok(value),
        (Body::Compressed, Err(refusal)) => Err(Cause::NoAnswer(refusal)),
        (Body::Plain(_), Err(_)) => Err(Cause::NotJson),
    }
}

fn faultless(mut faults: Vec<Fault>) -> Result<(), Cause> {
    faults.truncate(MOST_FAULTS);
    if faults.is_empty() { Ok(()) } else { Err(Cause::Shape(faults)) }
}

fn line(check: Check, found: Result<Detail, Cause>) -> Line {
    let finding = match found {
        Ok(detail) => Finding::Well(detail),
        Err(cause) => Finding::Wrong(cause),
    };
    Line { check, finding }
}

/// Without an answer, nothing in it can be checked.
fn unpriced(cause: Cause) -> Vec<Line> {
    let others = [Check::SameDevice, Check::Money, Check::Sums, Check::Validity];
    let others = others.into_iter().map(|check| Line { check, finding: Finding::NotTried(Why::NoPrice) });
    [Line { check: Check::Quote, finding: Finding::Wrong(cause) }].into_iter().chain(others).collect()
}
