use std::sync::Arc;

use app::accent::Accent;
use app::document::Setting;
use app::form_query::FormQuery;
use app::frame::FrameFields;
use app::functions::RequestId;
use app::pages::quote::QuotePage;
use app::pages::studio::{Loader, Studio, StudioQuery};
use app::refusal::Explanation;
use app::{language, pages};
use axum::extract::{Extension, OriginalUri, Path, Query, RawQuery, State};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use desk::Desk;
use domain::{Failure, Moment, Quote, QuoteId};

use super::headers::{Html, Life, Policy, text};
use super::operator::{Operator, ask_to_sign_in};
use super::refused::Refused;
use super::site::Site;
use crate::merchants::{Merchant, PageOrigin};

/// Pages that no other site frames.
const NOBODY_ELSE: &str = "'self'";
/// Pages that nobody frames.
const NOBODY: &str = "'none'";

/// What a page is drawn for: who asks, and from where.
pub(super) struct Visit {
    pub(super) setting: Setting,
    pub(super) request_id: String,
    policy: Policy,
}

impl Visit {
    /// A visit to a page of our own.
    pub(super) fn new(
        site: &Site,
        desk: &Desk,
        headers: &HeaderMap,
        frame: &FrameFields,
        request_id: RequestId,
    ) -> Self {
        Self::of(None, NOBODY_ELSE.to_owned(), (site, desk), headers, frame, request_id)
    }

    /// A visit to a page of a shop's widget, which the shop's sites may frame. What the
    /// snippet says wins over what is set for the shop.
    pub(super) fn of_shop(
        site: &Site,
        desk: &Desk,
        headers: &HeaderMap,
        frame: &FrameFields,
        request_id: RequestId,
    ) -> Self {
        let shop = site.merchants().get(&frame.merchant);
        let ancestors = match &shop {
            Some(shop) => shop.sources(),
            // A bare link, from a bookmark or a message.
            None if frame.merchant.is_empty() => NOBODY_ELSE.to_owned(),
            None => NOBODY.to_owned(),
        };
        Self::of(shop.as_deref(), ancestors, (site, desk), headers, frame, request_id)
    }

    fn of(
        shop: Option<&Merchant>,
        ancestors: String,
        (site, desk): (&Site, &Desk),
        headers: &HeaderMap,
        frame: &FrameFields,
        request_id: RequestId,
    ) -> Self {
        let asked = language::named(&frame.locale).or(shop.and_then(|shop| shop.locale));
        let locale =
            asked.unwrap_or_else(|| language::negotiate("", &text(headers, header::ACCEPT_LANGUAGE)));
        let theme = shop.and_then(|shop| shop.theme).filter(|_| frame.theme.is_empty());
        let accent = Accent::parse(&frame.accent).or_else(|| shop.and_then(|shop| shop.accent.clone()));
        let logo = shop.and_then(|shop| shop.logo.as_ref());
        let policy = Policy {
            ancestors: ancestors.clone(),
            images: logo.and_then(|logo| logo.source().map(str::to_owned)),
            accent: accent.clone(),
            lifeless: false,
            isolated: shop.is_some_and(|shop| shop.coep),
        };
        let setting = Setting {
            locale,
            theme: theme.unwrap_or_else(|| frame.theme()),
            accent,
            sandbox: desk.is_sandbox(),
            origins: ancestors,
            still: false,
            shop: shop.map(Merchant::as_drawn).unwrap_or_default(),
            assets: site.assets(),
        };
        Self { setting, request_id: request_id.0, policy }
    }

    /// A page of a shop's looks that only our own pages frame.
    pub(super) fn for_ourselves(mut self) -> Self {
        NOBODY_ELSE.clone_into(&mut self.setting.origins);
        NOBODY_ELSE.clone_into(&mut self.policy.ancestors);
        self
    }

    /// A page that its reader alone keeps, and asks for again.
    pub(super) fn html(self, status: StatusCode, text: String) -> Response {
        self.lasting(Life::Asked, status, text).into_response()
    }

    /// A page that is kept for as long as `life` says.
    pub(super) fn lasting(self, life: Life, status: StatusCode, text: String) -> Html {
        Html { status, text, policy: self.policy, life }
    }

