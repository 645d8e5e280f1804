use std::convert::Infallible;
use std::time::Duration;

use app::pages::batch::draw_progress;
use axum::extract::{Path, State};
use axum::http::HeaderName;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use desk::Desk;
use futures::{StreamExt, stream};

use super::{find, listed};
use crate::batches::Batches;
use crate::web::operator::Access;
use crate::web::ops::OperatorVisit;

/// Between two events at least: nobody reads faster.
const REST: Duration = Duration::from_millis(500);

/// `GET /batch/{id}/events`: how a list does, drawn, each time that it changes (`progress`),
/// until it stands still (`end`) or the operator's session is over.
pub(super) async fn stream(
    State(batches): State<Batches>,
    State(desk): State<Desk>,
    Path(id): Path<String>,
    access: Access,
    visit: OperatorVisit,
) -> Response {
    let (locale, batch) = match find(&batches, &id).await {
        Ok(batch) => (visit.locale(), batch),
        Err(failure) => return visit.refuse(failure),
    };
    let work = batches.follow(batch.id);
    let events = stream::unfold(Some((work, true)), move |state| {
        let (batches, batch) = (batches.clone(), batch.clone());
        async move {
            let (mut work, first) = state?;
            if !first {
                tokio::time::sleep(REST).await;
                let goes_on = match &mut work {
                    Some(work) => work.changed().await.is_ok(),
                    None => false,
                };
                if !goes_on {
                    // Browsers pass over an event that says nothing.
                    return Some((Ok::<_, Infallible>(Event::default().event("end").data("end")), None));
                }
            }
            // Once it stands still, the records know how it ended.
            let batch = match batches.at_work(batch.id) {
                Some(_) => batch,
                None => batches.records().batch(batch.id).await.ok().flatten().unwrap_or(batch),
            };
            let drawn = draw_progress(locale, &listed(&batches, batch));
            Some((Ok(Event::default().event("progress").data(drawn)), Some((work, false))))
        }
    });
    let events = events.fuse().take_until(access.over(desk.now()));
    // Proxies that collect an answer before they pass it on are asked not to.
    let unbuffered = [(HeaderName::from_static("x-accel-buffering"), "no")];
    (unbuffered, Sse::new(events).keep_alive(KeepAlive::default())).into_response()
}
