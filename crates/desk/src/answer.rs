//! What callers of the desk get: a price, a search's result, or the failure that an error is turned into.

use std::sync::Arc;

use domain::{CatalogueItem, Failure, ProviderName, Quote, Source};
use jiff::Timestamp;

use crate::ask_error::AskError;
use crate::failure_subject::FailureSubject;
use crate::outcome;
use crate::question::Question;

/// A price, or why there is none.
pub type Priced = Result<Arc<Quote>, Failure>;

/// What a search found, or why it found nothing.
pub(crate) type Found = Result<Arc<[CatalogueItem]>, Failure>;

/// Whether the answer is an older price, returned because no new one could be had.
pub(crate) fn is_stale(answer: &Priced) -> bool {
    matches!(answer, Ok(quote) if quote.source == Source::Stale)
}

/// Logs once why there is no answer, and returns the failure for the caller. If no call was made, this is
/// logged at debug level only: breaker and latch log themselves that they begin to block calls.
pub(crate) fn told(error: &AskError, of: &ProviderName, question: &Question, now: Timestamp) -> Failure {
    let failure = outcome::failure(error, now);
    let (provider, call, outcome) = (of.as_str(), question.call, error.name());
    if !error.was_asked() {
        tracing::debug!(provider, call, outcome, cause = %error, "no call was made");
    } else if FailureSubject::of(&failure) == FailureSubject::Device {
        tracing::info!(provider, call, outcome, cause = %error, "no price");
    } else {
        tracing::warn!(provider, call, outcome, cause = %error, "a call to the partner failed");
    }
    failure
}

/// [`Failure::Internal`] without a request id, which only the caller knows.
pub(crate) fn internal() -> Failure {
    Failure::Internal { request_id: String::new() }
}
