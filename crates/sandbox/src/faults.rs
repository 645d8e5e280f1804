//! What a test may bring about, and what the sandbox counted.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use domain::UTC8;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use parking_lot::{Mutex, MutexGuard};
use serde::{Deserialize, Serialize};

/// The partner's everyday quota for an account with commercial permission.
const QUOTA: u32 = 2_000;

/// What `POST /_sandbox/faults` takes. What is left out stays as it is.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Faults {
    /// Begin with everything as it was at the start, counters too.
    pub reset: bool,
    /// Milliseconds that each answer waits.
    pub latency_ms: Option<u64>,
    /// The share of calls that fail, 0 to 1.
    pub error_rate: Option<f64>,
    /// With which HTTP status they fail; 503 at first.
    pub error_status: Option<u16>,
    /// Calls a day.
    pub quota: Option<u32>,
    /// Seconds by which the sandbox's clock runs ahead; negative: behind.
    pub clock_offset_seconds: Option<i64>,
    /// The only addresses that may call; an empty list lets everybody in.
    pub allow_list: Option<Vec<IpAddr>>,
    /// Whether the account may ask for several devices in one call, as it may at first.
    pub batch_permission: Option<bool>,
    /// HTTP statuses with which the next calls fail, one by one.
    pub next: Option<Vec<u16>>,
}

/// What `GET /_sandbox/stats` tells.
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
    /// Devices asked for, by whatever call, each as often as it was.
    pub asked_devices: u64,
    /// Different devices asked for.
    pub distinct_devices: usize,
    /// Devices asked for more than once.
    pub repeated_devices: usize,
}

/// Settings and counters, shared by all calls.
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
    /// What the error rate has added up to: at each whole number a call fails, so the
    /// same calls fail in every run.
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

/// A call under way; dropped, it is no longer.
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

    pub(crate) fn shift(&self, now: Timestamp) -> Timestamp {
        now.checked_add(self.lock().offset).unwrap_or(now)
    }

    /// A call begins: how long it waits, and the status with which it fails at once.
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

    /// Spends so many calls of the day's quota; `false`, and none, when fewer are left.
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

    pub(crate) fn saw(&self, device: String) {
        *self.lock().devices.entry(device).or_default() += 1;
    }
}

impl Call {
    pub(crate) fn ended(self, status: u16) {
        *self.0.lock().stats.calls.entry(status).or_default() += 1;
    }
}

impl Drop for Call {
    fn drop(&mut self) {
        self.0.lock().stats.in_flight -= 1;
    }
}
