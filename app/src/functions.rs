//! The server functions: public endpoints, so each parses what it gets and answers with
//! the closed list of errors.
//!
//! The browser sends them the form as it stands, with or without JavaScript; what asks for
//! JSON (`Accept`) gets that, and a plain form post is sent on to a page.

use std::sync::Arc;

use domain::{CatalogueItem, Quote};
use leptos::prelude::*;
use server_fn::codec::Json;

use crate::form_query::FormQuery;
use crate::form_text::FormText;
use crate::frame::FrameFields;
use crate::refusal::Refusal;

/// Quotes a device: `POST /api/fn/quote`.
///
/// A plain form post is answered by a redirect: to the quote's page, or back to the form
/// with all that was typed.
///
/// # Errors
/// Any of the closed list, with its HTTP status.
#[server(name = AskQuote, prefix = "/api/fn", endpoint = "quote", input = FormText, output = Json)]
pub async fn quote(
    /// The form, with the host's wishes.
    asked: FormQuery,
) -> Result<Arc<Quote>, Refusal> {
    let FormQuery { form, frame, before, .. } = asked;
    let answer = asking::price(&form, &frame.merchant).await;
    asking::look_for_nearest(&form, &frame.merchant, &answer).await;
    asking::redirect(&form, &frame, &before, &answer);
    answer.map_err(|failure| asking::refuse_unless_sent_on(&frame, failure))
}

/// Finds models and the storage and memory they come in: `POST /api/fn/search`.
/// An empty keyword answers with the popular models of the category; one that is too short to
/// be searched for ([`crate::keyword`]) is `invalid_input`.
///
/// # Errors
/// Any of the closed list, with its HTTP status.
#[server(name = AskSearch, prefix = "/api/fn", endpoint = "search", output = Json)]
pub async fn search(
    /// A model's name or a part of it.
    #[server(default)]
    keyword: String,
    /// A category's word or code; any for none.
    #[server(default)]
    device_type: String,
    /// The language of a refusal.
    #[server(default)]
    locale: String,
    /// Whose form asks.
    #[server(default)]
    merchant: String,
) -> Result<Vec<CatalogueItem>, Refusal> {
    let frame = FrameFields { locale, merchant, ..FrameFields::default() };
    asking::find(&keyword, &device_type, &frame.merchant)
        .await
        .map_err(|failure| asking::refuse(&frame, failure))
}

pub(crate) use asking::refuse_call;
pub use asking::{Call, RequestId};

mod asking {
    use std::sync::Arc;
    use std::time::Duration;

    use axum::http::{HeaderName, StatusCode, header, request::Parts};
    use desk::Desk;
    use domain::{CatalogueItem, Category, Failure, NotAccepted, Quote, QuoteForm, Term};
    use leptos::prelude::{use_context, with_context};
    use leptos_axum::ResponseOptions;
    use server_fn::error::ServerFnErrorErr;

    use crate::form_query::FormQuery;
    use crate::frame::FrameFields;
    use crate::refusal::Refusal;
    use crate::{keyword, language};

    /// How long a plain form post waits for the models nearest to an unknown one, beyond the
    /// answer that it is unknown. Their search goes on, and is there for the next page.
    const NEAREST_PATIENCE: Duration = Duration::from_secs(3);

    /// The request's id, under which the log tells more.
    #[derive(Clone, Debug, Default)]
    pub struct RequestId(pub String);

    type Admit = dyn Fn(&str) -> Result<Arc<[Category]>, Failure> + Send + Sync;

    /// What the server gives to a call, in one piece: each look for a piece costs time.
    #[derive(Clone)]
    pub struct Call {
        /// Whom to ask.
        pub desk: Desk,
        /// The request's id.
        pub id: RequestId,
        /// Whether the visitor may ask once more for the merchant of an id, by the server's rate
        /// limit; and the kinds of devices that this merchant takes.
        pub admit: Arc<Admit>,
    }

    /// The desk and what the merchant takes, once the visitor is admitted.
    fn desk(merchant: &str) -> Result<(Desk, Arc<[Category]>), Failure> {
        let call = with_context::<Call, _>(|call| {
            (call.admit)(merchant).map(|categories| (call.desk.clone(), categories))
        });
        call.unwrap_or_else(|| Err(Failure::Internal { request_id: String::new() }))
    }

    pub(super) async fn price(form: &QuoteForm, merchant: &str) -> Result<Arc<Quote>, Failure> {
        let (desk, categories) = desk(merchant)?;
        let request = form.parse()?;
        if !categories.contains(&request.category()) {
            return Err(Failure::NotAccepted { reason: NotAccepted::NotByShop });
        }
        desk.quote(request).await
    }

