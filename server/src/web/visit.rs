//! A visit: the reader, shop and request for which a page is drawn, and the answer with that page.

use app::everyone;
use app::parts::accent::Accent;
use app::parts::document::Setting;
use app::parts::frame::FrameFields;
use app::words::failure::Explanation;
use app::words::language;
use axum::extract::Query;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use desk::Desk;
use domain::Failure;

use super::edge::headers::{Html, Life, Policy, text};
use super::edge::refused::{Refused, status};
use super::edge::request_id::RequestId;
use super::site::Site;
use crate::merchants::{Merchant, PageOrigin};

/// The frame policy of pages that no other site may frame.
const SAME_ORIGIN: &str = "'self'";
/// The frame policy of pages that must not be framed.
const NONE: &str = "'none'";

/// The reader, the shop and the request for which a page is drawn.
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
        Self::of(None, SAME_ORIGIN.to_owned(), (site, desk), headers, frame, request_id)
    }

    /// A visit to a page of a shop's widget, which the shop's sites may frame. The snippet's looks take
    /// precedence over those in the shop's settings.
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
            // A link without a merchant, from a bookmark or a message.
            None if frame.merchant.is_empty() => SAME_ORIGIN.to_owned(),
            None => NONE.to_owned(),
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

    /// A page in a shop's looks that only our own pages may frame.
    pub(super) fn for_ourselves(mut self) -> Self {
        SAME_ORIGIN.clone_into(&mut self.setting.origins);
        SAME_ORIGIN.clone_into(&mut self.policy.ancestors);
        self
    }

    /// A page that only the reader's browser caches, and asks for again each time.
    pub(super) fn html(self, status: StatusCode, text: String) -> Response {
        self.lasting(Life::Asked, status, text).into_response()
    }

    /// A page that is cached as `life` says.
    pub(super) fn lasting(self, life: Life, status: StatusCode, text: String) -> Html {
        Html { status, text, policy: self.policy, life }
    }

    /// A page without functions, which only pages of `origin` may frame.
    pub(super) fn lifeless(mut self, origin: &PageOrigin, status: StatusCode, text: String) -> Response {
        self.policy.lifeless = true;
        self.policy.accent = None;
        self.policy.ancestors = origin.as_str().to_owned();
        self.lasting(Life::Personal, status, text).into_response()
    }

    /// The page of a failure, with a link to `way_out`.
    pub(super) fn refuse(self, failure: Failure, way_out: String) -> Response {
        let failure = failure.with_request_id(&self.request_id);
        let text = everyone::failure::draw_page(&self.setting, &failure, way_out);
        let page = self.lasting(Life::Personal, status(&failure), text).into_response();
        Refused::from(failure).told_by(page)
    }

    /// The page of a failure with another explanation, and a link to the start page.
    pub(super) fn refuse_saying(self, failure: Failure, explanation: Explanation) -> Response {
        let way_out = "/".to_owned();
        let text = everyone::failure::draw_explained(&self.setting, &failure, explanation, way_out);
        let page = self.lasting(Life::Personal, status(&failure), text).into_response();
        Refused::from(failure).told_by(page)
    }
}

/// The language and theme in an address, even if the rest of its query is wrong.
pub(super) fn looks(uri: &Uri) -> FrameFields {
    let Query(FrameFields { locale, theme, .. }) = Query::try_from_uri(uri).unwrap_or_default();
    FrameFields { locale, theme, ..FrameFields::default() }
}
