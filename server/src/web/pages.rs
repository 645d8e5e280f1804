use std::borrow::Cow;
use std::sync::Arc;

use app::accent::Accent;
use app::document::Setting;
use app::form_query::FormQuery;
use app::frame::FrameFields;
use app::functions::RequestId;
use app::pages::quote::QuotePage;
use app::pages::studio::Studio;
use app::{language, pages};
use axum::extract::{Extension, Path, Query, RawQuery, State};
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use desk::Desk;
use domain::{Failure, Moment, Quote, QuoteId};

use super::headers::Html;
use super::site::Site;

/// Pages that no other site frames.
const NOBODY: &str = "'self'";

/// What a page is drawn for: who asks, and from where.
pub(super) struct Visit {
    pub(super) setting: Setting,
    pub(super) request_id: String,
}

impl Visit {
    pub(super) fn new(
        site: &Site,
        desk: &Desk,
        headers: &HeaderMap,
        frame: &FrameFields,
        request_id: RequestId,
    ) -> Self {
        let merchant = site.merchants().get(&frame.merchant);
        let setting = Setting {
            locale: language::negotiate(&frame.locale, &text(headers, header::ACCEPT_LANGUAGE)),
            theme: frame.theme(),
            accent: Accent::parse(&frame.accent),
            sandbox: desk.is_sandbox(),
            origins: merchant.map_or_else(|| NOBODY.to_owned(), |merchant| merchant.sources()),
            still: false,
            assets: site.assets(),
        };
        Self { setting, request_id: request_id.0 }
    }

    /// A page that no shop frames.
    pub(super) fn for_ourselves(mut self) -> Self {
        self.setting.origins = NOBODY.to_owned();
        self
    }

    pub(super) fn html(self, status: StatusCode, text: String) -> Response {
        let Setting { origins, accent, .. } = self.setting;
        Html { status, text, ancestors: origins, accent }.into_response()
    }

    /// The page of a failure, from which `way_out` leads on.
    pub(super) fn refuse(self, failure: Failure, way_out: String) -> Response {
        let failure = failure.with_request_id(&self.request_id);
        let status = StatusCode::from_u16(failure.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let text = pages::failure::draw_page(&self.setting, &failure, way_out);
        self.html(status, text)
    }
}

fn text(headers: &HeaderMap, name: HeaderName) -> Cow<'_, str> {
    headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes())).unwrap_or_default()
}

/// `GET /`
pub(super) async fn home(
    State(site): State<Site>,
    State(desk): State<Desk>,
    Extension(id): Extension<RequestId>,
    Query(frame): Query<FrameFields>,
    headers: HeaderMap,
) -> Response {
    let visit = Visit::new(&site, &desk, &headers, &frame, id);
    let text = pages::home::draw_page(&visit.setting, site.merchants().first());
    visit.html(StatusCode::OK, text)
}

/// `GET /preview`
pub(super) async fn studio(
    State(site): State<Site>,
    State(desk): State<Desk>,
    Extension(id): Extension<RequestId>,
    Query(mut frame): Query<FrameFields>,
    headers: HeaderMap,
) -> Response {
    if frame.merchant.is_empty() {
        frame.merchant = site.merchants().first().to_owned();
    }
    // The studio is in the marketer's own language and looks, whatever the widget is in.
    let own = FrameFields {
        merchant: frame.merchant.clone(),
        locale: frame.locale.clone(),
        ..FrameFields::default()
    };
    let visit = Visit::new(&site, &desk, &headers, &own, id);
    if site.merchants().get(&frame.merchant).is_none() {
        return visit.refuse(Failure::NotFound, "/".to_owned());
    }
    let studio = Studio {
        locale: visit.setting.locale,
        theme: frame.theme(),
        host: site.public_origin(&text(&headers, header::HOST)),
        merchant: frame.merchant,
        accent: frame.accent,
    };
    let text = pages::studio::draw_page(&visit.setting, studio);
    visit.html(StatusCode::OK, text)
}

/// `GET /quote/{id}`
pub(super) async fn quote(
    State(site): State<Site>,
    State(desk): State<Desk>,
    Extension(id): Extension<RequestId>,
    Path(quote): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let FormQuery { mut frame, before, .. } = FormQuery::parse(&query.unwrap_or_default());
    let visit = Visit::new(&site, &desk, &headers, &frame, id);
    if site.merchants().get(&frame.merchant).is_none() {
        // A bare link, from a bookmark or a message: any merchant's form serves to go on.
        frame.merchant = site.merchants().first().to_owned();
    }
    match recall(&desk, &quote).await {
        Ok(quote) => {
            // Only of the same device is another price an earlier one.
            let same = |before: &Arc<Quote>| before.id != quote.id && before.device == quote.device;
            let before = recall(&desk, &before).await.ok().filter(same);
            let changes = quote.device.to_form().parse().map(|request| desk.known_changes(&request));
            let link = frame.link(&format!("/quote/{}", quote.id));
            let page = QuotePage {
                top_up: None,
                now: Moment::new(desk.now()),
                changes: changes.unwrap_or_default(),
                link: format!("{}{link}", site.public_origin(&text(&headers, header::HOST))),
                before,
                quote,
                frame,
            };
            let text = pages::quote::draw_page(&visit.setting, &page);
            visit.html(StatusCode::OK, text)
        }
        Err(failure) => {
            let form = frame.link(&format!("/widget/{}", frame.merchant));
            visit.refuse(failure, form)
        }
    }
}

async fn recall(desk: &Desk, id: &str) -> Result<Arc<Quote>, Failure> {
    desk.recall(&QuoteId::parse(id).ok_or(Failure::NotFound)?).await
}

/// Any other address.
pub(super) async fn not_found(
    State(site): State<Site>,
    State(desk): State<Desk>,
    Extension(id): Extension<RequestId>,
    headers: HeaderMap,
) -> Response {
    Visit::new(&site, &desk, &headers, &FrameFields::default(), id).refuse(Failure::NotFound, "/".to_owned())
}
