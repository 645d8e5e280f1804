use std::time::Duration;

use fleet::Fleet;

use crate::instances::{CALM, key, one, open, until};

#[tokio::test]
async fn an_instance_learns_from_another_one_for_how_long_a_provider_is_blocked() {
    let (server, one) = one(CALM).await;
    let other = open(&server.url(), CALM).await;
    assert_eq!(other.blocked_for(&key(1)).await, None);
    one.block(&key(1), Duration::from_secs(30)).await;
    let left = other.blocked_for(&key(1)).await.unwrap();
    assert!(left <= Duration::from_secs(30) && left > Duration::from_secs(10), "{left:?}");
    assert_eq!(other.blocked_for(&key(2)).await, None, "another provider");
}

#[tokio::test]
async fn the_longest_time_that_any_instance_gave_counts() {
    let (_server, fleet) = one(CALM).await;
    for seconds in [60, 300, 5] {
        fleet.block(&key(1), Duration::from_secs(seconds)).await;
    }
    assert!(fleet.blocked_for(&key(1)).await.unwrap() > Duration::from_secs(200));
}

#[tokio::test]
async fn a_hint_ends_with_its_time_or_when_it_is_taken_back() {
    let (_server, fleet) = one(CALM).await;
    fleet.block(&key(1), Duration::from_millis(50)).await;
    until("it has ended", async || fleet.blocked_for(&key(1)).await.is_none()).await;
    fleet.block(&key(1), Duration::from_secs(30)).await;
    fleet.unblock(&key(1)).await;
    assert_eq!(fleet.blocked_for(&key(1)).await, None);
    fleet.block(&key(1), Duration::ZERO).await;
    assert_eq!(fleet.blocked_for(&key(1)).await, None);
}

#[tokio::test]
async fn in_process_there_are_no_hints() {
    let fleet = Fleet::in_process();
    fleet.block(&key(1), Duration::from_secs(30)).await;
    assert_eq!(fleet.blocked_for(&key(1)).await, None);
    fleet.unblock(&key(1)).await;
}
