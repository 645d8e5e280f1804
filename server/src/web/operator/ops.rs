//! The operator's first page: the state of the desk, today's calls, and what needs attention.

use std::sync::Arc;

use app::Locale;
use app::operator::ops::{Overview, PriceListState, ProviderState, draw_page};
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use desk::{Desk, Desks};
use domain::Moment;
use lists::Lists;
use pricelist::Intake;
use provider::ProviderName;

use super::prices::why;
use super::sign_in::{Way, https_home, one_of_ours};
use super::visit::OperatorVisit;
use crate::web::context::PriceIntakes;
use crate::web::edge::headers::Life;
use crate::web::site::Site;

/// `GET /ops`
pub(super) async fn show(
    State(site): State<Site>,
    State(desk): State<Desk>,
    State(desks): State<Desks>,
    State(lists): State<Lists>,
    State(prices): State<PriceIntakes>,
    Query(Way { by_http, .. }): Query<Way>,
    visit: OperatorVisit,
) -> Response {
    // The browser kept a session that began on a page under http, so the sign-in worked.
    if let Some(way) = by_http.filter(|_| https_home(&site).is_some()) {
        return Redirect::to(&visit.link(one_of_ours(&way))).into_response();
    }
    let overview = Overview {
        state: desk.state(),
        providers: providers(&desks).await,
        price_lists: price_lists(&prices, visit.locale()),
        today: desk.today().await.ok(),
        now: Moment::new(desk.now()),
        mistake: site.mistake().map(|mistake| mistake.to_string()),
        refused_lists: lists.refused().await.unwrap_or_default(),
        visitors_alike: site.proxies().make_visitors_alike(),
    };
    let text = draw_page(&visit.visit.setting, &overview);
    visit.visit.lasting(Life::Personal, StatusCode::OK, text).into_response()
}

async fn providers(desks: &Desks) -> Vec<ProviderState> {
    let wins = desks.best_of_the_last_days().await;
    let state = |desk: &Desk| {
        let name = desk.provider_name();
        let wins = wins.get(&name).copied().unwrap_or_default();
        ProviderState { name, state: desk.state(), wins, is_short: desk.is_short_of_calls() }
    };
    desks.iter().map(state).collect()
}

fn price_lists(prices: &PriceIntakes, locale: Locale) -> Vec<PriceListState> {
    let state = |(name, intake): &(ProviderName, Arc<Intake>)| {
        let state = intake.lists().state();
        PriceListState {
            provider: name.to_string(),
            devices: state.current.map(|taken| taken.list.devices()),
            refused: state.refused.map(|refused| (refused.file.clone(), why(locale, &refused.why))),
        }
    };
    prices.0.iter().map(state).collect()
}
