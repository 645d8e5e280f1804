use std::borrow::Cow;
use std::time::Duration;

use domain::NotAccepted;
use jiff::Timestamp;

use crate::Unreached;

/// A call that brought no answer, or a refusal.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{kind}")]
pub struct CallError {
    /// What happened.
    pub kind: CallErrorKind,
    /// The partner's clock, where it told the time.
    pub partner_time: Option<Timestamp>,
}

/// What happened to a call.
///
/// The partner's own words are shortened, and freed of anything secret, before they get
/// in here.
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
    /// 500 that names a value out of range: the device is not taken.
    #[error("the partner does not take such a device ({0:?})")]
    NotAccepted(NotAccepted),
    /// 500: a fault of the partner's.
    #[error("the partner failed: {0}")]
    ServerFault(String),
    /// 502, 503, 504.
    #[error("the partner is not available (HTTP {0})")]
    Unavailable(u16),
    /// An answer in a shape that is not the partner's: a gateway, a firewall or a sign-in page
    /// answered in its place, with that status (decision 27 of the partner's protocol).
    #[error("something between this server and the partner answered with HTTP {0}")]
    Intermediary(u16),
    /// 429.
    #[error("the partner asks to slow down")]
    TooManyRequests {
        /// How long to wait, where it said so.
        retry_after: Option<Duration>,
    },
    /// No whole answer within the time allowed.
    #[error("the partner did not answer in time")]
    Timeout,
    /// No connection came about, so nothing was sent: it costs no quota.
    #[error("the partner cannot be reached: {0}")]
    NoConnection(Unreached),
    /// The connection broke off before the whole answer was there. What was sent may have arrived.
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
        /// What it said.
        message: String,
    },
}

/// Why an answer cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum BadAnswer {
    /// Not JSON, or not UTF-8.
    #[error("it is not JSON in UTF-8")]
    NotJson,
    /// JSON, but not of the partner's shape.
    #[error("it lacks code or data")]
    WrongShape,
    /// A price without a legible final price.
    #[error("it has no legible final price")]
    NoPrice,
    /// More than [`crate::Profile::LONGEST_ANSWER`].
    #[error("it is longer than 1 MiB")]
    TooLong,
    /// Compressed, though the request asked for no compression.
    #[error("it is compressed, which was not asked for")]
    Compressed,
    /// A redirect, which would lead a signed call elsewhere.
    #[error("it is a redirect, and those are not followed")]
    Redirect,
    /// A price for another model than was asked (decision 22 of the partner's protocol).
    #[error("it is for another model than was asked")]
    AnotherModel,
    /// A price for another storage than was asked.
    #[error("it is for another storage than was asked")]
    AnotherStorage,
    /// A price for another grade than was asked.
    #[error("it is for another grade than was asked")]
    AnotherGrade,
    /// A final price above [`crate::Inquiry::MOST_OF_BASE`] times the base price (decision 23).
    #[error("its final price lies far above the price of an undamaged device")]
    AboveBase,
}

impl BadAnswer {
    /// A short name for logs and metrics.
    pub fn name(self) -> &'static str {
        match self {
            Self::NotJson
            | Self::WrongShape
            | Self::NoPrice
            | Self::TooLong
            | Self::Compressed
            | Self::Redirect => "bad_answer",
            Self::AnotherModel | Self::AnotherStorage | Self::AnotherGrade => "another_device",
            Self::AboveBase => "above_base",
        }
    }
}

/// Whether another attempt may bring what this one did not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Healing {
    /// The same call fails again.
    Never,
    /// One more attempt is worth it.
    Once,
    /// Attempts are worth it, not before this time has passed.
    After(Duration),
}

impl CallErrorKind {
    /// Whether another attempt may heal it: decision 9 of the partner's protocol.
    /// A second key or a corrected clock are the caller's to try.
    pub fn healing(&self) -> Healing {
        match self {
            Self::NoConnection(_) | Self::BrokenOff(_) | Self::Timeout | Self::Unavailable(_) => {
                Healing::After(Duration::ZERO)
            }
            Self::TooManyRequests { retry_after } => {
                Healing::After(retry_after.unwrap_or(Duration::from_secs(1)))
            }
            Self::ServerFault(_) => Healing::Once,
            Self::Intermediary(status) if *status >= 500 => Healing::Once,
            _ => Healing::Never,
        }
    }

    /// Whether it says that the partner as a whole does not work, and not this call: what counts
    /// towards keeping calls away from it.
    pub fn is_down(&self) -> bool {
        match self {
            Self::NoConnection(_)
            | Self::BrokenOff(_)
            | Self::Timeout
            | Self::Unavailable(_)
            | Self::ServerFault(_) => true,
            // A firewall that refuses one text lets others through.
            Self::Intermediary(status) => !(400..500).contains(status),
            // An answer for another device, or without a price, says nothing of other calls.
            Self::BadAnswer(
                BadAnswer::NoPrice
                | BadAnswer::AnotherModel
                | BadAnswer::AnotherStorage
                | BadAnswer::AnotherGrade
                | BadAnswer::AboveBase,
            ) => false,
            Self::BadAnswer(_) => true,
            _ => false,
        }
    }

    /// Whether nothing of the call left this machine, for certain, so that it costs no quota. Of a
    /// connection that broke off or an answer that did not come that is not known.
    pub fn never_left(&self) -> bool {
        matches!(self, Self::NoConnection(_))
    }

    /// What the partner answered with: the HTTP status, or its own code in an answer with
    /// status 200; `None` when it did not answer, or not legibly.
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

    /// A short name for logs and metrics.
    pub fn name(&self) -> &'static str {
        match self {
            Self::InvalidParameters(_) => "invalid_parameters",
            Self::Unauthorized(_) => "unauthorized",
            Self::QuotaExhausted(_) => "quota_exhausted",
            Self::PermissionDenied(_) => "permission_denied",
            Self::ModelUnknown(_) => "model_unknown",
            Self::WrongPath => "wrong_path",
            Self::NotAccepted(_) => "not_accepted",
            Self::ServerFault(_) => "server_fault",
            Self::Unavailable(_) => "unavailable",
            Self::TooManyRequests { .. } => "too_many_requests",
            Self::Timeout => "timeout",
            Self::NoConnection(unreached) => unreached.cause.name(),
            Self::BrokenOff(_) => "connect",
            Self::BadAnswer(bad) => bad.name(),
            Self::Intermediary(_) => "intermediary",
            Self::Refused { .. } => "refused",
        }
    }
}
