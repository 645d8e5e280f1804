use app::pages::batch::{Overview, draw_overview};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use desk::Desk;

use super::find::listed;
use crate::batches::Batches;
use crate::drafts::Drafts;
use crate::web::headers::Life;
use crate::web::ops::OperatorVisit;
use crate::web::refused::Refused;

/// `GET /batch`
pub(super) async fn overview(
    State(desk): State<Desk>,
    State(batches): State<Batches>,
    State(drafts): State<Drafts>,
    visit: OperatorVisit,
) -> Response {
    show_overview(visit, &desk, &batches, &drafts, StatusCode::OK, None).await
}

/// The page of all lists, with a problem to say where there is one.
pub(super) async fn show_overview(
    OperatorVisit { visit, .. }: OperatorVisit,
    desk: &Desk,
    batches: &Batches,
    drafts: &Drafts,
    status: StatusCode,
    problem: Option<String>,
) -> Response {
    let lists = batches.records().batches().await;
    if let Err(error) = &lists {
        tracing::error!(%error, "the device lists cannot be read");
    }
    let lists = lists.ok().map(|lists| lists.into_iter().map(|list| listed(batches, list)).collect());
    let overview = Overview {
        lists,
        drafts: drafts.names(),
        problem: problem.clone(),
        calls_left: desk.calls_left_for_batches(),
    };
    let text = draw_overview(&visit.setting, &overview);
    let page = visit.lasting(Life::Personal, status, text).into_response();
    match problem {
        Some(problem) => Refused::of_status(status).saying(problem).told_by(page),
        None => page,
    }
}