    pub(super) async fn find(
        keyword: &str,
        device_type: &str,
        merchant: &str,
    ) -> Result<Vec<CatalogueItem>, Failure> {
        let (desk, categories) = desk(merchant)?;
        keyword::check(keyword)?;
        let items = desk.search(keyword, Category::find(device_type)).await?;
        Ok(items.iter().filter(|item| categories.contains(&item.device_type)).cloned().collect())
    }

    /// After a plain form post whose model is unknown, searches for what comes nearest to it:
    /// the page that the browser is sent to is drawn from what is known by then. Each search
    /// counts against the visitor's limit.
    pub(super) async fn look_for_nearest(
        form: &QuoteForm,
        merchant: &str,
        answer: &Result<Arc<Quote>, Failure>,
    ) {
        if !matches!(answer, Err(Failure::ModelUnknown)) || !is_plain_form_post() {
            return;
        }
        let category = Category::find(&form.device_type);
        let search = async {
            for name in domain::shorter_names(&form.model).filter(|name| keyword::is_searchable(name)) {
                let Ok((desk, _)) = desk(merchant) else { return };
                match desk.search(name, category).await {
                    Ok(items) if items.is_empty() => {}
                    _ => return,
                }
            }
        };
        // The page tells what is known when the time is over.
        let _ = tokio::time::timeout(NEAREST_PATIENCE, search).await;
    }

    /// Asks something of a header's text; empty where there is none.
    fn of_header<T>(name: HeaderName, ask: impl Fn(&str) -> T) -> T {
        let answer = with_context::<Parts, _>(|parts| {
            ask(parts.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default())
        });
        answer.unwrap_or_else(|| ask(""))
    }

    fn is_plain_form_post() -> bool {
        of_header(header::ACCEPT, |text| text.contains("text/html"))
    }

    fn named(failure: Failure) -> Failure {
        let id = with_context::<Call, _>(|call| call.id.0.clone()).unwrap_or_default();
        failure.with_request_id(&id)
    }

    /// The page of a quote, with the one that it was asked for in place of.
    fn quote_link(id: &str, frame: &FrameFields, before: &str) -> String {
        let before = Some(("before", before)).filter(|(_, id)| !id.is_empty());
        format!("/quote/{id}?{}", crate::frame::query(frame.filled().chain(before)))
    }

    /// Sends a browser without JavaScript on: to the price, or back with all it typed.
    pub(super) fn redirect(
        form: &QuoteForm,
        frame: &FrameFields,
        before: &str,
        answer: &Result<Arc<Quote>, Failure>,
    ) {
        if !is_plain_form_post() {
            return;
        }
        leptos_axum::redirect(&match answer {
            Ok(quote) => quote_link(quote.id.as_str(), frame, before),
            Err(failure) => FormQuery::new(form, frame).with_failure(&named(failure.clone())).link(),
        });
    }

    /// [`refuse`] for the form of a device: a plain post of it was sent on by [`redirect`], and
    /// keeps that status.
    pub(super) fn refuse_unless_sent_on(frame: &FrameFields, failure: Failure) -> Refusal {
        if is_plain_form_post() { told(frame, failure) } else { refuse(frame, failure) }
    }

    /// Puts a failure into the reader's words.
    fn told(frame: &FrameFields, failure: Failure) -> Refusal {
        let locale = of_header(header::ACCEPT_LANGUAGE, |text| language::negotiate(&frame.locale, text));
        Refusal::new(locale, &named(failure))
    }

    /// Puts a failure into the reader's words, and sets its HTTP status.
    pub(super) fn refuse(frame: &FrameFields, failure: Failure) -> Refusal {
        if let Some(options) = use_context::<ResponseOptions>() {
            options.set_status(StatusCode::from_u16(failure.status()).unwrap_or_default());
            if let Failure::RateLimited { retry_after_seconds } = failure {
                options.insert_header(header::RETRY_AFTER, retry_after_seconds.into());
            }
        }
        told(frame, failure)
    }

    /// What a call is told that did not get as far as its function.
    pub(crate) fn refuse_call(error: &ServerFnErrorErr) -> Refusal {
        let failure = match error {
            ServerFnErrorErr::Args(_)
            | ServerFnErrorErr::MissingArg(_)
            | ServerFnErrorErr::Deserialization(_) => Failure::InvalidInput { fields: Vec::new() },
            _ => {
                tracing::error!(%error, "a server function failed");
                Failure::Internal { request_id: String::new() }
            }
        };
        refuse(&FrameFields::default(), failure)
    }
}
