//! Instances of the server that share a Redis.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use fleet::testing::RedisServer;
use fleet::{Fleet, FleetUrl, Key, Random, Settings};
use tokio::time::Instant;

/// Times long enough for a machine that is busy with other tests, where they are not what is tested.
pub(crate) const CALM: Settings = Settings {
    quick: Duration::from_secs(20),
    patient: Duration::from_secs(20),
    lease: Duration::from_secs(30),
};

/// Calm, with leases that end soon.
pub(crate) const SHORT_LEASES: Settings = Settings { lease: Duration::from_millis(300), ..CALM };

/// Impatient enough for tests of a slow Redis, but not so that a busy machine looks like one.
pub(crate) const HASTY: Settings = Settings {
    quick: Duration::from_millis(300),
    patient: Duration::from_millis(500),
    lease: Duration::from_secs(3),
};

/// Numbers that differ between all instances of this process.
pub(crate) fn random() -> Random {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    Arc::new(|| u128::from(NEXT.fetch_add(1, Ordering::Relaxed)))
}

pub(crate) async fn open(url: &FleetUrl, settings: Settings) -> Fleet {
    Fleet::open(url, settings, random()).await
}

/// A server and an instance that it works for.
pub(crate) async fn one(settings: Settings) -> (RedisServer, Fleet) {
    let server = RedisServer::start();
    let fleet = open(&server.url(), settings).await;
    (server, fleet)
}

pub(crate) fn key(number: u8) -> Key {
    Key::new([number; 32])
}

/// A deadline that a test does not reach.
pub(crate) fn far() -> Instant {
    Instant::now() + Duration::from_secs(60)
}

/// Waits until `holds`, for ten seconds at most, and returns how long that took.
pub(crate) async fn until(what: &str, mut holds: impl AsyncFnMut() -> bool) -> Duration {
    let start = Instant::now();
    while !holds().await {
        assert!(start.elapsed() < Duration::from_secs(10), "not within ten seconds: {what}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    start.elapsed()
}

/// Waits until the instance says that Redis works, or does not.
pub(crate) async fn until_reachable(fleet: &Fleet, reachable: bool) -> Duration {
    until("Redis works, or does not", async || fleet.health().unwrap().reachable == reachable).await
}
