//! Why a call of the API fails: the closed list of the pages, and what only backends can be told.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use checkout::{CheckoutError, NotAcceptable, Refusal};
use domain::{Failure, FieldError};
use records::RecordsError;

use super::invalid_field::InvalidField;

/// Why a call of the API fails: a closed list. As an answer it is a bare status, which gets its body from
/// [`shape`](super::problem::shape).
#[derive(Clone, Debug, PartialEq)]
pub(in crate::web) enum ApiFailure {
    /// One that pages report too.
    Shared(Failure),
    /// Fields, parameters or headers are invalid.
    Invalid(Vec<InvalidField>),
    /// The request cannot be read: another media type, no JSON, too long or too slow.
    Unreadable(StatusCode, &'static str),
    /// The quote cannot be accepted.
    NotAcceptable(NotAcceptable),
    /// The offer refuses the command.
    Refused(Refusal),
    /// The API key is missing or not valid.
    Unauthorized,
    /// The key permits reading only.
    ReadOnly,
    /// The address takes other methods, which `Allow` names.
    WrongMethod,
    /// The first request with this `Idempotency-Key` is under way.
    UnderWay,
}

/// Codes of the closed list that only backends are told.
const ALREADY_REDEEMED: &str = "already_redeemed";
const AMOUNT_MISMATCH: &str = "amount_mismatch";
const WITHDRAWN: &str = "withdrawn";
const CONFLICT: &str = "conflict";
const UNAUTHORIZED: &str = "unauthorized";

/// All codes that the API may answer with.
#[cfg(test)]
pub(in crate::web) fn codes() -> Vec<&'static str> {
    let own = [UNAUTHORIZED, ALREADY_REDEEMED, AMOUNT_MISMATCH, WITHDRAWN, CONFLICT];
    Failure::CODES.iter().copied().chain(own).collect()
}

impl ApiFailure {
    /// An error on our side, whose cause was logged.
    pub(in crate::web) fn internal() -> Self {
        Self::Shared(Failure::Internal { request_id: String::new() })
    }

    /// What the records could not do. The cause is logged here.
    pub(in crate::web) fn of_records(error: &RecordsError) -> Self {
        tracing::error!(%error, "the records cannot answer a call of the API");
        Self::internal()
    }

    /// The name in the contract.
    pub(in crate::web) fn code(&self) -> &'static str {
        match self {
            Self::Shared(failure) => failure.code(),
            Self::Invalid(_) | Self::Unreadable(..) => "invalid_input",
            Self::NotAcceptable(NotAcceptable::Expired) | Self::Refused(Refusal::Expired) => "expired",
            Self::NotAcceptable(
                NotAcceptable::Stale
                | NotAcceptable::Estimated
                | NotAcceptable::UnknownEnd
                | NotAcceptable::NoCredit(_),
            ) => "not_accepted",
            Self::Refused(Refusal::AlreadyRedeemed) => ALREADY_REDEEMED,
            Self::Refused(Refusal::AmountMismatch { .. }) => AMOUNT_MISMATCH,
            Self::Refused(Refusal::Withdrawn) => WITHDRAWN,
            Self::Refused(Refusal::Conflict) | Self::UnderWay => CONFLICT,
            Self::Unauthorized => UNAUTHORIZED,
            Self::ReadOnly | Self::WrongMethod => "not_allowed",
        }
    }

    /// Its HTTP status.
    pub(in crate::web) fn status(&self) -> StatusCode {
        let status = match self {
            Self::Shared(failure) => failure.status(),
            Self::Invalid(_) => 422,
            Self::Unreadable(status, _) => status.as_u16(),
            Self::NotAcceptable(NotAcceptable::Expired) => 410,
            Self::NotAcceptable(
                NotAcceptable::Stale
                | NotAcceptable::Estimated
                | NotAcceptable::UnknownEnd
                | NotAcceptable::NoCredit(_),
            )
            | Self::UnderWay => 409,
            Self::Refused(refusal) => refusal.status(),
            Self::Unauthorized => 401,
            Self::ReadOnly => 403,
            Self::WrongMethod => 405,
        };
        StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// What happened here, for the developer of the shop's backend.
    pub(in crate::web) fn detail(&self) -> String {
        match self {
            Self::Shared(Failure::InvalidInput { fields }) if fields.is_empty() => {
                "the request cannot be read".to_owned()
            }
            Self::Shared(failure) => failure.to_string(),
            Self::Invalid(fields) => {
                let fields = fields.iter().map(|field| format!("{} {}", field.field, field.message));
                fields.collect::<Vec<_>>().join("; ")
            }
            Self::Unreadable(_, why) => (*why).to_owned(),
            Self::NotAcceptable(why) => why.to_string(),
            Self::Refused(refusal) => refusal.to_string(),
            Self::Unauthorized => {
                "send a valid key of this server: Authorization: Bearer tik_live_…, or tik_test_… at a sandbox"
                    .to_owned()
            }
            Self::ReadOnly => "this key permits reading only".to_owned(),
            Self::WrongMethod => "the address takes other methods: see the header Allow".to_owned(),
            Self::UnderWay => {
                "the first request with this Idempotency-Key is under way; repeat it in a second".to_owned()
            }
        }
    }

    /// Why a quote or a device is not accepted, for programs.
    pub(in crate::web) fn reason(&self) -> Option<&'static str> {
        match self {
            Self::Shared(Failure::NotAccepted { reason }) => Some(match reason {
                domain::NotAccepted::Scrapped => "scrapped",
                domain::NotAccepted::Counterfeit => "counterfeit",
                domain::NotAccepted::NotOnSale => "not_on_sale",
                domain::NotAccepted::NotByShop => "not_by_shop",
                domain::NotAccepted::Unspecified => "unspecified",
            }),
            Self::NotAcceptable(why) => match why {
                NotAcceptable::Stale => Some("stale"),
                NotAcceptable::Estimated => Some("estimated"),
                NotAcceptable::UnknownEnd => Some("unknown_end"),
                NotAcceptable::NoCredit(_) => Some("no_credit"),
                NotAcceptable::Expired => None,
            },
            Self::Shared(_)
            | Self::Invalid(_)
            | Self::Unreadable(..)
            | Self::Refused(_)
            | Self::Unauthorized
            | Self::ReadOnly
            | Self::WrongMethod
            | Self::UnderWay => None,
        }
    }

    /// The invalid fields.
    pub(in crate::web) fn fields(&self) -> Vec<InvalidField> {
        match self {
            Self::Shared(Failure::InvalidInput { fields }) => fields.iter().map(of_form).collect(),
            Self::Invalid(fields) => fields.clone(),
            Self::Shared(_)
            | Self::Unreadable(..)
            | Self::NotAcceptable(_)
            | Self::Refused(_)
            | Self::Unauthorized
            | Self::ReadOnly
            | Self::WrongMethod
            | Self::UnderWay => Vec::new(),
        }
    }
}

