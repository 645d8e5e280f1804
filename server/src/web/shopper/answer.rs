//! The answer to a shopper's act at the checkout: the page of the quote, or JSON for the page's script.

use app::parts::document;
use app::parts::failure_report::FailureReport;
use app::shopper::quote::{Compared, QuotePage, Standing, draw_page, draw_verdict};
use app::words::failure::explain;
use axum::Json;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use checkout::{Code, Currency, Kept, OfferId, OfferToken, OfferView, State};
use domain::{Failure, Moment, Money, Quote};
use serde::Serialize;

use super::pressed::Act;
use super::priced::Priced;
use super::visit_id::VisitId;
use crate::web::context::Context;
use crate::web::edge::headers::{Life, UNSTORED, text};
use crate::web::edge::refused::status;
use crate::web::visit::Visit;

/// What came of an act.
pub(super) enum Outcome {
    /// This offer, as it stands now.
    Kept(Box<Kept>),
    /// There is no offer, and none was wanted.
    Nothing,
    /// The price cannot be accepted.
    NotAcceptable,
    /// The page showed another amount.
    AmountChanged,
    /// It failed.
    Failed(Failure),
}

impl From<Kept> for Outcome {
    fn from(kept: Kept) -> Self {
        Self::Kept(Box::new(kept))
    }
}

/// How to answer.
pub(super) struct Answer<'a> {
    pub(super) context: &'a Context,
    pub(super) visit: Visit,
    pub(super) headers: &'a HeaderMap,
    /// Whether the address is a page's.
    pub(super) is_page: bool,
}

/// A new offer as the shop's page gets it. It has the token, so it is sent to the page's script only.
#[derive(Serialize)]
struct Taken<'a> {
    id: &'a OfferId,
    code: Code,
    amount: Money,
    currency: Currency,
    expires_at: Moment,
    token: OfferToken,
}

/// The JSON for the page's script: what it tells the shop's page, and the new part of its own page.
#[derive(Serialize)]
struct Told<T> {
    #[serde(flatten)]
    told: T,
    panel: String,
}

#[derive(Serialize)]
struct AcceptTold<'a> {
    #[serde(flatten)]
    quote: document::Priced,
    offer: Taken<'a>,
}

#[derive(Serialize)]
struct WithdrawTold<'a> {
    offer: OfferView<'a>,
}

#[derive(Serialize)]
struct NothingTold {}

