//! What those who ask are given, and how it is told that there is no answer.

use std::sync::Arc;

use domain::{CatalogueItem, Failure, Quote, Source};
use jiff::Timestamp;

use crate::ask_error::AskError;
use crate::outcome;
use crate::question::Question;

/// A price, or why there is none.
pub type Priced = Result<Arc<Quote>, Failure>;

/// What a search found, or why it found nothing.
pub(crate) type Found = Result<Arc<[CatalogueItem]>, Failure>;

/// Whether it is an older price, given again for want of one of now.
pub(crate) fn is_stale(answer: &Priced) -> bool {
    matches!(answer, Ok(quote) if quote.source == Source::Stale)
}

/// Logs why there is no answer, once, and turns it into what is told. Where no call was made, each
/// caller hears the same: that breaker or latch began to keep calls away is logged by them.
pub(crate) fn told(error: &AskError, question: &Question, now: Timestamp) -> Failure {
    let failure = outcome::failure(error, now);
    let (call, outcome) = (question.call, error.name());
    match failure {
        _ if !error.was_asked() => tracing::debug!(call, outcome, cause = %error, "no call was made"),
        Failure::ModelUnknown | Failure::NotAccepted { .. } => {
            tracing::info!(call, outcome, cause = %error, "no price");
        }
        _ => tracing::warn!(call, outcome, cause = %error, "a call to the partner failed"),
    }
    failure
}

/// [`Failure::Internal`] without a request id, which only the caller knows.
pub(crate) fn internal() -> Failure {
    Failure::Internal { request_id: String::new() }
}
