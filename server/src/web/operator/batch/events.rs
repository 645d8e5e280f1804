use std::convert::Infallible;
use std::time::Duration;

use app::operator::batch::{Listed, draw_progress};
use axum::extract::{Path, State};
use axum::http::HeaderName;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use desk::Desk;
use futures::{Stream, StreamExt, stream};
use lists::{Batch, Followed, Lists, Progress};
use tokio::sync::watch;

use super::found::{find, listed};
use crate::web::operator::proof::Operator;
use crate::web::operator::visit::OperatorVisit;

/// The least time between two events. A person cannot read faster.
const REST: Duration = Duration::from_millis(500);
/// How often the progress of a list that another instance quotes is read from the records.
const LOOK: Duration = Duration::from_secs(1);

/// `GET /batch/{id}/events`: the progress of a list, drawn at each change (`progress`), until the list stops
/// (`end`) or the operator's session is over.
pub(in crate::web) async fn stream(
    State(lists): State<Lists>,
    State(desk): State<Desk>,
    Path(id): Path<String>,
    operator: Operator,
    visit: OperatorVisit,
) -> Response {
    let (locale, batch) = match find(&lists, &id).await {
        Ok(batch) => (visit.locale(), batch),
        Err(failure) => return visit.refuse(failure),
    };
    let events = told(lists.clone(), batch).map(move |told| {
        Ok::<_, Infallible>(match told {
            Told::Progress(list) => Event::default().event("progress").data(draw_progress(locale, &list)),
            // Browsers ignore an event without data.
            Told::End => Event::default().event("end").data("end"),
        })
    });
    let events = events.take_until(operator.over(desk.now())).fuse();
    // Asks proxies not to collect the answer before they pass it on.
    let unbuffered = [(HeaderName::from_static("x-accel-buffering"), "no")];
    (unbuffered, Sse::new(events).keep_alive(KeepAlive::default())).into_response()
}

/// The events for a page that shows a list's progress.
#[derive(Debug)]
enum Told {
    /// The list's progress.
    Progress(Box<Listed>),
    /// The list has stopped.
    End,
}

/// The state of a stream of events.
enum At {
    Beginning,
    Following(watch::Receiver<Progress>),
    Waiting,
    Over,
}

/// The progress of a list at each change, until the list stops. If the server stops, its stream ends without
/// the last event: the browser connects again and gets the progress from the next server.
fn told(lists: Lists, batch: Batch) -> impl Stream<Item = Told> {
    stream::unfold(At::Beginning, move |at| {
        let (lists, batch) = (lists.clone(), batch.clone());
        async move {
            let following = match at {
                At::Beginning => None,
                At::Following(mut work) => {
                    tokio::time::sleep(REST).await;
                    work.changed().await.is_ok().then_some(work)
                }
                At::Waiting => match lists.follow(batch.id).await {
                    Followed::Runs(work) => Some(work),
                    Followed::RunsElsewhere => {
                        tokio::time::sleep(LOOK).await;
                        None
                    }
                    Followed::StandsStill => return Some((Told::End, At::Over)),
                    Followed::Stopping => return None,
                },
                At::Over => return None,
            };
            // Unless it runs here, its state is in the records.
            let batch = match &following {
                Some(_) => batch,
                None => lists.records().batch(batch.id).await.ok().flatten().unwrap_or(batch),
            };
            let next = following.map_or(At::Waiting, At::Following);
            Some((Told::Progress(Box::new(listed(&lists, batch))), next))
        }
    })
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;
    use std::task::Poll;

    use domain::QuoteForm;
    use jiff::Timestamp;
    use lists::NewRow;

    use super::*;
    use crate::Settings;
    use crate::partner::Counter;

    /// The event that comes within a moment; `None` if none does.
    async fn at_once(events: &mut (impl Stream<Item = Told> + Unpin)) -> Option<Option<Told>> {
        tokio::time::timeout(Duration::from_secs(1), events.next()).await.ok()
    }

    #[tokio::test]
    async fn a_list_that_is_about_to_be_taken_up_is_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}/tradein.db", folder.path().display());
        let variable = |name: &str| (name == "TRADEIN_DATABASE_URL").then(|| url.clone());
        let counter = Counter::open(&Settings::read(&variable).unwrap()).await.unwrap();
        let form = QuoteForm {
            device_type: "手机".into(),
            brand: "苹果".into(),
            model: "iPhone 14 Pro".into(),
            storage: "256GB".into(),
            condition: "九成新".into(),
            function_status: "正常".into(),
            ..QuoteForm::default()
        };
        let row = NewRow::new(1, form);
        let id = counter.records.add_batch("list.csv", b"it", &[row], Timestamp::now()).await.unwrap();
        // As an earlier server left it.
        counter.records.set_batch_state(id, lists::BatchState::Open).await.unwrap();
        let lists = Lists::new(&counter.desks, &counter.account, counter.desk.instance().clone());
        let batch = counter.records.batch(id).await.unwrap().unwrap();
        let mut events = Box::pin(told(lists.clone(), batch));
        assert!(matches!(at_once(&mut events).await, Some(Some(Told::Progress(_)))));
        let waits = poll_fn(|context| Poll::Ready(events.as_mut().poll_next(context).is_pending())).await;
        assert!(waits, "it goes on soon");
        lists.take_up().await;
        let rest: Vec<_> = events.collect().await;
        assert!(rest.len() >= 2 && matches!(rest.last(), Some(Told::End)), "{rest:?}");
        let done = counter.records.batch(id).await.unwrap().unwrap();
        assert_eq!((done.state, done.counts.priced), (lists::BatchState::Done, 1));
    }
}
