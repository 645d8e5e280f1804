//! How the desk does at this moment, for an operator.

use crate::concurrency_limiter::QUEUE;
use crate::desk::Desk;
use crate::metrics::SOURCES;
use crate::reach::NotReached;

/// How the desk does at this moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// Calls of the day in UTC+8 that were taken, as far as this process knows; `None` while that is
    /// unknown, and so no call is made.
    pub quota_used: Option<u32>,
    /// Calls of a day.
    pub quota_daily: u32,
    /// Of these, calls kept for shoppers.
    pub quota_reserve: u32,
    /// Searches of the day that were made, as far as this process knows.
    pub searches_used: u32,
    /// Searches of a day.
    pub search_share: u32,
    /// Calls under way, and the most at once.
    pub in_flight: (usize, usize),
    /// Calls that wait for a permit, and the most that may.
    pub waiting: (usize, usize),
    /// Whether calls are kept away from a partner that is down.
    pub breaker_open: bool,
    /// What the partner refuses to this account, and is asked for once a minute only: the call's
    /// name (`all` for every call), and why (`unauthorized`, `permission_denied`, `wrong_path`).
    pub account_refused: Vec<(&'static str, &'static str)>,
    /// Why the last attempt had no connection to the partner; `None` where it had one.
    pub not_reached: Option<NotReached>,
    /// Whole seconds by which the partner's clock is ahead; negative: behind; `None` while
    /// nothing is known.
    pub clock_ahead_seconds: Option<i64>,
    /// Prices in the cache.
    pub cached: u64,
    /// Quotes since the process began, by where the answer came from.
    pub quotes: [(&'static str, u64); SOURCES.len()],
    /// Whether the partner takes the second secret of a rotation.
    pub second_secret: bool,
    /// Whether the database failed the last time.
    pub records_failing: bool,
    /// Records that wait in memory for the database.
    pub records_unwritten: usize,
    /// Records that no database took and no memory had room for.
    pub records_lost: u64,
    /// Records that the database refused, and that are kept in a file beside it.
    pub records_set_aside: u64,
}

impl Desk {
    /// How it does at this moment.
    pub fn state(&self) -> State {
        let partner = self.partner();
        let allowance = partner.quota.allowance();
        let (in_flight, waiting) = partner.load();
        let (metrics, spent) = (&partner.metrics, partner.spent());
        State {
            quota_used: spent.map(|spent| spent.calls),
            quota_daily: allowance.daily,
            quota_reserve: allowance.reserve,
            searches_used: spent.map_or(0, |spent| spent.searches),
            search_share: allowance.searches,
            in_flight: (in_flight, partner.limiter.permits()),
            waiting: (waiting, QUEUE),
            breaker_open: partner.breaker_open(),
            account_refused: partner.admission.shut(),
            not_reached: partner.reach.last(),
            clock_ahead_seconds: partner.clock_ahead_seconds(),
            cached: self.cached(),
            quotes: SOURCES.map(|source| (source, metrics.quotes(source))),
            second_secret: partner.provider().next_credential_works(),
            records_failing: partner.journal.is_failing(),
            records_unwritten: partner.journal.unwritten(),
            records_lost: metrics.records_lost(),
            records_set_aside: metrics.records_set_aside(),
        }
    }
}
