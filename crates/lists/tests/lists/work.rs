//! Adds, runs and reads lists for the tests.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use desk::Desks;
use domain::{Money, QuoteForm};
use lists::{BatchId, BatchRow, Counts, InstanceId, ListError, NewRow, Progress, Runner};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::house::{House, NOON};

fn rows(forms: impl IntoIterator<Item = QuoteForm>) -> Vec<NewRow> {
    let row = |(number, form): (u32, QuoteForm)| NewRow::new(number, form);
    (2..).zip(forms).map(row).collect()
}

pub(crate) async fn add(house: &House, forms: impl IntoIterator<Item = QuoteForm>) -> BatchId {
    let now = jiff::Timestamp::from_second(NOON).unwrap();
    house.records.add_batch("list.xlsx", b"it", &rows(forms), now).await.unwrap()
}

pub(crate) struct Running {
    pub(crate) progress: watch::Receiver<Progress>,
    pub(crate) stop: watch::Sender<bool>,
    pub(crate) task: JoinHandle<Result<(), ListError>>,
}

/// The id of another process each time.
pub(crate) fn instance() -> InstanceId {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    InstanceId::of(NEXT.fetch_add(1, Ordering::SeqCst))
}

/// Starts a list that waits for a partner that is down in steps of 5 ms instead of 10 s.
pub(crate) fn start(desk: impl Into<Desks>, id: BatchId) -> Running {
    start_by(Runner::new(desk, instance()).resting(Duration::from_millis(5)), id)
}

pub(crate) fn start_by(runner: Runner, id: BatchId) -> Running {
    let (tell, progress) = watch::channel(Progress::beginning(Counts::default()));
    let (stop, stopped) = watch::channel(false);
    let task = tokio::spawn(async move { runner.run(id, &tell, stopped).await });
    Running { progress, stop, task }
}

pub(crate) async fn run(desk: impl Into<Desks>, id: BatchId) {
    start(desk, id).task.await.unwrap().unwrap();
}

pub(crate) async fn answers(house: &House, id: BatchId) -> Vec<BatchRow> {
    house.records.batch_rows(id, 0).await.unwrap()
}

pub(crate) fn codes(rows: &[BatchRow]) -> Vec<&'static str> {
    let code = |row: &BatchRow| match &row.answer {
        Some(Ok(quote)) if quote.price.final_price() == Money::ZERO => "zero",
        Some(Ok(_)) => "priced",
        Some(Err(failure)) => failure.code(),
        None => "open",
    };
    rows.iter().map(code).collect()
}
