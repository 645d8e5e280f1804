//! The state of the desk at one moment, for operators.

use crate::concurrency_limiter::QUEUE;
use crate::desk::Desk;
use crate::metrics::SOURCES;
use crate::reach::NotReached;

/// The state of the desk at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// Calls that were used on this day in UTC+8, as far as this process knows; `None` while that is unknown.
    /// No call is made then.
    pub quota_used: Option<u32>,
    /// The most calls of a day.
    pub quota_daily: u32,
    /// Of these, the calls that are reserved for shoppers.
    pub quota_reserve: u32,
    /// Calls of this day that all instances hold back for an outage of the database, as last heard. They are not used,
    /// and only the instance that holds them may use them.
    pub quota_held_back: u32,
    /// Of these, the calls that this instance holds and may make while the database does not answer.
    pub quota_held_here: u32,
    /// Searches that were made on this day, as far as this process knows.
    pub searches_used: u32,
    /// The most searches of a day.
    pub search_share: u32,
    /// Calls in flight, and the most at once.
    pub in_flight: (usize, usize),
    /// Calls that wait for a permit, and the most that may wait.
    pub waiting: (usize, usize),
    /// How many instances were seen last; `None` if that was never known.
    pub instances: Option<usize>,
    /// Whether the records do not count the places of all instances now, so that this one keeps to its share.
    pub keeps_to_share: bool,
    /// Whether the circuit breaker is open: the partner is down, as this or another instance found.
    pub breaker_open: bool,
    /// What the partner refuses to this account, so that it is only probed once a minute: the call's name
    /// (`all` for every call), and why (`unauthorized`, `permission_denied`, `wrong_path`).
    pub account_refused: Vec<(&'static str, &'static str)>,
    /// Why the last attempt had no connection to the partner; `None` if it had one. Attempts that timed out
    /// do not count.
    pub not_reached: Option<NotReached>,
    /// Whole seconds by which the partner's clock is ahead; negative if it is behind; `None` while that is
    /// unknown.
    pub clock_ahead_seconds: Option<i64>,
    /// Prices in the cache.
    pub cached: u64,
    /// Quotes since the process began, by the source of the answer.
    pub quotes: [(&'static str, u64); SOURCES.len()],
    /// Whether the partner accepts the second secret of a rotation.
    pub second_secret: bool,
    /// Whether the last read or write of the records failed, or records still wait to be written.
    pub records_failing: bool,
    /// Records that wait in memory to be written to the database.
    pub records_unwritten: usize,
    /// Records that were lost: the memory for waiting records was full, or a record that the database
    /// rejected could not be set aside.
    pub records_lost: u64,
    /// Records that the database rejected, and that were set aside: in a file beside an SQLite database, or
    /// in a table of PostgreSQL.
    pub records_set_aside: u64,
}

impl Desk {
    /// The state of the desk now.
    pub fn state(&self) -> State {
        let partner = self.partner();
        let allowance = partner.quota.allowance();
        let (in_flight, waiting) = partner.load();
        let (metrics, spent) = (&partner.metrics, partner.spent());
        let recording = partner.journal.metrics();
        let [own, others] = partner.held_back();
        State {
            quota_used: spent.map(|spent| spent.calls),
            quota_daily: allowance.daily,
            quota_reserve: allowance.reserve,
            quota_held_back: own.plus(others).calls,
            quota_held_here: own.calls,
            searches_used: spent.map_or(0, |spent| spent.searches),
            search_share: allowance.searches,
            in_flight: (in_flight, partner.limiter.permits()),
            waiting: (waiting, QUEUE),
            instances: partner.places.instances(),
            keeps_to_share: partner.places.is_alone(),
            breaker_open: partner.breaker_open(),
            account_refused: partner.admission.shut(),
            not_reached: partner.reach.last(),
            clock_ahead_seconds: partner.clock_ahead_seconds(),
            cached: self.cached(),
            quotes: SOURCES.map(|source| (source, metrics.quotes(source))),
            second_secret: partner.provider().next_credential_works(),
            records_failing: partner.journal.is_failing(),
            records_unwritten: partner.journal.unwritten(),
            records_lost: recording.records_lost(),
            records_set_aside: recording.records_set_aside(),
        }
    }
}
