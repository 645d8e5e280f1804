//! The server function that quotes a device, and how its form is read.

use std::time::Duration;

use domain::{Category, Comparison, Failure, NotAccepted, QuoteForm, Term};
use http::Method;
use leptos::prelude::*;
use server_fn::ContentType;
use server_fn::codec::{Encoding, FromReq, IntoReq, Json};
use server_fn::error::FromServerFnError;
use server_fn::request::{ClientReq, Req};

use super::call::{Asking, admit, is_plain_form_post, with_request_id};
use super::refuse::{in_words, refuse};
use crate::parts::address::query;
use crate::parts::failure_report::FailureReport;
use crate::parts::frame::FrameFields;
use crate::shopper::form_query::FormQuery;
use crate::shopper::keyword;

/// How long a plain form post waits for models similar to an unknown one. The search goes on after that, and
/// the next page has its result.
const NEAREST_PATIENCE: Duration = Duration::from_secs(3);

/// Quotes a device: `POST /api/fn/quote`.
///
/// A plain form post gets a redirect: to the quote's page, or back to the form with everything that was
/// typed.
///
/// # Errors
/// Any of the closed list, with its HTTP status.
#[allow(unreachable_pub, reason = "the macro writes an inner copy with the same visibility")]
#[server(name = AskQuote, prefix = "/api/fn", endpoint = "quote", input = FormText, output = Json)]
pub async fn quote(
    /// The form, with the host page's settings.
    asked: FormQuery,
) -> Result<Comparison, FailureReport> {
    let FormQuery { form, frame, before, .. } = asked;
    let answer = price(&form, &frame.merchant).await;
    let sent_on = is_plain_form_post();
    if sent_on {
        look_for_nearest(&form, &frame.merchant, &answer).await;
        leptos_axum::redirect(&next_page(&form, &frame, &before, &answer));
    }
    // A redirect keeps its own status.
    answer.map_err(|failure| if sent_on { in_words(&frame, failure) } else { refuse(&frame, failure) })
}

async fn price(form: &QuoteForm, merchant: &str) -> Result<Comparison, Failure> {
    let Asking { desks, categories } = admit(merchant).await?;
    let request = domain::read_form(form)?;
    if !categories.contains(&request.category()) {
        return Err(Failure::NotAccepted { reason: NotAccepted::NotByShop });
    }
    desks.quote(request).await
}

/// Searches for models similar to an unknown one: the next page is drawn from what is known then. Each search
/// counts against the visitor's limit.
async fn look_for_nearest(form: &QuoteForm, merchant: &str, answer: &Result<Comparison, Failure>) {
    if !matches!(answer, Err(Failure::ModelUnknown)) {
        return;
    }
    let category = Category::find(&form.device_type);
    let search = async {
        for name in domain::shorter_names(&form.model).filter(|name| keyword::is_searchable(name)) {
            let Ok(asking) = admit(merchant).await else { return };
            match asking.desks.search(name, category).await {
                Ok(items) if items.is_empty() => {}
                _ => return,
            }
        }
    };
    // After that time, the page shows what is known.
    let _ = tokio::time::timeout(NEAREST_PATIENCE, search).await;
}

/// The address to which a browser without JavaScript is redirected: the price, or the form with everything
/// that was typed.
fn next_page(
    form: &QuoteForm,
    frame: &FrameFields,
    before: &str,
    answer: &Result<Comparison, Failure>,
) -> String {
    match answer {
        Ok(Comparison { best, .. }) => {
            let before = Some(("before", before)).filter(|(_, id)| !id.is_empty());
            format!("/quote/{}?{}", best.id, query(frame.filled().chain(before)))
        }
        Err(failure) => FormQuery::new(form, frame).with_failure(&with_request_id(failure.clone())).link(),
    }
}

/// `application/x-www-form-urlencoded`, as browsers and scripts send it, read by the same code as the form in
/// an address. The framework's own reader would buffer every field to find out to which struct it belongs.
pub struct FormText;

impl ContentType for FormText {
    const CONTENT_TYPE: &'static str = "application/x-www-form-urlencoded";
}

impl Encoding for FormText {
    const METHOD: Method = Method::POST;
}

impl<E, Request> FromReq<FormText, Request, E> for AskQuote
where
    E: FromServerFnError,
    Request: Req<E> + Send + 'static,
{
    async fn from_req(request: Request) -> Result<Self, E> {
        Ok(Self { asked: FormQuery::parse(&request.try_into_string().await?) })
    }
}

impl<E, Request> IntoReq<FormText, Request, E> for AskQuote
where
    E: FromServerFnError,
    Request: ClientReq<E>,
{
    fn into_req(self, path: &str, accepts: &str) -> Result<Request, E> {
        Request::try_new_post(path, FormText::CONTENT_TYPE, accepts, self.asked.text())
    }
}
