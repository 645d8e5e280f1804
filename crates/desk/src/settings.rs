use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

/// What the desk depends on and must be given: time and randomness.
#[derive(Clone)]
pub struct Deps {
    /// The time.
    pub clock: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    /// The time that passed since some fixed moment, such as the start of the process. It never goes
    /// back, as the clock does when it is set.
    pub uptime: Arc<dyn Fn() -> Duration + Send + Sync>,
    /// 128 random bits, fit for ids that nobody guesses.
    pub random: Arc<dyn Fn() -> u128 + Send + Sync>,
}

/// How the desk works.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Whether the partner is the sandbox, so that nobody takes its prices for real.
    pub sandbox: bool,
    /// The longest a shopper waits.
    pub deadline: Duration,
    /// Answers kept in memory.
    pub cached_answers: u64,
    /// Of the provider's calls a day, calls that only shoppers may spend, and no work behind the scenes.
    pub shopper_reserve: u32,
    /// Of the day's calls, those that searches may take: prices matter more.
    pub search_share: u32,
    /// How long after a stale answer the partner is first asked again; later tries wait
    /// twice as long each.
    pub refresh_after: Duration,
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
        }
    }
}