impl Answer<'_> {
    /// A failure without a quote.
    pub(super) fn refuse(self, failure: Failure, way_out: String) -> Response {
        let failure = failure.with_request_id(&self.visit.request_id);
        if self.wants_page() {
            return self.visit.refuse(failure, way_out);
        }
        json(status(&failure), &FailureReport::new(self.visit.setting.locale, &failure))
    }

    /// The outcome at a quote. `visit` is the visit, and whether the browser sent it in a cookie.
    pub(super) async fn give(
        self,
        act: Act,
        priced: Priced,
        before: &str,
        (visit, has_cookie): (&VisitId, bool),
        outcome: Outcome,
    ) -> Response {
        let Context { site, .. } = self.context;
        let standing = self.standing(act, &priced, &outcome);
        let refusal = self.refusal(act, &outcome, &standing, priced.credit());
        let drawn = (!has_cookie).then_some(visit);
        let locale = self.visit.setting.locale;
        let compared = Compared::default();
        let page = priced.page(site, (self.headers, locale), (before, compared), drawn, standing).await;
        let keep = act == Act::Accept && !has_cookie && matches!(&outcome, Outcome::Kept(_));
        let https = site.public_origin(self.headers).starts_with("https:");
        let mut response = self.draw(act, &page, &outcome, refusal);
        if let Some(cookie) = visit.cookie(https).filter(|_| keep) {
            response.headers_mut().insert(header::SET_COOKIE, cookie);
        }
        response
    }

    fn wants_page(&self) -> bool {
        self.is_page || text(self.headers, header::ACCEPT).contains("text/html")
    }

    fn standing(&self, act: Act, priced: &Priced, outcome: &Outcome) -> Standing {
        let locale = self.visit.setting.locale;
        match outcome {
            Outcome::Kept(kept) => priced.standing(kept),
            Outcome::Nothing | Outcome::NotAcceptable => match priced.untouched(locale) {
                Standing::Open if act == Act::Withdraw => Standing::Withdrawn,
                other => other,
            },
            Outcome::AmountChanged => Standing::AmountChanged,
            Outcome::Failed(failure) => match priced.untouched(locale) {
                Standing::Open => {
                    let failure = failure.clone().with_request_id(&self.visit.request_id);
                    let said = explain(locale, &failure);
                    Standing::Failed(format!("{} {}", said.title, said.next))
                }
                other => other,
            },
        }
    }

    /// The status and the words of an act that was refused.
    fn refusal(
        &self,
        act: Act,
        outcome: &Outcome,
        standing: &Standing,
        credit: Money,
    ) -> Option<(StatusCode, FailureReport)> {
        let locale = self.visit.setting.locale;
        let (status, code) = match (act, outcome, standing) {
            (_, Outcome::Failed(failure), _) => {
                let failure = failure.clone().with_request_id(&self.visit.request_id);
                return Some((status(&failure), FailureReport::new(locale, &failure)));
            }
            (_, Outcome::AmountChanged, _) => (StatusCode::UNPROCESSABLE_ENTITY, "amount_mismatch"),
            (_, Outcome::NotAcceptable, _) => (StatusCode::CONFLICT, "conflict"),
            (Act::Accept | Act::Withdraw, Outcome::Kept(_), Standing::Redeemed(..)) => {
                (StatusCode::CONFLICT, "already_redeemed")
            }
            (Act::Accept | Act::Withdraw, Outcome::Kept(_), Standing::Ended(_)) => {
                (StatusCode::GONE, "expired")
            }
            _ => return None,
        };
        let message = standing.explain(locale, credit);
        Some((status, FailureReport { code: code.to_owned(), message, ..FailureReport::default() }))
    }

    fn draw(
        self,
        act: Act,
        page: &QuotePage,
        outcome: &Outcome,
        refusal: Option<(StatusCode, FailureReport)>,
    ) -> Response {
        let setting = &self.visit.setting;
        if self.wants_page() {
            let status = refusal.map_or(StatusCode::OK, |(status, _)| status);
            let text = draw_page(setting, page);
            return self.visit.lasting(Life::Personal, status, text).into_response();
        }
        let panel = draw_verdict(setting, page);
        if let Some((status, told)) = refusal {
            return json(status, &Told { told, panel });
        }
        match (act, outcome) {
            (Act::Accept, Outcome::Kept(kept)) => {
                json(StatusCode::OK, &Told { told: self.accepted(page, kept), panel })
            }
            (Act::Withdraw, Outcome::Kept(kept)) if kept.standing.state == State::Withdrawn => {
                let offer = OfferView::without_token(&kept.offer, &kept.standing);
                json(StatusCode::OK, &Told { told: WithdrawTold { offer }, panel })
            }
            _ => json(StatusCode::OK, &Told { told: NothingTold {}, panel }),
        }
    }

    fn accepted<'a>(&self, page: &QuotePage, kept: &'a Kept) -> AcceptTold<'a> {
        let offer = &kept.offer;
        let credit = offer.credit().amount();
        AcceptTold {
            quote: document::Priced { quote: Quote::clone(&page.quote), top_up: page.top_up },
            offer: Taken {
                id: offer.id(),
                code: offer.code(),
                amount: credit.amount,
                currency: credit.currency,
                expires_at: offer.expires_at(),
                token: self.context.checkout.token(offer),
            },
        }
    }
}

fn json(status: StatusCode, told: &impl Serialize) -> Response {
    let mut response = (status, Json(told)).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, UNSTORED);
    response
}
