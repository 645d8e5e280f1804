use std::time::Duration;

use domain::NotAccepted;

use crate::{BadAnswer, Unreached};

/// Why a call brought no usable answer: a closed list for all providers.
///
/// The provider's own words are shortened and cleaned of secrets and personal data before they are stored
/// here. [`Self::subject`], [`Self::retry`], [`Self::was_sent`] and [`Self::is_down`] say what each refusal
/// means to a desk.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The catalogue has no such model.
    #[error("the partner does not know the model: {0}")]
    ModelUnknown(String),
    /// The provider does not buy such devices.
    #[error("the partner does not take such a device ({0:?})")]
    NotAccepted(NotAccepted),
    /// The call is malformed, or its time stamp is wrong.
    #[error("the partner finds the parameters wrong: {0}")]
    InvalidParameters(String),
    /// The account, its credential, or the address that the call comes from is not accepted.
    #[error("the partner does not accept the key, the signature or the address: {message}")]
    Unauthorized {
        /// Which of these, if the provider said so.
        credential: Credential,
        /// The provider's message.
        message: String,
        /// Whether the provider has another credential of the account, which has not been refused: then the
        /// next attempt is signed with that one.
        another: bool,
    },
    /// The account may not make calls of this kind.
    #[error("the partner does not permit this call: {0}")]
    PermissionDenied(String),
    /// There is no such call at the provider's address.
    #[error("the partner has no such call; check its address")]
    WrongAddress,
    /// The day's calls of the account are used up.
    #[error("the partner says that the quota is used up: {0}")]
    QuotaExhausted(String),
    /// Calls come too fast.
    #[error("the partner asks to slow down")]
    TooManyRequests {
        /// How long to wait, if the provider said so.
        retry_after: Option<Duration>,
    },
    /// The provider failed to handle this call.
    #[error("the partner failed: {0}")]
    ServerFault(String),
    /// The provider is down, according to itself or to a gateway in front of it.
    #[error("the partner is not available ({0})")]
    Unavailable(String),
    /// A gateway, a firewall or a sign-in page answered instead of the provider, with this HTTP status.
    #[error("something between this server and the partner answered with HTTP {0}")]
    Intermediary(u16),
    /// The answer was not complete within [`crate::Attempt::timeout`].
    #[error("the partner did not answer in time")]
    Timeout,
    /// No connection could be opened, so nothing was sent.
    #[error("the partner cannot be reached: {0}")]
    NoConnection(Unreached),
    /// The connection broke before the answer was complete. The call may have reached the provider.
    #[error("the connection to the partner broke off: {0}")]
    BrokenOff(String),
    /// An answer that cannot be used.
    #[error("the partner's answer cannot be used: {0}")]
    BadAnswer(BadAnswer),
    /// Any other refusal, in the provider's own code and words.
    #[error("the partner refused with {code}: {message}")]
    Other {
        /// Its code.
        code: String,
        /// The provider's message.
        message: String,
    },
    /// The provider offers no calls of this kind; see [`crate::Capabilities`]. Nothing was sent.
    #[error("this provider offers no such call")]
    NotOffered,
}

/// The part of the sign-in to an account that was not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Credential {
    /// The address that the call came from: it is not on the provider's allow-list.
    Address,
    /// The account's id: it is not known.
    Account,
    /// The secret, or the signature made with it, is wrong.
    Secret,
    /// It was not said.
    Unknown,
}

impl Refusal {
    /// Its name in the audit, in logs and in metrics. Operators rely on these names.
    pub fn name(&self) -> &'static str {
        match self {
            Self::ModelUnknown(_) => "model_unknown",
            Self::NotAccepted(_) => "not_accepted",
            Self::InvalidParameters(_) => "invalid_parameters",
            Self::Unauthorized { .. } => "unauthorized",
            Self::PermissionDenied(_) => "permission_denied",
            Self::WrongAddress => "wrong_path",
            Self::QuotaExhausted(_) => "quota_exhausted",
            Self::TooManyRequests { .. } => "too_many_requests",
            Self::ServerFault(_) => "server_fault",
            Self::Unavailable(_) => "unavailable",
            Self::Intermediary(_) => "intermediary",
            Self::Timeout => "timeout",
            Self::NoConnection(unreached) => unreached.cause.name(),
            Self::BrokenOff(_) => "connect",
            Self::BadAnswer(bad) => bad.name(),
            Self::Other { .. } => "refused",
            Self::NotOffered => "not_offered",
        }
    }
}
