use domain::NotAccepted;
use provider::{Credential, Refusal};

/// Why a buyer refuses: the closed list of the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// Its catalogue has no such model.
    ModelUnknown,
    /// It does not buy such a device.
    NotAccepted,
    /// The day's calls are used up.
    QuotaExhausted,
    /// It does not work now.
    Unavailable,
    /// The signature is missing or wrong, or the call is too old.
    Unauthorized,
}

impl Code {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::ModelUnknown, Self::NotAccepted, Self::QuotaExhausted, Self::Unavailable, Self::Unauthorized];

    /// As it is written in `code`.
    pub fn word(self) -> &'static str {
        match self {
            Self::ModelUnknown => "model_unknown",
            Self::NotAccepted => "not_accepted",
            Self::QuotaExhausted => "quota_exhausted",
            Self::Unavailable => "unavailable",
            Self::Unauthorized => "unauthorized",
        }
    }

    /// The HTTP status that fits.
    pub fn status(self) -> u16 {
        match self {
            Self::ModelUnknown => 404,
            Self::NotAccepted => 422,
            Self::QuotaExhausted => 429,
            Self::Unavailable => 503,
            Self::Unauthorized => 401,
        }
    }

    /// Reads a `code`; `None` for one that is not in the list.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|code| code.word() == text)
    }

    /// The refusal. `message` is the buyer's, made safe for a log.
    pub(crate) fn refusal(self, message: String) -> Refusal {
        match self {
            Self::ModelUnknown => Refusal::ModelUnknown(message),
            Self::NotAccepted => Refusal::NotAccepted(NotAccepted::Unspecified),
            Self::QuotaExhausted => Refusal::QuotaExhausted(message),
            Self::Unavailable => Refusal::Unavailable(message),
            Self::Unauthorized => {
                Refusal::Unauthorized { credential: Credential::Secret, message, another: false }
            }
        }
    }
}
