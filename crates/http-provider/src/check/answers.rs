//! What the checks share: how an answer is read, and how a finding is made of it.

use domain::{Money, QuoteRequest};
use outgoing::{Body, Received};
use provider::Refusal;
use serde_json::Value;

use super::checks::Check;
use super::findings::{Cause, Detail, Finding, Line};
use super::trial::Trial;
use crate::media_type::PROBLEM;
use crate::understand::understand;
use crate::{Code, Fault, asked, quote_faults};

/// So many faults are reported at most: one wrong type often repeats in each item.
const MOST_FAULTS: usize = 5;

impl Trial<'_> {
    /// The price of a device, with its grade in the buyer's own words; `None` if it is refused as `not_accepted`, in
    /// the agreed way.
    ///
    /// # Errors
    /// Everything else.
    pub(super) async fn price_of(&self, device: &QuoteRequest) -> Result<Option<Money>, Cause> {
        let body = asked::quote(device, self.client.grades());
        let received = self
            .client
            .post("quote", body, self.attempt())
            .await
            .map_err(|error| Cause::NoAnswer(error.into()))?;
        if code(&received).is_some_and(|code| code == Code::NotAccepted.word()) {
            return refused(Ok(received), Code::NotAccepted).map(|()| None);
        }
        let answer = json(&received)?;
        faultless(quote_faults(&answer))?;
        let judged = understand(&received).said.and_then(|said| self.client.judged(said, device));
        judged.map(|answer| Some(answer.price.final_price())).map_err(|refusal| cause(refusal, &answer))
    }
}

/// Why an answer in the agreed shape cannot be used.
pub(super) fn cause(refusal: Refusal, answer: &Value) -> Cause {
    use provider::BadAnswer::{AboveBase, AnotherGrade, AnotherModel, AnotherStorage};
    match refusal {
        Refusal::BadAnswer(AboveBase) => Cause::AboveBase,
        Refusal::BadAnswer(bad @ (AnotherModel | AnotherStorage | AnotherGrade)) => {
            Cause::AnotherDevice(bad, answer["device"].to_string())
        }
        refusal => Cause::NoAnswer(refusal),
    }
}

/// The `code` of a refusal, whatever else is wrong with it.
fn code(received: &Received) -> Option<String> {
    let Body::Plain(bytes) = &received.body else { return None };
    let problem: Value = serde_json::from_slice(bytes).ok()?;
    problem["code"].as_str().map(str::to_owned)
}

/// Whether a call was refused with this code, its status, and as `application/problem+json`.
pub(super) fn refused(received: Result<Received, outgoing::NoAnswer>, wanted: Code) -> Result<(), Cause> {
    let received = received.map_err(|error| Cause::NoAnswer(error.into()))?;
    let status = received.status.as_u16();
    if status != wanted.status() {
        return Err(Cause::Status { got: status, wanted: wanted.status() });
    }
    let Body::Plain(bytes) = &received.body else {
        return Err(Cause::NotAProblem { status, media_type: "compressed".into() });
    };
    let problem: Option<Value> = serde_json::from_slice(bytes).ok();
    let Some(problem) = problem.filter(|_| received.media_type == PROBLEM) else {
        return Err(Cause::NotAProblem { status, media_type: received.media_type });
    };
    match problem["code"].as_str() {
        Some(code) if code == wanted.word() => Ok(()),
        got => Err(Cause::Code { got: got.map(str::to_owned), wanted }),
    }
}

/// The JSON of a success.
pub(super) fn json(received: &Received) -> Result<Value, Cause> {
    let understood = understand::<Value>(received);
    if !received.status.is_success() {
        return Err(match understood.said {
            Err(refusal) => Cause::NoAnswer(refusal),
            Ok(_) => Cause::Status { got: received.status.as_u16(), wanted: 200 },
        });
    }
    // Such a refusal is none: a status that fits belongs to it.
    if let Some(refusal) = code(received).as_deref().and_then(Code::parse) {
        return Err(Cause::Status { got: received.status.as_u16(), wanted: refusal.status() });
    }
    match (&received.body, understood.said) {
        (_, Ok(value)) => Ok(value),
        (Body::Compressed, Err(refusal)) => Err(Cause::NoAnswer(refusal)),
        (Body::Plain(_), Err(_)) => Err(Cause::NotJson),
    }
}

pub(super) fn faultless(mut faults: Vec<Fault>) -> Result<(), Cause> {
    faults.truncate(MOST_FAULTS);
    if faults.is_empty() { Ok(()) } else { Err(Cause::Shape(faults)) }
}

pub(super) fn line(check: Check, found: Result<Detail, Cause>) -> Line {
    Line { check, finding: finding(found) }
}

pub(super) fn finding(found: Result<Detail, Cause>) -> Finding {
    match found {
        Ok(detail) => Finding::Well(detail),
        Err(cause) => Finding::Wrong(cause),
    }
}
