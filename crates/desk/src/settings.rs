use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use records::InstanceId;

/// What the desk depends on and must be given: time, randomness and its own name.
#[derive(Clone)]
pub struct Deps {
    /// The time.
    pub clock: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    /// The time since some fixed moment, such as the start of the process. Unlike the clock, it never goes
    /// back.
    pub uptime: Arc<dyn Fn() -> Duration + Send + Sync>,
    /// 128 random bits, good enough for ids that cannot be guessed.
    pub random: Arc<dyn Fn() -> u128 + Send + Sync>,
    /// The id of this process: what it holds in the records, it holds under this id.
    pub instance: InstanceId,
}

/// Settings of the desk.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Whether the partner is the sandbox. Its quotes are labelled, so that they are not mistaken for real
    /// ones.
    pub sandbox: bool,
    /// The longest time that a shopper waits.
    pub deadline: Duration,
    /// The most answers that are kept in memory.
    pub cached_answers: u64,
    /// Of the provider's calls a day, how many are kept for shoppers. Device lists and background work may
    /// not use them.
    pub shopper_reserve: u32,
    /// Of the day's calls, how many may be searches. The rest is kept for prices, which matter more.
    pub search_share: u32,
    /// How long after a stale answer the partner is asked again for the first time. The wait doubles before
    /// each later try.
    pub refresh_after: Duration,
    /// How long a call waits for the records to count its place at the partner over all instances. If they take
    /// longer, this instance keeps to its share of the places.
    pub count_places_within: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            sandbox: false,
            deadline: Duration::from_secs(8),
            cached_answers: 50_000,
            shopper_reserve: 400,
            search_share: 400,
            refresh_after: Duration::from_secs(10),
            count_places_within: Duration::from_millis(300),
        }
    }
}
