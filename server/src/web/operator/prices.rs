//! `/ops/prices`: the dealers' price lists, another list for one of them, and the way back.

mod form;
mod shown;
mod template;

pub(super) use shown::why;
pub(super) use template::{by_grade as template_by_grade, one_price as template};

use std::sync::Arc;

use app::operator::prices::{PricesPage, Said, draw_prices};
use app::words::{batch_text, price_list_text};
use axum::extract::multipart::Multipart;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use pricelist::{GoneBack, Intake, Uploaded, Why};
use serde::Deserialize;
use sheet::ReadError;

use self::form::{Press, Pressed, Unread};
use super::visit::OperatorVisit;
use crate::web::context::PriceIntakes;
use crate::web::edge::headers::Life;
use crate::web::edge::refused::Refused;

/// What the address of the page may say: what came of a press of a button, and for which list.
#[derive(Debug, Default, Deserialize)]
pub(super) struct After {
    #[serde(default)]
    said: String,
    #[serde(default)]
    list: String,
}

/// `GET /ops/prices`
pub(super) async fn show(
    State(prices): State<PriceIntakes>,
    Query(after): Query<After>,
    visit: OperatorVisit,
) -> Response {
    let is_known = prices.0.iter().any(|(name, _)| name.as_str() == after.list);
    let said = Said::of(&after.said).filter(|_| is_known).map(|said| (after.list, said));
    let page = PricesPage { lists: shown::lists(&prices, visit.locale()), said };
    let text = draw_prices(&visit.visit.setting, &page);
    visit.visit.lasting(Life::Personal, StatusCode::OK, text).into_response()
}

/// `POST /ops/prices`: takes a list, or goes back to the former one.
pub(super) async fn act(
    State(prices): State<PriceIntakes>,
    visit: OperatorVisit,
    form: Multipart,
) -> Response {
    let locale = visit.locale();
    let (list, read) = form::read(form).await;
    let intake = prices.0.iter().find(|(name, _)| name.as_str() == list).map(|(_, intake)| intake);
    let (status, problem) = match (intake, read) {
        (_, Err(Unread::CutOff)) => (StatusCode::BAD_REQUEST, batch_text::cut_off(locale).to_owned()),
        (None, _) => (StatusCode::NOT_FOUND, price_list_text::no_such(locale).to_owned()),
        (_, Err(Unread::NoFile)) => (StatusCode::BAD_REQUEST, batch_text::no_file(locale).to_owned()),
        (_, Err(Unread::TooLarge(name))) => {
            let why = batch_text::unreadable(locale, &ReadError::TooLarge);
            (StatusCode::PAYLOAD_TOO_LARGE, format!("{name}: {why}"))
        }
        (Some(intake), Ok(press)) => match done(intake, press).await {
            Ok(said) => {
                let way = visit.link("/ops/prices");
                let joint = if way.contains('?') { '&' } else { '?' };
                let way = format!("{way}{joint}said={}&list={list}", said.code());
                return Redirect::to(&way).into_response();
            }
            Err(Undone::Unwritten(why)) => (StatusCode::INTERNAL_SERVER_ERROR, shown::why(locale, &why)),
            Err(Undone::NotYet(day)) => (StatusCode::CONFLICT, price_list_text::not_yet(locale, day)),
            // The list's refusal says why.
            Err(Undone::TooLarge) => (StatusCode::PAYLOAD_TOO_LARGE, String::new()),
            Err(Undone::Refused) => (StatusCode::UNPROCESSABLE_ENTITY, String::new()),
        },
    };
    let mut lists = shown::lists(&prices, locale);
    let mut said = problem.clone();
    match lists.iter_mut().find(|shown| shown.provider == list) {
        Some(shown) if problem.is_empty() => {
            said = shown.refused.as_ref().map(|refused| refused.why.clone()).unwrap_or_default();
        }
        Some(shown) => shown.problem = Some(problem),
        None => {}
    }
    let text = draw_prices(&visit.visit.setting, &PricesPage { lists, said: None });
    let page = visit.visit.lasting(Life::Personal, status, text).into_response();
    Refused::of_status(status).saying(said).told_by(page)
}

/// Why a press changed nothing.
enum Undone {
    Unwritten(Why),
    NotYet(jiff::civil::Date),
    /// The list is refused, as the lists' state says: it is too large.
    TooLarge,
    /// Likewise, for another cause.
    Refused,
}

/// Does what the pressed button says, to its end even if the browser leaves.
async fn done(intake: &Arc<Intake>, Press { what, mark }: Press) -> Result<Said, Undone> {
    let intake = Arc::clone(intake);
    let doing = tokio::spawn(async move {
        match what {
            Pressed::Upload { name, bytes } => match intake.upload(&name, bytes).await {
                Ok(Uploaded::InUse) => Ok(Said::InUse),
                Ok(Uploaded::Same) => Ok(Said::Same),
                Ok(Uploaded::Waits) => Ok(Said::Waits),
                Err(why @ Why::Unwritten(_)) => Err(Undone::Unwritten(why)),
                Err(Why::Unreadable(ReadError::TooLarge)) => Err(Undone::TooLarge),
                Err(_) => Err(Undone::Refused),
            },
            Pressed::Back => match intake.go_back(&mark).await {
                Ok(GoneBack::InUse) => Ok(Said::Back),
                Ok(GoneBack::Withdrawn) => Ok(Said::Withdrawn),
                Ok(GoneBack::Nothing) => Ok(Said::Nothing),
                Err(Why::NotYet(day)) => Err(Undone::NotYet(day)),
                Err(why) => Err(Undone::Unwritten(why)),
            },
        }
    });
    doing.await.unwrap_or_else(|error| Err(Undone::Unwritten(Why::Unwritten(error.to_string()))))
}
