//! The calls that must be refused, and the one with two signatures, which must not.

use domain::QuoteRequest;
use jiff::SignedDuration;
use outgoing::{Body, NoAnswer, Received};
use provider::Attempt;
use reqwest::Method;
use serde_json::Value;

use super::device::unknown_model;
use super::findings::{Cause, Check, Detail, Finding, Line};
use super::trial::Trial;
use crate::client::Sent;
use crate::media_type::PROBLEM;
use crate::{Code, asked};

/// How old a call is that must be refused: twice the five minutes of the contract.
const OLD: SignedDuration = SignedDuration::from_mins(10);

/// Bodies that are not what the contract says.
const MALFORMED: [&str; 5] = ["{\"device\":", "", "[]", "{\"device\":null}", "{\"device\":{\"model\":5}}"];

impl Trial<'_> {
    pub(super) async fn refusals(&self, device: &QuoteRequest) -> Vec<Line> {
        let body = asked::quote(device, None);
        let own = self.client.signer();
        let unauthorized = |sent: Result<Received, NoAnswer>| refused(sent, Code::Unauthorized);
        let now = self.attempt();
        let old = Attempt { at: now.at - OLD, ..now };
        let unsigned = self.raw(&[], body.clone(), now).await;
        let wrong = self.raw(&own.foreign().sign(now.at, &body).pairs(), body.clone(), now).await;
        let changed = [&body[..], b" "].concat();
        let changed = self.raw(&own.sign(now.at, &body).pairs(), changed, now).await;
        let late = self.raw(&own.sign(old.at, &body).pairs(), body.clone(), now).await;
        let two = self.raw(&own.with_foreign().sign(now.at, &body).pairs(), body, now).await;
        let unknown = asked::quote(&unknown_model(device), None);
        let unknown = self.client.post("quote", unknown, self.attempt()).await;
        vec![
            Line { check: Check::Unsigned, finding: unauthorized(unsigned) },
            Line { check: Check::WrongSignature, finding: unauthorized(wrong) },
            Line { check: Check::ChangedBody, finding: unauthorized(changed) },
            Line { check: Check::OldCall, finding: unauthorized(late) },
            Line { check: Check::TwoSignatures, finding: accepted(two) },
            Line { check: Check::UnknownModel, finding: refused(unknown, Code::ModelUnknown) },
            Line { check: Check::Malformed, finding: self.malformed().await },
        ]
    }

    async fn raw(
        &self,
        headers: &[(&str, &str)],
        body: Vec<u8>,
        attempt: Attempt,
    ) -> Result<Received, NoAnswer> {
        let url = self.client.address().of_call("quote");
        self.client.send(Sent { method: Method::POST, url, headers, body }, attempt).await
    }

    async fn malformed(&self) -> Finding {
        for body in MALFORMED {
            match self.client.post("quote", body.as_bytes().to_vec(), self.attempt()).await {
                Ok(received) if received.status.is_client_error() && received.media_type == PROBLEM => {}
                Ok(Received { status, media_type, .. }) => {
                    let (body, status) = (body.to_owned(), status.as_u16());
                    return Finding::Wrong(Cause::Body { body, status, media_type });
                }
                Err(error) => return Finding::Wrong(Cause::NoAnswer(error.into())),
            }
        }
        Finding::Well(Detail::None)
    }
}

/// Whether a call was refused with this code, its status, and as `application/problem+json`.
fn refused(received: Result<Received, NoAnswer>, wanted: Code) -> Finding {
    let received = match received {
        Ok(received) => received,
        Err(error) => return Finding::Wrong(Cause::NoAnswer(error.into())),
    };
    let status = received.status.as_u16();
    if status != wanted.status() {
        return Finding::Wrong(Cause::Status { got: status, wanted: wanted.status() });
    }
    let Body::Plain(bytes) = &received.body else {
        return Finding::Wrong(Cause::NotAProblem { status, media_type: "compressed".into() });
    };
    let problem: Option<Value> = serde_json::from_slice(bytes).ok();
    let Some(problem) = problem.filter(|_| received.media_type == PROBLEM) else {
        return Finding::Wrong(Cause::NotAProblem { status, media_type: received.media_type });
    };
    match problem["code"].as_str() {
        Some(code) if code == wanted.word() => Finding::Well(Detail::None),
        got => Finding::Wrong(Cause::Code { got: got.map(str::to_owned), wanted }),
    }
}

fn accepted(received: Result<Received, NoAnswer>) -> Finding {
    match received {
        Ok(received) if received.status.is_success() => Finding::Well(Detail::None),
        Ok(received) => Finding::Wrong(Cause::Status { got: received.status.as_u16(), wanted: 200 }),
        Err(error) => Finding::Wrong(Cause::NoAnswer(error.into())),
    }
}
