//! The closed list of errors that people and programs see.

use serde::{Deserialize, Serialize};

use crate::{FieldError, Moment};

/// Why a device is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotAccepted {
    /// Scrapped devices are not quoted.
    Scrapped,
    /// Counterfeits are not quoted.
    Counterfeit,
    /// The model is not on sale yet.
    NotOnSale,
    /// The shop takes no devices of this kind.
    NotByShop,
    /// The partner refused the values without saying which.
    Unspecified,
}

/// What went wrong, in one of eleven ways. Causes go to the log, not in here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Failure {
    /// Fields to mend.
    #[error("{}", list(fields))]
    InvalidInput {
        /// What is wrong, field by field; empty where no field could be read at all.
        fields: Vec<FieldError>,
    },
    /// The partner's catalogue has no such model.
    #[error("the partner knows no such model; look it up with a search")]
    ModelUnknown,
    /// The device is not taken.
    #[error("devices like this are not taken")]
    NotAccepted {
        /// Why not.
        reason: NotAccepted,
    },
    /// The day's quota is used up.
    #[error("the day's quota is used up; it resets at {resets_at}")]
    QuotaExhausted {
        /// When it resets: 00:00 in UTC+8.
        resets_at: Moment,
    },
    /// Too many requests from here.
    #[error("too many requests; wait {retry_after_seconds} s")]
    RateLimited {
        /// Seconds to wait.
        retry_after_seconds: u64,
    },
    /// The partner does not answer, or not legibly.
    #[error("the partner cannot be reached at the moment; try again in a few minutes")]
    PartnerUnavailable,
    /// The partner refuses our account or our call.
    #[error("the partner refuses this account's calls; the log names the cause")]
    PartnerRefused,
    /// The quote's validity has passed.
    #[error("the quote has expired; ask for a new one")]
    Expired,
    /// There is no such page or quote.
    #[error("there is no such thing here")]
    NotFound,
    /// The caller may not do this.
    #[error("this is not allowed")]
    NotAllowed,
    /// A fault of ours.
    #[error("something broke on our side; the log has it under {request_id}")]
    Internal {
        /// Under which id the log has the cause.
        request_id: String,
    },
}

impl Failure {
    /// The name in the contract, such as `model_unknown`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::InvalidInput { .. } => "invalid_input",
            Self::ModelUnknown => "model_unknown",
            Self::NotAccepted { .. } => "not_accepted",
            Self::QuotaExhausted { .. } => "quota_exhausted",
            Self::RateLimited { .. } => "rate_limited",
            Self::PartnerUnavailable => "partner_unavailable",
            Self::PartnerRefused => "partner_refused",
            Self::Expired => "expired",
            Self::NotFound => "not_found",
            Self::NotAllowed => "not_allowed",
            Self::Internal { .. } => "internal",
        }
    }

    /// The failure with the request's id in it, where it is one of ours and has none yet:
    /// who meets it first seldom knows the id.
    #[must_use]
    pub fn with_request_id(self, id: &str) -> Self {
        match self {
            Self::Internal { request_id } if request_id.is_empty() => {
                Self::Internal { request_id: id.to_owned() }
            }
            other => other,
        }
    }

    /// The HTTP status that goes with it.
    pub fn status(&self) -> u16 {
        match self {
            Self::InvalidInput { .. } => 422,
            Self::ModelUnknown | Self::NotFound => 404,
            Self::NotAccepted { .. } => 409,
            Self::QuotaExhausted { .. } | Self::PartnerUnavailable => 503,
            Self::RateLimited { .. } => 429,
            Self::PartnerRefused => 502,
            Self::Expired => 410,
            Self::NotAllowed => 403,
            Self::Internal { .. } => 500,
        }
    }
}

fn list(fields: &[FieldError]) -> String {
    fields.iter().map(FieldError::to_string).collect::<Vec<_>>().join("; ")
}
