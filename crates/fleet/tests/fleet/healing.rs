//! A Redis that works again is used again, within ten seconds and by itself.

use std::time::Duration;

use fleet::testing::{RedisServer, SlowProxy};
use fleet::{Cause, Joined};

use crate::instances::{CALM, HASTY, far, key, one, open, until, until_reachable};
use crate::joining::lead;

const LIFE: Duration = Duration::from_secs(600);

#[tokio::test]
async fn one_that_comes_after_the_start_is_used() {
    let mut server = RedisServer::start();
    server.kill();
    let fleet = open(&server.url(), HASTY).await;
    assert!(!fleet.health().unwrap().reachable);
    server.start_again();
    until_reachable(&fleet, true).await;
    assert!(fleet.put(&key(1), b"4500.00", LIFE).await);
}

#[tokio::test]
async fn one_that_restarts_empty_is_used_again_with_all_scripts() {
    let (mut server, fleet) = one(HASTY).await;
    assert!(fleet.put(&key(1), b"4500.00", LIFE).await);
    server.kill();
    assert_eq!(fleet.get(&key(1)).await, None);
    assert!(!fleet.health().unwrap().reachable);
    server.start_again();
    until_reachable(&fleet, true).await;
    assert_eq!(fleet.get(&key(1)).await, None, "it forgot");
    let lease = lead(&fleet, 1).await;
    assert!(lease.answer(b"4400.00", LIFE).await);
    assert!(matches!(fleet.join(&key(1), far()).await, Joined::Answer(_)));
}

#[tokio::test]
async fn scripts_that_were_removed_are_loaded_again() {
    let (server, fleet) = one(CALM).await;
    assert_eq!(server.say("SCRIPT FLUSH"), "+OK");
    let lease = lead(&fleet, 1).await;
    assert_eq!(server.say("SCRIPT FLUSH"), "+OK");
    assert!(lease.answer(b"4500.00", LIFE).await);
    assert_eq!(fleet.health().unwrap().last_fault, None);
}

#[tokio::test]
async fn one_that_hung_is_used_again_when_it_goes_on() {
    let (server, fleet) = one(HASTY).await;
    server.hang();
    assert_eq!(fleet.get(&key(1)).await, None);
    assert!(!fleet.health().unwrap().reachable);
    server.go_on();
    until_reachable(&fleet, true).await;
    assert!(fleet.put(&key(1), b"4500.00", LIFE).await);
}

#[tokio::test]
async fn one_that_was_slow_for_longer_than_all_pauses_is_used_again_within_ten_seconds() {
    let server = RedisServer::start();
    let proxy = SlowProxy::before(server.port()).await;
    let fleet = open(&proxy.url(), HASTY).await;
    proxy.delay(Duration::from_secs(2));
    assert_eq!(fleet.get(&key(1)).await, None);
    // Until the pauses have grown.
    let failures = async || {
        let mut text = String::new();
        fleet.write_metrics(&mut text).unwrap();
        text.contains("tradein_redis_failures_total{cause=\"slow\"} 5")
    };
    until("four tries have failed", failures).await;
    proxy.delay(Duration::ZERO);
    until_reachable(&fleet, true).await;
    assert!(fleet.put(&key(1), b"4500.00", LIFE).await);
}

#[tokio::test]
async fn a_lost_connection_is_replaced_and_the_last_failure_stays_known() {
    let (server, fleet) = one(CALM).await;
    server.say("CLIENT KILL TYPE normal");
    until("it is noticed", async || {
        fleet.check().await;
        fleet.health().unwrap().last_fault.is_some()
    })
    .await;
    until_reachable(&fleet, true).await;
    assert_eq!(fleet.health().unwrap().last_fault.unwrap().cause, Cause::Unreachable);
    assert!(fleet.put(&key(1), b"4500.00", LIFE).await);
}
