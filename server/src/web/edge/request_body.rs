//! The limits of a request's body: its length, and the time until it has come.

use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};

use axum::body::{Body, HttpBody};
use axum::extract::Request;
use axum::http::StatusCode;
use http_body_util::{BodyExt, LengthLimitError, Limited};

use crate::listening::TooSlow;

/// The longest body of a request, in bytes: that of a form with every field full.
pub(in crate::web) const LONGEST: usize = app::shopper::form_limits::LONGEST;

/// The status that says why a body was cut off, if it was. Clones share it.
#[derive(Clone, Debug, Default)]
pub(in crate::web) struct CutOff(Arc<AtomicU16>);

impl CutOff {
    /// The status to answer with; `None` if the body was not cut off.
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

/// `request` with its body cut off at `longest` bytes, and whether it was cut off. A body that comes [too
/// slowly](TooSlow) is cut off too.
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
