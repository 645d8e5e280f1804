use std::borrow::Cow;
use std::time::Duration;

use domain::NotAccepted;
use jiff::Timestamp;
use outgoing::NoAnswer;
use provider::{BadAnswer, Refusal, Unreached};

/// A call that failed or was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{kind}")]
pub struct CallError {
    /// What happened.
    pub kind: CallErrorKind,
    /// The partner's time, if it is known.
    pub partner_time: Option<Timestamp>,
}

/// The kind of failure.
///
/// The partner's own words are shortened and cleaned of secrets before they are stored here.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CallErrorKind {
    /// 400: a parameter is missing or malformed, or the timestamp is off.
    #[error("the partner finds the parameters wrong: {0}")]
    InvalidParameters(String),
    /// 401: wrong app id, secret or signature, or an address that is not on the allow-list.
    #[error("the partner does not accept the key, the signature or the address: {0}")]
    Unauthorized(String),
    /// 403: the day's quota is used up.
    #[error("the partner says that the quota is used up: {0}")]
    QuotaExhausted(String),
    /// 403: no permission for this call, or the agreement is not signed.
    #[error("the partner does not permit this call: {0}")]
    PermissionDenied(String),
    /// 404 in the partner's own shape: the catalogue has no such model.
    #[error("the partner does not know the model: {0}")]
    ModelUnknown(String),
    /// 404 in any other shape: the address is wrong.
    #[error("the partner has no such call; check AHS_API_URL")]
    WrongPath,
    /// 500 with a message that the device is out of range: the partner does not buy it.
    #[error("the partner does not take such a device ({0:?})")]
    NotAccepted(NotAccepted),
    /// 500: an error of the partner.
    #[error("the partner failed: {0}")]
    ServerFault(String),
    /// 502, 503, 504.
    #[error("the partner is not available (HTTP {0})")]
    Unavailable(u16),
    /// An answer that is not in the partner's shape: a gateway, a firewall or a sign-in page answered
    /// instead, with this status (decision 27 of the partner's protocol).
    #[error("something between this server and the partner answered with HTTP {0}")]
    Intermediary(u16),
    /// 429.
    #[error("the partner asks to slow down")]
    TooManyRequests {
        /// How long to wait, if the partner said so.
        retry_after: Option<Duration>,
    },
    /// The answer was not complete within the time allowed.
    #[error("the partner did not answer in time")]
    Timeout,
    /// No connection could be opened, so nothing was sent and no quota is used.
    #[error("the partner cannot be reached: {0}")]
    NoConnection(Unreached),
    /// The connection broke before the answer was complete. The call may have reached the partner.
    #[error("the connection to the partner broke off: {0}")]
    BrokenOff(String),
    /// An answer that cannot be read.
    #[error("the partner's answer cannot be used: {0}")]
    BadAnswer(BadAnswer),
    /// Another refusal, by HTTP status or by `code`.
    #[error("the partner refused with {code}: {message}")]
    Refused {
        /// The HTTP status, or the `code` of an answer with status 200.
        code: String,
        /// The partner's message.
        message: String,
    },
}

impl From<NoAnswer> for CallErrorKind {
    fn from(error: NoAnswer) -> Self {
        match error {
            NoAnswer::NoConnection(unreached) => Self::NoConnection(unreached),
            NoAnswer::Timeout => Self::Timeout,
            NoAnswer::BrokenOff(chain) => Self::BrokenOff(chain),
            NoAnswer::Bad(bad) => Self::BadAnswer(bad),
        }
    }
}

impl CallErrorKind {
    /// The code in the partner's answer: the HTTP status, or its own code in an answer with status 200.
    /// `None` if there was no readable answer.
    pub fn code(&self) -> Option<Cow<'_, str>> {
        let status = match self {
            Self::InvalidParameters(_) => "400",
            Self::Unauthorized(_) => "401",
            Self::QuotaExhausted(_) | Self::PermissionDenied(_) => "403",
            Self::ModelUnknown(_) | Self::WrongPath => "404",
            Self::TooManyRequests { .. } => "429",
            Self::NotAccepted(_) | Self::ServerFault(_) => "500",
            Self::Unavailable(status) | Self::Intermediary(status) => return Some(status.to_string().into()),
            Self::Refused { code, .. } => code,
            Self::Timeout | Self::NoConnection(_) | Self::BrokenOff(_) | Self::BadAnswer(_) => return None,
        };
        Some(status.into())
    }

    /// Its name in the closed list of refusals, for logs and metrics.
    pub fn name(&self) -> &'static str {
        Refusal::from(self.clone()).name()
    }
}