fn of_form(error: &FieldError) -> InvalidField {
    let problem = match error.problem {
        domain::Problem::Missing => "missing",
        domain::Problem::TooLong => "too_long",
        domain::Problem::ForbiddenCharacter => "forbidden_character",
        domain::Problem::NotListed => "not_listed",
        domain::Problem::NoFaultNamed => "no_fault_named",
        domain::Problem::Unclear => "unclear",
        domain::Problem::TooMany => "too_many",
    };
    InvalidField::new(error.field.name(), problem, error.problem.to_string())
}

impl From<Failure> for ApiFailure {
    fn from(failure: Failure) -> Self {
        Self::Shared(failure)
    }
}

impl From<CheckoutError> for ApiFailure {
    fn from(error: CheckoutError) -> Self {
        match error {
            CheckoutError::NotFound => Failure::NotFound.into(),
            CheckoutError::NotAcceptable(why) => Self::NotAcceptable(why),
            CheckoutError::Refused(refusal) => Self::Refused(refusal),
            CheckoutError::Token(why) => {
                Self::Invalid(vec![InvalidField::new("token", "not_valid", why.to_string())])
            }
            CheckoutError::TokenOfAnother => {
                let message = CheckoutError::TokenOfAnother.to_string();
                Self::Invalid(vec![InvalidField::new("token", "not_valid", message)])
            }
            CheckoutError::NoCode | CheckoutError::Garbled(_) => {
                tracing::error!(%error, "an offer cannot be made or read");
                Self::internal()
            }
            CheckoutError::Records(error) => Self::of_records(&error),
        }
    }
}

impl IntoResponse for ApiFailure {
    fn into_response(self) -> Response {
        let mut answer = self.status().into_response();
        answer.extensions_mut().insert(self);
        answer
    }
}

#[cfg(test)]
mod tests {
    use checkout::{Amount, NoCredit, TokenError};
    use domain::Money;

    use super::*;

    #[test]
    fn each_refusal_of_the_checkout_has_its_code_and_status() {
        let amount = Amount::cny(Money::from_fen(1));
        let mismatch = Refusal::AmountMismatch { expected: amount, given: amount };
        for (error, code, status) in [
            (CheckoutError::NotFound, "not_found", 404),
            (NotAcceptable::Stale.into(), "not_accepted", 409),
            (NotAcceptable::Estimated.into(), "not_accepted", 409),
            (NotAcceptable::UnknownEnd.into(), "not_accepted", 409),
            (NotAcceptable::NoCredit(NoCredit).into(), "not_accepted", 409),
            (NotAcceptable::Expired.into(), "expired", 410),
            (Refusal::AlreadyRedeemed.into(), "already_redeemed", 409),
            (mismatch.into(), "amount_mismatch", 422),
            (Refusal::Expired.into(), "expired", 410),
            (Refusal::Withdrawn.into(), "withdrawn", 409),
            (Refusal::Conflict.into(), "conflict", 409),
            (TokenError::Signature.into(), "invalid_input", 422),
            (CheckoutError::TokenOfAnother, "invalid_input", 422),
            (CheckoutError::NoCode, "internal", 500),
            (CheckoutError::Garbled("of_1".into()), "internal", 500),
        ] {
            let told = error.to_string();
            let failure = ApiFailure::from(error);
            assert_eq!((failure.code(), failure.status().as_u16()), (code, status), "{told}");
            assert!(!failure.detail().is_empty(), "{told}");
        }
    }
}
