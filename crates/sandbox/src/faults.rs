//! The faults that a test can set, and the counters.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use domain::UTC8;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use parking_lot::{Mutex, MutexGuard};
use serde::{Deserialize, Serialize};

/// Calls a day of an account with commercial permission, by the partner's terms.
const QUOTA: u32 = 2_000;

/// The body of `POST /_sandbox/faults`. Fields that are left out change nothing.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Faults {
    /// Reset faults and counters to those of a new sandbox before the other fields apply.
    pub reset: bool,
    /// Delay of each answer, in milliseconds.
    pub latency_ms: Option<u64>,
    /// Share of calls that fail, 0 to 1.
    pub error_rate: Option<f64>,
    /// HTTP status of these failures; 503 by default.
    pub error_status: Option<u16>,
    /// Quota, in calls a day.
    pub quota: Option<u32>,
    /// Offset of the sandbox's clock in seconds; negative where it is behind.
    pub clock_offset_seconds: Option<i64>,
    /// Addresses that calls are accepted from; an empty list allows all.
    pub allow_list: Option<Vec<IpAddr>>,
    /// Whether the account may send several devices in one call; true by default.
    pub batch_permission: Option<bool>,
    /// HTTP statuses that the next calls fail with, one each.
    pub next: Option<Vec<u16>>,
}

/// The answer of `GET /_sandbox/stats`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stats {
    /// Calls by HTTP status.
    pub calls: BTreeMap<u16, u64>,
    /// Quota spent today.
    pub quota_used: u32,
    /// Calls under way.
    pub in_flight: u32,
    /// The most calls that were under way at once.
    pub most_in_flight: u32,
    /// Inquiries of devices, in single and batch calls, repeated ones included.
    pub asked_devices: u64,
    /// Different devices among them.
    pub distinct_devices: usize,
    /// Devices that were inquired more than once.
    pub repeated_devices: usize,
}

/// Faults and counters, shared by all calls.
#[derive(Clone, Default)]
pub(crate) struct State(Arc<Mutex<Inner>>);

struct Inner {
    latency: Duration,
    error_rate: f64,
    error_status: u16,
    quota: u32,
    offset: SignedDuration,
    allow_list: Vec<IpAddr>,
    batch_permission: bool,
    next: VecDeque<u16>,
    /// Increased by the error rate with each call. When it reaches 1, the call fails and 1 is subtracted. So
    /// the same calls fail in every run, unlike with random numbers.
    errors_due: f64,
    today: Option<Date>,
    stats: Stats,
    devices: HashMap<String, u32>,
}

impl Default for Inner {
    fn default() -> Self {
        Self {
            latency: Duration::ZERO,
            error_rate: 0.0,
            error_status: 503,
            quota: QUOTA,
            offset: SignedDuration::ZERO,
            allow_list: Vec::new(),
            batch_permission: true,
            next: VecDeque::new(),
            errors_due: 0.0,
            today: None,
            stats: Stats::default(),
            devices: HashMap::new(),
        }
    }
}

/// RAII guard: the call counts as in flight until this is dropped.
pub(crate) struct Call(State);

impl State {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock()
    }

    pub(crate) fn apply(&self, faults: Faults) {
        let mut inner = self.lock();
        if faults.reset {
            *inner = Inner::default();
        }
        if let Some(latency) = faults.latency_ms {
            inner.latency = Duration::from_millis(latency);
        }
        if let Some(rate) = faults.error_rate {
            inner.error_rate = rate.clamp(0.0, 1.0);
        }
        inner.error_status = faults.error_status.unwrap_or(inner.error_status);
        inner.quota = faults.quota.unwrap_or(inner.quota);
        if let Some(seconds) = faults.clock_offset_seconds {
            inner.offset = SignedDuration::from_secs(seconds);
        }
        if let Some(addresses) = faults.allow_list {
            inner.allow_list = addresses;
        }
        inner.batch_permission = faults.batch_permission.unwrap_or(inner.batch_permission);
        if let Some(next) = faults.next {
            inner.next = next.into();
        }
    }

    pub(crate) fn stats(&self) -> Stats {
        let inner = self.lock();
        Stats {
            asked_devices: inner.devices.values().map(|times| u64::from(*times)).sum(),
            distinct_devices: inner.devices.len(),
            repeated_devices: inner.devices.values().filter(|times| **times > 1).count(),
            ..inner.stats.clone()
        }
    }

    /// `now` with the offset of the sandbox's clock.
    pub(crate) fn shift(&self, now: Timestamp) -> Timestamp {
        now.checked_add(self.lock().offset).unwrap_or(now)
    }

    /// Counts a call as begun. Returns its guard, its delay, and the status that it fails with, if it is to fail.
    pub(crate) fn begin(&self) -> (Call, Duration, Option<u16>) {
        let mut inner = self.lock();
        inner.stats.in_flight += 1;
        inner.stats.most_in_flight = inner.stats.most_in_flight.max(inner.stats.in_flight);
        inner.errors_due += inner.error_rate;
        let failure = inner.next.pop_front().or_else(|| {
            (inner.errors_due >= 1.0).then(|| {
                inner.errors_due -= 1.0;
                inner.error_status
            })
        });
        (Call(self.clone()), inner.latency, failure)
    }

    pub(crate) fn allows(&self, address: IpAddr) -> bool {
        let inner = self.lock();
        inner.allow_list.is_empty() || inner.allow_list.contains(&address)
    }

    pub(crate) fn allows_batches(&self) -> bool {
        self.lock().batch_permission
    }

    /// Spends `calls` of the day's quota. Returns `false`, and spends nothing, where fewer remain.
    pub(crate) fn spend(&self, calls: u32, now: Timestamp) -> bool {
        let mut inner = self.lock();
        let today = UTC8.to_datetime(now).date();
        if inner.today != Some(today) {
            inner.today = Some(today);
            inner.stats.quota_used = 0;
        }
        let enough = inner.stats.quota_used.saturating_add(calls) <= inner.quota;
        inner.stats.quota_used += if enough { calls } else { 0 };
        enough
    }

    /// Counts an inquiry of `device`.
    pub(crate) fn saw(&self, device: String) {
        *self.lock().devices.entry(device).or_default() += 1;
    }
}

impl Call {
    /// Counts the call by the HTTP status of its answer.
    pub(crate) fn ended(self, status: u16) {
        *self.0.lock().stats.calls.entry(status).or_default() += 1;
    }
}

impl Drop for Call {
    fn drop(&mut self) {
        self.0.lock().stats.in_flight -= 1;
    }
}
