//! The closed list of failures: what people and programs get in place of an answer.

use serde::{Deserialize, Serialize};

use crate::{FieldError, Moment};

/// Why a device is not accepted.
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
    /// The partner refused the device and did not say why.
    Unspecified,
}

/// What a caller gets when there is no answer: one of a closed list. The cause is logged, and is not part
/// of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Failure {
    /// One or more fields are invalid.
    #[error("{}", list(fields))]
    InvalidInput {
        /// What is wrong, field by field; empty where no field could be read at all.
        fields: Vec<FieldError>,
    },
    /// The partner's catalogue has no such model.
    #[error("the partner knows no such model; look it up with a search")]
    ModelUnknown,
    /// The device is not accepted.
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
    /// The visitor made too many requests.
    #[error("too many requests; wait {retry_after_seconds} s")]
    RateLimited {
        /// Seconds to wait.
        retry_after_seconds: u64,
    },
    /// The partner does not answer, or its answer cannot be read.
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
    /// An error on our side.
    #[error("something broke on our side; the log has it under {request_id}")]
    Internal {
        /// The id under which the log has the cause.
        request_id: String,
    },
}

/// Makes each failure's code and HTTP status from one table. A test compares serde's names with it
/// (`tests/written_elsewhere.rs`).
macro_rules! failures {
    ($($failure:ident: $code:literal, $status:literal;)+) => {
        impl Failure {
            /// All codes, in the order of the list.
            pub const CODES: &'static [&'static str] = &[$($code),+];

            /// The name in the contract, such as `model_unknown`.
            pub fn code(&self) -> &'static str {
                match self {
                    $(Self::$failure { .. } => $code,)+
                }
            }

            /// Its HTTP status.
            pub fn status(&self) -> u16 {
                match self {
                    $(Self::$failure { .. } => $status,)+
                }
            }
        }
    };
}

failures! {
    InvalidInput: "invalid_input", 422;
    ModelUnknown: "model_unknown", 404;
    NotAccepted: "not_accepted", 409;
    QuotaExhausted: "quota_exhausted", 503;
    RateLimited: "rate_limited", 429;
    PartnerUnavailable: "partner_unavailable", 503;
    PartnerRefused: "partner_refused", 502;
    Expired: "expired", 410;
    NotFound: "not_found", 404;
    NotAllowed: "not_allowed", 403;
    Internal: "internal", 500;
}

impl Failure {
    /// Fills in the request's id if this is [`Failure::Internal`] and has none yet: the function in which
    /// an error occurs seldom knows the id.
    #[must_use]
    pub fn with_request_id(mut self, id: &str) -> Self {
        if let Self::Internal { request_id } = &mut self
            && request_id.is_empty()
        {
            id.clone_into(request_id);
        }
        self
    }
}

fn list(fields: &[FieldError]) -> String {
    fields.iter().map(FieldError::to_string).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_id_is_filled_in_once_and_only_for_internal_errors() {
        let internal = |id: &str| Failure::Internal { request_id: id.to_owned() };
        assert_eq!(internal("").with_request_id("r1"), internal("r1"));
        assert_eq!(internal("r0").with_request_id("r1"), internal("r0"));
        assert_eq!(Failure::Expired.with_request_id("r1"), Failure::Expired);
    }

    #[test]
    fn invalid_fields_are_written_one_after_the_other() {
        use crate::{Field, Problem};
        let error = |field| FieldError { field, problem: Problem::Missing };
        let failure = Failure::InvalidInput { fields: vec![error(Field::Brand), error(Field::Ram)] };
        assert_eq!(failure.to_string(), "brand is missing; ram is missing");
    }
}
