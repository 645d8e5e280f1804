//! What the server passes to a server function: the merchant's desks, the visitor's limit, and facts about the request.

use std::pin::Pin;
use std::sync::Arc;

use desk::Selected;
use domain::{Category, Failure};
use leptos::prelude::with_context;

type Admitted = Pin<Box<dyn Future<Output = Result<Asking, Failure>> + Send>>;
type Admit = dyn Fn(&str) -> Admitted + Send + Sync;

/// What the merchant whose page sends the request asks, and for what.
#[derive(Clone)]
pub struct Asking {
    /// The desks of its providers; of the first one if no merchant has the id that was sent.
    pub desks: Selected,
    /// The kinds of devices that it accepts.
    pub categories: Arc<[Category]>,
}

/// What the server passes to a call, as one value, because each look-up in the context costs time.
#[derive(Clone)]
pub struct Call {
    /// The request's id, under which the log has more.
    pub request_id: String,
    /// The request's `Accept-Language`; empty if it has none.
    pub accept_language: String,
    /// Whether a browser without JavaScript posted a form, so that the answer is a page to go to.
    pub is_plain_form_post: bool,
    /// Counts one more request of the visitor for the merchant with an id, and returns that merchant;
    /// [`Failure::RateLimited`] if it is one too many.
    pub admit: Arc<Admit>,
}

/// The merchant's desks, if the visitor may ask.
///
/// # Errors
/// Those of [`Call::admit`]; [`Failure::Internal`] if there is no [`Call`], which is an error in the program.
pub(super) async fn admit(merchant: &str) -> Result<Asking, Failure> {
    let asked = with_context::<Call, _>(|call| (call.admit)(merchant));
    let Some(admitted) = asked else { return Err(Failure::Internal { request_id: String::new() }) };
    admitted.await
}

/// `failure`, with the id of this request if it has a field for it.
pub(super) fn with_request_id(failure: Failure) -> Failure {
    let id = with_context::<Call, _>(|call| call.request_id.clone()).unwrap_or_default();
    failure.with_request_id(&id)
}

/// Whether a browser without JavaScript posted a form.
pub(super) fn is_plain_form_post() -> bool {
    with_context::<Call, _>(|call| call.is_plain_form_post).unwrap_or_default()
}
