use std::time::Duration;

use fleet::{Fleet, LARGEST_VALUE};

use crate::instances::{CALM, key, one, open, until};

const LIFE: Duration = Duration::from_secs(600);

#[tokio::test]
async fn what_one_instance_puts_another_one_gets() {
    let (server, one) = one(CALM).await;
    let other = open(&server.url(), CALM).await;
    assert_eq!(other.get(&key(1)).await, None);
    assert!(one.put(&key(1), b"4500.00\0\xff", LIFE).await);
    assert_eq!(other.get(&key(1)).await.as_deref(), Some(&b"4500.00\0\xff"[..]));
    assert!(other.put(&key(1), b"4400.00", LIFE).await);
    assert_eq!(one.get(&key(1)).await.as_deref(), Some(&b"4400.00"[..]));
    assert_eq!(one.get(&key(2)).await, None);
}

#[tokio::test]
async fn a_value_is_gone_when_its_life_is_over() {
    let (_server, fleet) = one(CALM).await;
    assert!(fleet.put(&key(1), b"4500.00", Duration::from_millis(50)).await);
    until("it is gone", async || fleet.get(&key(1)).await.is_none()).await;
    assert!(!fleet.put(&key(1), b"4500.00", Duration::ZERO).await);
    assert!(!fleet.put(&key(1), b"4500.00", Duration::from_micros(999)).await);
    assert_eq!(fleet.get(&key(1)).await, None);
}

#[tokio::test]
async fn no_value_lives_for_longer_than_a_day() {
    let (server, fleet) = one(CALM).await;
    assert!(fleet.put(&key(1), b"4500.00", Duration::MAX).await);
    let left = server.say(&format!("TTL tradein:answer:{}", key(1)));
    let left: u64 = left.strip_prefix(':').unwrap().parse().unwrap();
    assert!((86_390..=86_400).contains(&left), "{left}");
}

#[tokio::test]
async fn a_value_that_is_too_large_is_neither_written_nor_read() {
    let (server, fleet) = one(CALM).await;
    assert!(fleet.put(&key(1), &vec![1; LARGEST_VALUE], LIFE).await);
    assert_eq!(fleet.get(&key(1)).await.unwrap().len(), LARGEST_VALUE);
    assert!(!fleet.put(&key(2), &vec![1; LARGEST_VALUE + 1], LIFE).await);
    assert_eq!(fleet.get(&key(2)).await, None);
    // As another program might write it.
    server.say(&format!("SETRANGE tradein:answer:{} {LARGEST_VALUE} x", key(3)));
    assert_eq!(fleet.get(&key(3)).await, None);
    assert!(fleet.health().unwrap().reachable);
}

#[tokio::test]
async fn in_process_nothing_is_kept_and_nothing_can_fail() {
    let fleet = Fleet::in_process();
    assert!(!fleet.put(&key(1), b"4500.00", LIFE).await);
    assert_eq!((fleet.get(&key(1)).await, fleet.health(), fleet.check().await), (None, None, None));
    assert!(!fleet.is_shared());
    let mut metrics = String::new();
    fleet.write_metrics(&mut metrics).unwrap();
    assert_eq!(metrics, "");
}
