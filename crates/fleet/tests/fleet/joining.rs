use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use fleet::{Fleet, Joined};
use futures::future::join_all;
use tokio::time::Instant;

use crate::instances::{CALM, SHORT_LEASES, far, key, one, open, until};

const LIFE: Duration = Duration::from_secs(600);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_a_thousand_callers_at_three_instances_one_makes_the_call_and_all_get_its_answer() {
    let (server, one) = one(CALM).await;
    let fleets = [one, open(&server.url(), CALM).await, open(&server.url(), CALM).await];
    let calls = Arc::new(AtomicUsize::new(0));
    let callers = (0..1_000).map(|number| {
        let (fleet, calls) = (fleets[number % 3].clone(), Arc::clone(&calls));
        tokio::spawn(async move {
            match fleet.join(&key(1), far()).await {
                Joined::Lead(lease) => {
                    calls.fetch_add(1, Ordering::SeqCst);
                    // The call itself.
                    tokio::time::sleep(Duration::from_millis(100)).await;
                    assert!(lease.answer(b"4500.00", LIFE).await);
                    b"4500.00".to_vec()
                }
                Joined::Answer(answer) => answer,
                other => panic!("{other:?}"),
            }
        })
    });
    for answer in join_all(callers).await {
        assert_eq!(answer.unwrap(), b"4500.00");
    }
    assert_eq!(calls.load(Ordering::SeqCst), 1);
    // Later callers get the same answer, whether they join or only read.
    assert!(matches!(fleets[2].join(&key(1), far()).await, Joined::Answer(_)));
    assert!(fleets[1].get(&key(1)).await.is_some());
}

#[tokio::test]
async fn calls_for_different_keys_do_not_wait_for_each_other() {
    let (_server, fleet) = one(CALM).await;
    let _one = lead(&fleet, 1).await;
    let _other = lead(&fleet, 2).await;
}

#[tokio::test]
async fn a_caller_waits_until_its_deadline_and_no_longer() {
    let (server, one) = one(CALM).await;
    let other = open(&server.url(), CALM).await;
    let lease = lead(&one, 1).await;
    let deadline = Instant::now() + Duration::from_millis(300);
    assert!(matches!(other.join(&key(1), deadline).await, Joined::TimedOut));
    assert!(Instant::now() >= deadline);
    assert!(lease.answer(b"4500.00", LIFE).await);
}

#[tokio::test]
async fn a_call_that_is_given_up_is_made_by_one_who_waits() {
    let (server, one) = one(CALM).await;
    let other = open(&server.url(), CALM).await;
    let lease = lead(&one, 1).await;
    let waiting = tokio::spawn(async move { other.join(&key(1), far()).await });
    drop(lease);
    let Joined::Lead(lease) = waiting.await.unwrap() else { panic!("it takes over") };
    assert!(lease.answer(b"4500.00", LIFE).await);
}

#[tokio::test]
async fn an_answer_with_a_short_life_reaches_those_who_wait_and_nobody_later() {
    let (server, one) = one(CALM).await;
    let other = open(&server.url(), CALM).await;
    let lease = lead(&one, 1).await;
    let waiting = tokio::spawn(async move { other.join(&key(1), far()).await });
    assert!(lease.answer(b"refused", Duration::from_secs(1)).await);
    assert!(matches!(waiting.await.unwrap(), Joined::Answer(answer) if answer == b"refused"));
    until("it is gone", async || one.get(&key(1)).await.is_none()).await;
    drop(lead(&one, 1).await);
}

#[tokio::test]
async fn a_long_call_keeps_its_lease_by_renewing_it() {
    let (server, one) = one(SHORT_LEASES).await;
    let other = open(&server.url(), SHORT_LEASES).await;
    let lease = lead(&one, 1).await;
    // Four lives of the lease.
    let deadline = Instant::now() + 4 * SHORT_LEASES.lease;
    assert!(matches!(other.join(&key(1), deadline).await, Joined::TimedOut));
    assert!(lease.is_held());
    assert!(lease.answer(b"4500.00", LIFE).await);
}

#[tokio::test]
async fn a_lease_ends_soon_after_its_callers_deadline_even_if_the_caller_keeps_it() {
    let (server, one) = one(SHORT_LEASES).await;
    let other = open(&server.url(), SHORT_LEASES).await;
    let Joined::Lead(lease) = one.join(&key(1), Instant::now()).await else { panic!("it leads") };
    let Joined::Lead(later) = other.join(&key(1), far()).await else { panic!("it takes over") };
    assert!(later.answer(b"4500.00", LIFE).await);
    assert!(!lease.answer(b"4400.00", LIFE).await);
    assert_eq!(one.get(&key(1)).await.as_deref(), Some(&b"4500.00"[..]));
}

#[tokio::test]
async fn in_process_each_caller_goes_on_alone() {
    assert!(matches!(Fleet::in_process().join(&key(1), far()).await, Joined::Alone));
}

pub(crate) async fn lead(fleet: &Fleet, number: u8) -> fleet::Lease {
    match fleet.join(&key(number), far()).await {
        Joined::Lead(lease) => lease,
        other => panic!("it leads: {other:?}"),
    }
}
