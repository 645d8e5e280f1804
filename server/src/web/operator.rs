//! The operator's routes. All of them are listed here, and all are private: one layer rejects every request that is
//! not the operator's, before a handler runs.

pub(super) mod auth;
mod batch;
mod guesses;
mod guest;
mod offers;
mod ops;
mod prices;
mod proof;
mod sessions;
mod sign_in;
mod uploads;
mod visit;

pub use auth::OperatorAuth;
pub(super) use proof::{Operator, OperatorsProgram};
pub(super) use sign_in::ask as ask_to_sign_in;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_extractor_with_state;
use axum::routing::{MethodRouter, get, post};

use super::context::Context;

/// The pages and files of the operator, by their paths.
fn pages() -> Vec<(&'static str, MethodRouter<Context>)> {
    let upload = || DefaultBodyLimit::max(uploads::LONGEST);
    vec![
        ("/ops", get(ops::show)),
        ("/ops/offers", get(offers::overview)),
        ("/ops/offers/export.csv", get(offers::export_csv)),
        ("/ops/offers/export.jsonl", get(offers::export_json_lines)),
        ("/ops/offers/{id}", get(offers::show).post(offers::act)),
        ("/ops/deliveries", get(offers::show_deliveries).post(offers::act_on_deliveries)),
        ("/ops/prices", get(prices::show).post(prices::act).layer(upload())),
        ("/ops/prices/template.xlsx", get(prices::template)),
        ("/ops/prices/template-by-grade.xlsx", get(prices::template_by_grade)),
        ("/batch", get(batch::overview).post(batch::upload).layer(upload())),
        ("/batch/template.xlsx", get(batch::template)),
        ("/batch/draft/{key}", get(batch::show_draft).post(batch::act_on_draft)),
        ("/batch/draft/{key}/answers", get(batch::show_draft).post(batch::take_answers).layer(upload())),
        ("/batch/{id}", get(batch::show).post(batch::act)),
        ("/batch/{id}/events", get(batch::events)),
        ("/batch/{id}/{file}", get(batch::report)),
    ]
}

/// All of the operator's routes. Signing in and out are the only ones that need no session.
pub(super) fn routes(context: &Context) -> Router<Context> {
    let signing_in =
        Router::new().route("/ops", post(sign_in::sign_in)).route("/ops/leave", post(sign_in::sign_out));
    pages()
        .into_iter()
        .fold(Router::new(), |router, (path, page)| router.route(path, page))
        .route_layer(from_extractor_with_state::<Operator, _>(context.clone()))
        .merge(signing_in)
}

#[cfg(test)]
mod tests;
