//! The calls that must be refused, and the one with two signatures, which must not.

use domain::QuoteRequest;
use jiff::SignedDuration;
use outgoing::{NoAnswer, Received};
use provider::{Attempt, SearchRequest};
use reqwest::Method;

use super::answers::{finding, refused};
use super::checks::Check;
use super::device::unknown_model;
use super::findings::{Cause, Detail, Finding, Line, Why};
use super::trial::Trial;
use crate::client::Sent;
use crate::media_type::PROBLEM;
use crate::{Code, asked};

/// How far from now the stamp of a call is that must be refused: twice the five minutes of the contract.
const FAR: SignedDuration = SignedDuration::from_mins(10);

/// Bodies that are not what the contract says.
const MALFORMED: [&str; 5] = ["{\"device\":", "", "[]", "{\"device\":null}", "{\"device\":{\"model\":5}}"];

/// What earlier checks found.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    /// The most devices in one call, as the description says.
    pub(super) many: Option<usize>,
    /// Whether the device gets an answer if all is right.
    pub(super) is_answered: bool,
    /// Whether right signatures are accepted.
    pub(super) is_authorized: bool,
}

impl Trial<'_> {
    /// The calls that must be refused.
    pub(super) async fn refusals(
        &self,
        device: &QuoteRequest,
        Known { many, is_answered, is_authorized }: Known,
    ) -> Vec<Line> {
        let words = self.client.grades();
        let body = asked::quote(device, words);
        let own = self.client.signer();
        let now = self.attempt();
        let wrong = self.raw("quote", &own.foreign().sign(now.at, &body).pairs(), body.clone(), now).await;
        let changed = [&body[..], b" "].concat();
        let changed = self.raw("quote", &own.sign(now.at, &body).pairs(), changed, now).await;
        let old = self.raw("quote", &own.sign(now.at - FAR, &body).pairs(), body.clone(), now).await;
        let future = self.raw("quote", &own.sign(now.at + FAR, &body).pairs(), body.clone(), now).await;
        let two = if is_answered {
            accepted(self.raw("quote", &own.with_foreign().sign(now.at, &body).pairs(), body, now).await)
        } else {
            Finding::NotTried(Why::NoPrice)
        };
        let refused = |sent, code| finding(refused(sent, code).map(|()| Detail::None));
        let [unknown, malformed] = if is_authorized {
            let unknown = asked::quote(&unknown_model(device), words);
            let unknown = self.client.post("quote", unknown, self.attempt()).await;
            [refused(unknown, Code::ModelUnknown), self.malformed().await]
        } else {
            [Finding::NotTried(Why::NotAuthorized), Finding::NotTried(Why::NotAuthorized)]
        };
        vec![
            Line { check: Check::Unsigned, finding: self.unsigned(device, many).await },
            Line { check: Check::WrongSignature, finding: refused(wrong, Code::Unauthorized) },
            Line { check: Check::ChangedBody, finding: refused(changed, Code::Unauthorized) },
            Line { check: Check::OldCall, finding: refused(old, Code::Unauthorized) },
            Line { check: Check::FutureCall, finding: refused(future, Code::Unauthorized) },
            Line { check: Check::TwoSignatures, finding: two },
            Line { check: Check::UnknownModel, finding: unknown },
            Line { check: Check::Malformed, finding: malformed },
        ]
    }

    /// Whether each call that the service offers is refused without a signature.
    async fn unsigned(&self, device: &QuoteRequest, many: Option<usize>) -> Finding {
        let words = self.client.grades();
        let mut calls = vec![
            ("quote", asked::quote(device, words)),
            ("search", asked::search(&SearchRequest::default())),
        ];
        calls.extend(many.map(|_| ("quotes", asked::quotes(std::slice::from_ref(device), words))));
        for (path, body) in calls {
            let sent = self.raw(path, &[], body, self.attempt()).await;
            if let Err(cause) = refused(sent, Code::Unauthorized) {
                return Finding::Wrong(cause.about(format!("/{path}")));
            }
        }
        Finding::Well(Detail::None)
    }

    async fn raw(
        &self,
        path: &str,
        headers: &[(&str, &str)],
        body: Vec<u8>,
        attempt: Attempt,
    ) -> Result<Received, NoAnswer> {
        let url = self.client.address().of_call(path);
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

fn accepted(received: Result<Received, NoAnswer>) -> Finding {
    match received {
        Ok(received) if received.status.is_success() => Finding::Well(Detail::None),
        Ok(received) => Finding::Wrong(Cause::Status { got: received.status.as_u16(), wanted: 200 }),
        Err(error) => Finding::Wrong(Cause::NoAnswer(error.into())),
    }
}
