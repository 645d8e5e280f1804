//! Places at a provider: never more than it allows, over all that use the same records.

use std::num::NonZeroUsize;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use records::{Begin, Entry, InstanceId, PlaceAnswer, PlaceAsked, ProviderPlace, Records, Span, Taken};

use crate::place::{Place, on_both};
use crate::things::{at, attempt, ended, most};

on_both!(
    all_processes_together_hold_no_more_places_than_there_are,
    calls_that_take_turns_leave_one_place,
    a_provider_with_one_place_gives_it_to_all,
    each_provider_has_places_of_its_own,
    many_that_take_and_give_back_at_once_never_pass_the_limit,
    a_place_is_given_back_with_the_outcome_of_its_attempt,
);

fn asked(holder: u64) -> PlaceAsked {
    let count = |count| NonZeroUsize::new(count).unwrap();
    PlaceAsked {
        provider: "dealer".into(),
        holder: InstanceId::of(holder),
        most: count(5),
        turns: count(4),
        takes_turn: false,
        lease: Duration::from_secs(60),
    }
}

async fn take(records: &Records, asked: &PlaceAsked) -> Option<ProviderPlace> {
    match records.take_place(asked).await.unwrap() {
        PlaceAnswer::Taken(place) => Some(place),
        PlaceAnswer::AllTaken => None,
        PlaceAnswer::NotShared => panic!("they are shared"),
    }
}

async fn all_processes_together_hold_no_more_places_than_there_are(place: Place) {
    let (one, other) = (place.records().await, place.records().await);
    let mut held = Vec::new();
    for number in 0..5 {
        let records = if number % 2 == 0 { &one } else { &other };
        held.push(take(records, &asked(number % 2)).await.unwrap());
    }
    assert!(take(&one, &asked(0)).await.is_none() && take(&other, &asked(1)).await.is_none());
    if place.is_postgres {
        assert_eq!(one.places_held("dealer").await.unwrap(), Some(5));
        let fences: Vec<_> = held.iter().map(|place| place.fence().unwrap()).collect();
        assert!(fences.is_sorted_by(|one, next| one < next), "{fences:?}");
    }
    other.give_back_place(held.remove(1)).await.unwrap();
    let again = take(&one, &asked(0)).await.unwrap();
    assert!(take(&other, &asked(1)).await.is_none());
    held.push(again);
    for place in held {
        one.give_back_place(place).await.unwrap();
    }
    assert!(take(&other, &asked(1)).await.is_some());
}

async fn calls_that_take_turns_leave_one_place(place: Place) {
    let (one, other) = (place.records().await, place.records().await);
    let turn = PlaceAsked { takes_turn: true, ..asked(1) };
    let mut held = Vec::new();
    for number in 0..4 {
        held.push(take(if number < 2 { &one } else { &other }, &turn).await.unwrap());
    }
    assert!(take(&one, &turn).await.is_none() && take(&other, &turn).await.is_none());
    held.push(take(&one, &asked(1)).await.unwrap());
    assert!(take(&one, &asked(1)).await.is_none());
    // A turn is free, and no place is; then a place is free too.
    one.give_back_place(held.remove(0)).await.unwrap();
    let shopper = take(&other, &asked(2)).await.unwrap();
    assert!(take(&one, &turn).await.is_none());
    other.give_back_place(shopper).await.unwrap();
    assert!(take(&one, &turn).await.is_some());
}

async fn a_provider_with_one_place_gives_it_to_all(place: Place) {
    let records = place.records().await;
    let one = PlaceAsked { most: NonZeroUsize::MIN, turns: NonZeroUsize::MIN, ..asked(1) };
    let turn = PlaceAsked { takes_turn: true, ..one.clone() };
    let held = take(&records, &turn).await.unwrap();
    assert!(take(&records, &one).await.is_none());
    records.give_back_place(held).await.unwrap();
    let held = take(&records, &one).await.unwrap();
    assert!(take(&records, &turn).await.is_none());
    records.give_back_place(held).await.unwrap();
}

async fn a_place_is_given_back_with_the_outcome_of_its_attempt(place: Place) {
    let records = place.records().await;
    let one = PlaceAsked { most: NonZeroUsize::MIN, turns: NonZeroUsize::MIN, ..asked(1) };
    let held = take(&records, &one).await.unwrap();
    let begin = records.begin(&attempt("quote"), most(9), Taken::default()).await.unwrap();
    let Begin::Made(row, taken) = begin else { panic!("{begin:?}") };
    records.end_attempt(held, row, &ended("ok", 31)).await.unwrap();
    let held = take(&records, &one).await.expect("the place is free");
    // The statement may have been carried out although its answer was lost: then the outcome is written once more.
    records.write(&[Entry::Ended(row, attempt("quote"), taken, ended("timeout", 7))]).await.unwrap();
    let all = records.attempts(Span { from: at(-1), to: at(1) }, 0).await.unwrap();
    assert_eq!(
        all.iter().map(|it| (it.outcome.as_deref(), it.latency_ms)).collect::<Vec<_>>(),
        [(Some("ok"), Some(31))]
    );
    records.give_back_place(held).await.unwrap();
}

async fn each_provider_has_places_of_its_own(place: Place) {
    let records = place.records().await;
    let one = PlaceAsked { most: NonZeroUsize::MIN, turns: NonZeroUsize::MIN, ..asked(1) };
    let _held = take(&records, &one).await.unwrap();
    assert!(take(&records, &PlaceAsked { provider: "other".into(), ..one.clone() }).await.is_some());
    assert!(take(&records, &one).await.is_none());
}

