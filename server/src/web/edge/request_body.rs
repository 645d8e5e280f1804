//! The limits of a request's body: how long it may be, and that it comes.

use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};

use axum::body::{Body, HttpBody};
use axum::extract::Request;
use axum::http::StatusCode;
use http_body_util::{BodyExt, LengthLimitError, Limited};

use crate::listening::TooSlow;

/// The longest body of a request, in bytes: a form's, in which every field is full.
pub(in crate::web) const LONGEST: usize = app::shopper::form_limits::LONGEST;

/// Why a body was cut off, as far as it was: the status that says so. Clones share it.
#[derive(Clone, Debug, Default)]
pub(in crate::web) struct CutOff(Arc<AtomicU16>);

impl CutOff {
    /// The status to answer with; `None` where the body was not cut off.
    pub(in crate::web) fn status(&self) -> Option<StatusCode> {
        StatusCode::from_u16(self.0.load(Ordering::Relaxed)).ok()
    }

    fn note(&self, error: &(dyn Error + Send + Sync + 'static)) {
        let status = if error.is::<LengthLimitError>() {
            StatusCode::PAYLOAD_TOO_LARGE
        } else if TooSlow::is_cause_of(error) {
            StatusCode::REQUEST_TIMEOUT
        } else {
            return;
        };
        self.0.store(status.as_u16(), Ordering::Relaxed);
    }
}

/// `request`, whose body is cut off at `longest` bytes, and word of whether it was. A body that comes
/// [too slowly](TooSlow) is cut off as well.
///
/// # Errors
/// The status that refuses it, where it says itself that it is longer.
pub(in crate::web) fn limit(request: Request, longest: usize) -> Result<(Request, CutOff), StatusCode> {
    if request.body().size_hint().lower() > longest as u64 {
        return Err(StatusCode::PAYLOAD_TOO_LARGE);
    }
    let cut_off = CutOff::default();
    let noted = cut_off.clone();
    let request = request.map(|body| {
        Body::new(Limited::new(body, longest).map_err(move |error| {
            noted.note(&*error);
            error
        }))
    });
    Ok((request, cut_off))
}
