//! A Redis that does not work: why is said, and callers go on alone.

use std::num::NonZeroU32;
use std::time::Duration;

use fleet::testing::{RedisServer, SlowProxy};
use fleet::{Cause, Fleet, FleetUrl, Joined, Limit};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::time::Instant;

use crate::instances::{CALM, HASTY, far, key, one, open, until_reachable};

const LIFE: Duration = Duration::from_secs(600);
const LIMIT: Limit = Limit { per_minute: NonZeroU32::MIN, burst: NonZeroU32::MIN };

/// Each function says that it does not know, and all of them together take much less than one wait for Redis each.
async fn goes_on_alone(fleet: &Fleet) {
    let start = Instant::now();
    for _ in 0..100 {
        assert_eq!(fleet.get(&key(1)).await, None);
        assert!(!fleet.put(&key(1), b"4500.00", LIFE).await);
        assert!(matches!(fleet.join(&key(1), far()).await, Joined::Alone));
        assert_eq!(fleet.admit(&key(1), LIMIT).await, None);
        fleet.block(&key(1), LIFE).await;
        assert_eq!(fleet.blocked_for(&key(1)).await, None);
        fleet.unblock(&key(1)).await;
    }
    assert!(start.elapsed() < Duration::from_secs(5), "700 functions took {:?}", start.elapsed());
}

fn cause(fleet: &Fleet) -> (bool, Cause) {
    let health = fleet.health().unwrap();
    (health.reachable, health.last_fault.expect("it has failed").cause)
}

/// An instance that starts while Redis does not work, for that cause.
async fn fails_from_the_start(url: &FleetUrl, expected: Cause) {
    let fleet = open(url, HASTY).await;
    assert_eq!(cause(&fleet), (false, expected));
    let fault = fleet.health().unwrap().last_fault.unwrap();
    assert!(!fault.text.is_empty() && !fault.text.contains("hush"), "{fault}");
    goes_on_alone(&fleet).await;
    assert_eq!(cause(&fleet), (false, expected));
    let mut metrics = String::new();
    fleet.write_metrics(&mut metrics).unwrap();
    assert!(metrics.contains("tradein_redis_up 0"), "{metrics}");
    let counted = format!("tradein_redis_failures_total{{cause=\"{}\"}}", expected.name());
    assert!(metrics.contains(&counted), "{metrics}");
}

#[tokio::test]
async fn none_at_that_port_is_unreachable() {
    let mut server = RedisServer::start();
    let url = server.url();
    server.kill();
    fails_from_the_start(&url, Cause::Unreachable).await;
}

#[tokio::test]
async fn a_wrong_password_and_a_missing_one_are_said_to_be_so() {
    let server = RedisServer::with(&["--requirepass", "right-hush"]);
    fails_from_the_start(&server.url(), Cause::Password).await;
    let url = |password: &str| -> FleetUrl {
        format!("redis://:{password}@127.0.0.1:{}", server.port()).parse().unwrap()
    };
    fails_from_the_start(&url("wrong-hush"), Cause::Password).await;
    assert!(open(&url("right-hush"), CALM).await.health().unwrap().reachable);
}

#[tokio::test]
async fn a_user_without_the_right_to_write_is_a_matter_of_the_password() {
    let server = RedisServer::start();
    server.say("ACL SETUSER shop on >hush ~* +@all -set");
    let url: FleetUrl = format!("redis://shop:hush@127.0.0.1:{}", server.port()).parse().unwrap();
    fails_from_the_start(&url, Cause::Password).await;
}

#[tokio::test]
async fn another_server_at_that_port_is_not_redis() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url: FleetUrl = format!("redis://{}", listener.local_addr().unwrap()).parse().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut read = [0; 1024];
            let _ = stream.read(&mut read).await;
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
        }
    });
    fails_from_the_start(&url, Cause::NotRedis).await;
}

#[tokio::test]
async fn a_server_without_tls_is_unreachable_for_an_address_with_tls() {
    let server = RedisServer::start();
    let url: FleetUrl = format!("rediss://127.0.0.1:{}", server.port()).parse().unwrap();
    let fleet = open(&url, HASTY).await;
    let (reachable, cause) = cause(&fleet);
    // It depends on whether the server closes the connection before the time is over.
    assert!(!reachable && matches!(cause, Cause::Unreachable | Cause::Slow), "{cause:?}");
    goes_on_alone(&fleet).await;
}