async fn many_that_take_and_give_back_at_once_never_pass_the_limit(place: Place) {
    let (in_all, in_turns) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let most = Arc::new(AtomicUsize::new(0));
    let mut working = Vec::new();
    for holder in 0..3 {
        let records = place.records().await;
        for number in 0..4 {
            let (records, in_all, in_turns) = (records.clone(), Arc::clone(&in_all), Arc::clone(&in_turns));
            let most = Arc::clone(&most);
            let asked = PlaceAsked { takes_turn: number % 2 == 0, ..asked(holder) };
            working.push(tokio::spawn(async move {
                let mut taken = 0;
                while taken < 20 {
                    let Some(place) = take(&records, &asked).await else {
                        tokio::task::yield_now().await;
                        continue;
                    };
                    taken += 1;
                    let count = |count: &AtomicUsize| count.fetch_add(1, Ordering::SeqCst) + 1;
                    most.fetch_max(count(&in_all), Ordering::SeqCst);
                    assert!(!asked.takes_turn || count(&in_turns) <= 4);
                    for _ in 0..3 {
                        tokio::task::yield_now().await;
                    }
                    if asked.takes_turn {
                        in_turns.fetch_sub(1, Ordering::SeqCst);
                    }
                    in_all.fetch_sub(1, Ordering::SeqCst);
                    records.give_back_place(place).await.unwrap();
                }
            }));
        }
    }
    for working in working {
        working.await.unwrap();
    }
    assert!((2..=5).contains(&most.load(Ordering::SeqCst)), "{most:?}");
}

#[tokio::test]
async fn a_place_that_is_not_given_back_is_free_when_its_lease_ends_and_then_another_ones() {
    let server = Place::on_a_server().await;
    let records = server.records().await;
    let one = PlaceAsked { most: NonZeroUsize::MIN, lease: Duration::from_millis(150), ..asked(1) };
    let start = Instant::now();
    let lost = take(&records, &one).await.unwrap();
    let another = PlaceAsked { lease: Duration::from_secs(60), holder: InstanceId::of(2), ..one };
    let next = loop {
        if let Some(place) = take(&records, &another).await {
            break place;
        }
    };
    assert!(start.elapsed() >= Duration::from_millis(150));
    assert!(next.fence() > lost.fence());
    // The first one comes back and believes that it holds its place.
    let begin = records.begin(&attempt("quote"), most(9), Taken::default()).await.unwrap();
    let Begin::Made(row, _) = begin else { panic!("{begin:?}") };
    records.end_attempt(lost, row, &ended("timeout", 150)).await.unwrap();
    assert!(take(&records, &another).await.is_none());
    records.give_back_place(next).await.unwrap();
    assert!(take(&records, &another).await.is_some());
}

#[tokio::test]
async fn an_instance_that_ends_gives_its_places_back_and_no_others() {
    let server = Place::on_a_server().await;
    let records = server.records().await;
    for holder in [1, 1, 2] {
        let _held = take(&records, &asked(holder)).await.unwrap();
    }
    records.forget_instance(&InstanceId::of(1)).await.unwrap();
    assert_eq!(records.places_held("dealer").await.unwrap(), Some(1));
}

#[tokio::test]
async fn records_in_memory_and_beside_which_no_file_can_be_opened_share_no_places() {
    let memory = Records::open("sqlite::memory:").await.unwrap();
    assert!(matches!(memory.take_place(&asked(1)).await.unwrap(), PlaceAnswer::NotShared));
    let place = Place::in_a_file();
    let records = place.records().await;
    let path = place.url.strip_prefix("sqlite://").unwrap();
    // A folder where a file belongs.
    std::fs::create_dir(format!("{path}.place-dealer.1")).unwrap();
    assert!(matches!(records.take_place(&asked(1)).await.unwrap(), PlaceAnswer::NotShared));
    // Someone repairs it, and it is noticed at the next look.
    std::fs::remove_dir(format!("{path}.place-dealer.1")).unwrap();
    records.look_after().await.unwrap();
    assert!(take(&records, &asked(1)).await.is_some());
}

#[tokio::test]
async fn files_that_are_removed_are_opened_anew_by_all() {
    let place = Place::in_a_file();
    let (one, other) = (place.records().await, place.records().await);
    let only = PlaceAsked { most: NonZeroUsize::MIN, ..asked(1) };
    drop([take(&one, &only).await, take(&other, &only).await]);
    std::fs::remove_file(format!("{}.place-dealer.1", place.url.strip_prefix("sqlite://").unwrap())).unwrap();
    for records in [&one, &other] {
        records.look_after().await.unwrap();
    }
    let _held = take(&one, &only).await.unwrap();
    assert!(take(&other, &only).await.is_none());
}

/// The environment variable with the database of the process that is to be killed.
const URL: &str = "RECORDS_TEST_KILLED_AT";

#[tokio::test]
async fn a_process_that_is_killed_holds_no_place_of_a_file() {
    let place = Place::in_a_file();
    let records = place.records().await;
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "provider_places::holds_all_places_until_it_is_killed", "--ignored"])
        .env(URL, &place.url)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let started = Instant::now();
    while take(&records, &asked(1)).await.is_some() {
        assert!(child.try_wait().unwrap().is_none(), "it ended by itself");
        assert!(started.elapsed() < Duration::from_secs(60), "it takes no places");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(take(&records, &asked(1)).await.is_some());
}

/// The process that is killed.
#[tokio::test]
#[ignore = "only in a process that is killed"]
async fn holds_all_places_until_it_is_killed() {
    let Ok(url) = std::env::var(URL) else { return };
    let records = Records::open(&url).await.unwrap();
    let mut held = Vec::new();
    // The parent process takes one now and then.
    while held.len() < 5 {
        held.extend(take(&records, &asked(2)).await);
    }
    std::future::pending::<()>().await;
    drop(held);
}
