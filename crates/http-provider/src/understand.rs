//! Whose word an answer is, and what it says (decision 27 of the partner's protocol).

use outgoing::{Body, Received, quiet};
use provider::{BadAnswer, Refusal};
use reqwest::StatusCode;
use serde::de::DeserializeOwned;
use serde_json::error::Category;

use crate::Code;
use crate::media_type::PROBLEM;
use crate::wire::Problem;

/// What an answer says, and whether it is the buyer's.
pub(crate) struct Understood<T> {
    pub(crate) said: Result<T, Refusal>,
    pub(crate) is_buyers: bool,
}

/// Reads an answer. A refusal with a `code` and a success of the agreed shape are the buyer's. Anything else is
/// judged by its HTTP status, since a gateway, a firewall or a sign-in page may have answered.
pub(crate) fn understand<T: DeserializeOwned>(received: &Received) -> Understood<T> {
    let Received { status, body, .. } = received;
    let not_buyers = |refusal| Understood { said: Err(refusal), is_buyers: false };
    let bytes = match body {
        Body::Plain(bytes) => bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes),
        Body::Compressed if status.is_success() => {
            return not_buyers(Refusal::BadAnswer(BadAnswer::Compressed));
        }
        Body::Compressed => return not_buyers(anothers(received)),
    };
    if !status.is_success() {
        return match problem(received, bytes) {
            Some(refusal) => Understood { said: Err(refusal), is_buyers: true },
            None => not_buyers(anothers(received)),
        };
    }
    match serde_json::from_slice(bytes) {
        Ok(value) => Understood { said: Ok(value), is_buyers: true },
        Err(error) if error.classify() == Category::Data => {
            not_buyers(Refusal::BadAnswer(BadAnswer::WrongShape))
        }
        Err(_) if bytes.trim_ascii_start().first() == Some(&b'<') => not_buyers(anothers(received)),
        Err(_) => not_buyers(Refusal::BadAnswer(BadAnswer::NotJson)),
    }
}

/// A refusal of the buyer; `None` if the answer is not one.
fn problem(received: &Received, bytes: &[u8]) -> Option<Refusal> {
    if received.media_type != PROBLEM {
        return None;
    }
    let problem: Problem = serde_json::from_slice(bytes).ok()?;
    let code = problem.code?;
    let message = quiet(&problem.detail.or(problem.title).unwrap_or_default(), &[]);
    Some(match (Code::parse(&code), received.status) {
        (Some(code), _) => code.refusal(message),
        (None, StatusCode::BAD_REQUEST | StatusCode::UNPROCESSABLE_ENTITY) => {
            Refusal::InvalidParameters(message)
        }
        (None, _) => Refusal::Other { code: quiet(&code, &[]), message },
    })
}

/// The meaning of the status of an answer that is not the buyer's.
fn anothers(received: &Received) -> Refusal {
    match received.status {
        StatusCode::NOT_FOUND => Refusal::WrongAddress,
        StatusCode::TOO_MANY_REQUESTS => Refusal::TooManyRequests { retry_after: received.retry_after },
        status
        @ (StatusCode::BAD_GATEWAY | StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT) => {
            Refusal::Unavailable(format!("HTTP {}", status.as_u16()))
        }
        status => Refusal::Intermediary(status.as_u16()),
    }
}