#[tokio::test]
async fn a_database_that_it_does_not_have_is_said_in_the_text() {
    let server = RedisServer::start();
    let url: FleetUrl = format!("redis://127.0.0.1:{}/9999", server.port()).parse().unwrap();
    fails_from_the_start(&url, Cause::Failing).await;
}

#[tokio::test]
async fn a_replica_is_read_only() {
    let server = RedisServer::with(&["--replicaof", "127.0.0.1", "1"]);
    fails_from_the_start(&server.url(), Cause::ReadOnly).await;
}

#[tokio::test]
async fn a_full_one_is_out_of_memory() {
    let server = RedisServer::with(&["--maxmemory", "1", "--maxmemory-policy", "noeviction"]);
    fails_from_the_start(&server.url(), Cause::OutOfMemory).await;
}

#[tokio::test]
async fn one_that_hangs_is_slow() {
    let server = RedisServer::start();
    server.hang();
    fails_from_the_start(&server.url(), Cause::Slow).await;
}

#[tokio::test]
async fn one_that_takes_two_seconds_is_slow() {
    let server = RedisServer::start();
    let proxy = SlowProxy::before(server.port()).await;
    proxy.delay(Duration::from_secs(2));
    fails_from_the_start(&proxy.url(), Cause::Slow).await;
}

#[tokio::test]
async fn one_that_is_killed_is_unreachable_after_one_command() {
    let (mut server, fleet) = one(HASTY).await;
    server.kill();
    assert_eq!(fleet.get(&key(1)).await, None);
    goes_on_alone(&fleet).await;
    assert_eq!(cause(&fleet), (false, Cause::Unreachable));
}

#[tokio::test]
async fn one_that_begins_to_hang_costs_its_callers_one_time_limit_and_later_ones_nothing() {
    let (server, fleet) = one(HASTY).await;
    server.hang();
    let start = Instant::now();
    // All that are under way wait at the same time.
    let key = key(1);
    let callers = (0..200).map(|_| fleet.get(&key));
    assert!(futures::future::join_all(callers).await.iter().all(Option::is_none));
    assert!(start.elapsed() >= HASTY.quick && start.elapsed() < HASTY.quick * 3, "{:?}", start.elapsed());
    goes_on_alone(&fleet).await;
    assert_eq!(cause(&fleet), (false, Cause::Slow));
}

#[tokio::test]
async fn one_that_becomes_slow_costs_its_callers_one_time_limit_and_later_ones_nothing() {
    let server = RedisServer::start();
    let proxy = SlowProxy::before(server.port()).await;
    let fleet = open(&proxy.url(), HASTY).await;
    assert!(fleet.health().unwrap().reachable);
    proxy.delay(Duration::from_secs(2));
    let start = Instant::now();
    assert!(matches!(fleet.join(&key(1), far()).await, Joined::Alone));
    assert!(start.elapsed() < HASTY.quick * 3, "{:?}", start.elapsed());
    goes_on_alone(&fleet).await;
    assert_eq!(cause(&fleet), (false, Cause::Slow));
}

#[tokio::test]
async fn one_that_becomes_full_or_a_replica_is_noticed_by_the_next_write() {
    let (server, fleet) = one(CALM).await;
    for (command, undo, expected) in [
        ("CONFIG SET maxmemory 1", "CONFIG SET maxmemory 0", Cause::OutOfMemory),
        ("REPLICAOF 127.0.0.1 1", "REPLICAOF NO ONE", Cause::ReadOnly),
    ] {
        assert_eq!(server.say(command), "+OK");
        // A script that writes, and a command that does.
        assert_eq!(fleet.admit(&key(1), LIMIT).await, None, "{command}");
        assert_eq!(cause(&fleet), (false, expected));
        assert!(!fleet.put(&key(1), b"4500.00", LIFE).await);
        assert_eq!(server.say(undo), "+OK");
        until_reachable(&fleet, true).await;
        assert!(fleet.put(&key(1), b"4500.00", LIFE).await);
    }
}
