//! A price, and what is in it.

use domain::{Moment, Money, QuoteRequest};
use jiff::{SignedDuration, Timestamp};
use provider::{BadAnswer, Refusal};
use serde_json::Value;

use super::answers::{faultless, json, line};
use super::checks::Check;
use super::device::name;
use super::findings::{Cause, Detail, Finding, Line, Why};
use super::trial::Trial;
use crate::shape::Wanted;
use crate::understand::understand;
use crate::wire::QuoteAnswer;
use crate::{Fault, asked, quote_faults};

/// A price must be valid for at least this long.
const SHORTEST: SignedDuration = SignedDuration::from_hours(1);

/// What the answer to the first call for a price is good for.
pub(super) struct Priced {
    pub(super) lines: Vec<Line>,
    /// Whether it was answered with a success, right or not.
    pub(super) is_answered: bool,
    /// The price, if the answer can be used.
    pub(super) price: Option<Money>,
}

impl Trial<'_> {
    /// A price, and what is in it.
    pub(super) async fn prices(&self, device: &QuoteRequest) -> Priced {
        let received =
            match self.client.post("quote", asked::quote(device, self.client.grades()), self.attempt()).await
            {
                Ok(received) => received,
                Err(error) => return unpriced(Cause::NoAnswer(error.into()), false),
            };
        let is_answered = received.status.is_success();
        let answer = match json(&received) {
            Ok(answer) => answer,
            Err(cause) => return unpriced(cause, is_answered),
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
        let judged = typed.said.and_then(|said| self.client.judged(said, device));
        let price = judged.as_ref().ok().map(|answer| answer.price.final_price());
        // A price that would not be used is not shown: the line of what is wrong with it says more.
        let detail =
            price.map_or(Detail::None, |price| Detail::Price(price, name(device, self.client.grades())));
        let quote = faultless(faults).map(|()| detail);
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
        let lines = vec![
            line(Check::Quote, quote),
            line(Check::SameDevice, same),
            line(Check::Money, money),
            line(Check::Sums, sums.map(|()| Detail::None)),
            line(Check::Validity, validity),
        ];
        Priced { lines, is_answered, price }
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
}

/// Whether base and steps are the price. Without steps there is nothing to add.
fn sums(price: &Value) -> Result<(), Cause> {
    let steps = price["steps"].as_array().map_or(&[][..], Vec::as_slice);
    let fen = |value: &Value| value.as_i64().unwrap_or_default();
    let sum = steps.iter().fold(fen(&price["base"]), |sum, step| sum.saturating_add(fen(&step["amount"])));
    let price = fen(&price["final"]);
    if steps.is_empty() || sum == price { Ok(()) } else { Err(Cause::Sum { sum, price }) }
}

/// Without an answer, nothing in it can be checked.
fn unpriced(cause: Cause, is_answered: bool) -> Priced {
    let others = [Check::SameDevice, Check::Money, Check::Sums, Check::Validity];
    let others = others.into_iter().map(|check| Line { check, finding: Finding::NotTried(Why::NoPrice) });
    let lines = [line(Check::Quote, Err(cause))].into_iter().chain(others).collect();
    Priced { lines, is_answered, price: None }
}
