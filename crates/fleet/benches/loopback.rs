//! The time that Redis adds to a quote over the loopback interface: one value read, one call joined and
//! answered, one visitor counted.

use std::future::Future;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use fleet::testing::RedisServer;
use fleet::{Fleet, Joined, Key, Limit, Settings};

const TIMES: usize = 5_000;
const LIFE: Duration = Duration::from_secs(600);
/// About as large as a quote.
const VALUE: &[u8] = &[b'x'; 2_000];
const LIMIT: Limit = Limit { per_minute: NonZeroU32::MAX, burst: NonZeroU32::MAX };

fn key(number: usize) -> Key {
    let mut hash = [0; 32];
    hash[..8].copy_from_slice(&(number as u64).to_be_bytes());
    Key::new(hash)
}

async fn measured<F: Future<Output = bool>>(name: &str, goal: &str, mut one: impl FnMut(usize) -> F) {
    let mut times = Vec::with_capacity(TIMES);
    for number in 0..TIMES {
        let start = Instant::now();
        assert!(one(number).await, "{name}");
        times.push(start.elapsed());
    }
    times.sort();
    let at = |hundredths: usize| times[(TIMES * hundredths / 100).min(TIMES - 1)];
    println!("{name:<26} p50 {:>9.1?}  p95 {:>9.1?}  p99 {:>9.1?}  {goal}", at(50), at(95), at(99));
}

#[tokio::main]
async fn main() {
    let server = RedisServer::start();
    let next = AtomicU64::new(1);
    let random = Arc::new(move || u128::from(next.fetch_add(1, Ordering::Relaxed)));
    // Patient, so that a pause of this machine is measured rather than reported as a failure.
    let settings = Settings { quick: Duration::from_secs(5), ..Settings::default() };
    let fleet = &Fleet::open(&server.url(), settings, random).await;
    measured("put", "", |number| async move { fleet.put(&key(number), VALUE, LIFE).await }).await;
    let goal = "(p50 at most 1 ms)";
    measured("get", goal, |number| async move { fleet.get(&key(number)).await.is_some() }).await;
    measured("admit", goal, |number| async move { fleet.admit(&key(number), LIMIT).await.is_some() }).await;
    measured("join, and answer", "", |number| async move {
        let deadline = tokio::time::Instant::now() + Duration::from_secs(8);
        match fleet.join(&key(TIMES + number), deadline).await {
            Joined::Lead(lease) => lease.answer(VALUE, LIFE).await,
            _ => false,
        }
    })
    .await;
    let alone = &Fleet::in_process();
    measured("get in process", "", |number| async move { alone.get(&key(number)).await.is_none() }).await;
}