    /// A page that can do nothing, and that only pages of `origin` frame.
    pub(super) fn lifeless(mut self, origin: &PageOrigin, status: StatusCode, text: String) -> Response {
        self.policy.lifeless = true;
        self.policy.accent = None;
        self.policy.ancestors = origin.as_str().to_owned();
        self.lasting(Life::Personal, status, text).into_response()
    }

    /// The page of a failure, from which `way_out` leads on.
    pub(super) fn refuse(self, failure: Failure, way_out: String) -> Response {
        let failure = failure.with_request_id(&self.request_id);
        let text = pages::failure::draw_page(&self.setting, &failure, way_out);
        let page = self.lasting(Life::Personal, status(&failure), text).into_response();
        Refused::from(failure).told_by(page)
    }

    /// The page of a failure in words of its own, from which the start page leads on.
    pub(super) fn refuse_saying(self, failure: Failure, explanation: Explanation) -> Response {
        let way_out = "/".to_owned();
        let text = pages::failure::draw_explained(&self.setting, &failure, explanation, way_out);
        let page = self.lasting(Life::Personal, status(&failure), text).into_response();
        Refused::from(failure).told_by(page)
    }
}

/// The HTTP status of a failure.
pub(super) fn status(failure: &Failure) -> StatusCode {
    StatusCode::from_u16(failure.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
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

/// `GET /preview`: with all merchants for the operator, and with the demo alone for anybody else.
pub(super) async fn studio(
    State(site): State<Site>,
    State(desk): State<Desk>,
    Extension(id): Extension<RequestId>,
    operator: Option<Operator>,
    Query(mut query): Query<StudioQuery>,
    OriginalUri(address): OriginalUri,
    headers: HeaderMap,
) -> Response {
    // The studio is in the marketer's own language and looks, whatever the widget is in.
    let own = FrameFields { locale: query.locale.clone(), ..FrameFields::default() };
    let visit = Visit::new(&site, &desk, &headers, &own, id);
    let operator = operator.is_some();
    let merchants = site.merchants();
    if query.merchant.is_empty() {
        if !operator && merchants.get(Merchant::DEMO).is_none() {
            return ask_to_sign_in(visit, "/preview", Failure::NotAllowed, None);
        }
        query.merchant = if operator { merchants.first() } else { Merchant::DEMO }.to_owned();
    }
    let shown = |shop: &&Arc<Merchant>| operator || shop.id == Merchant::DEMO;
    if !merchants.iter().filter(shown).any(|shop| shop.id == query.merchant) {
        return visit.refuse(Failure::NotFound, own.link("/preview"));
    }
    let host = site.public_origin(&headers);
    let loader = site.loader();
    let studio = Studio {
        link: format!("{host}{address}"),
        loader: Loader { path: loader.path(), integrity: loader.integrity().to_owned() },
        merchants: merchants.iter().filter(shown).map(|shop| (shop.id.clone(), shop.name.clone())).collect(),
        all_merchants: operator,
        blocked: Site::is_blocked_under_https(&host, &headers),
        host,
        query,
    };
    let text = pages::studio::draw_page(&visit.setting, &studio);
    let life = if operator { Life::Personal } else { Life::Asked };
    visit.lasting(life, StatusCode::OK, text).into_response()
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
    let visit = Visit::of_shop(&site, &desk, &headers, &frame, id);
    let merchant = site.merchants().get(&frame.merchant);
    if merchant.is_none() {
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
            let now = Moment::new(desk.now());
            let top_up =
                |shop: Arc<Merchant>| shop.top_up(&quote, frame.product().as_ref(), now.in_utc8().date());
            let page = QuotePage {
                now,
                top_up: merchant.and_then(top_up),
                changes: changes.unwrap_or_default(),
                link: format!("{}{link}", site.public_origin(&headers)),
                before,
                quote,
                frame,
            };
            let text = pages::quote::draw_page(&visit.setting, &page);
            visit.lasting(Life::Personal, StatusCode::OK, text).into_response()
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
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    Visit::new(&site, &desk, &headers, &looks(&uri), id).refuse(Failure::NotFound, "/".to_owned())
}

/// The language and theme that an address asks for, in whatever else it is wrong.
pub(super) fn looks(uri: &Uri) -> FrameFields {
    let Query(FrameFields { locale, theme, .. }) = Query::try_from_uri(uri).unwrap_or_default();
    FrameFields { locale, theme, ..FrameFields::default() }
}
