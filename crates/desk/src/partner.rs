//! A provider together with everything that belongs to it alone: its quota and permits, its breaker and
//! latch, and its clock.

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Duration;

use domain::QuoteRequest;
use fleet::Fleet;
use jiff::Timestamp;
use parking_lot::Mutex;
use provider::{Provider, SearchRequest};
use records::Spent;
use tokio::time::timeout;

use crate::admission::Admission;
use crate::call_context::Priority;
use crate::clock::PartnerClock;
use crate::common::Common;
use crate::concurrency_limiter::{ConcurrencyLimiter, others};
use crate::day_quota::{DayQuota, day};
use crate::journal::Journal;
use crate::key::Key;
use crate::metrics::ProviderMetrics;
use crate::place_count::PlaceCount;
use crate::places::Places;
use crate::quota::{Allowance, Known};
use crate::reach::Reach;
use crate::retry::Budget;
use crate::settings::{Deps, Settings};

/// How long the count of the held places may take, which only the metrics need, and a change of the advance.
const LOOK_UP: Duration = Duration::from_secs(1);

/// One provider with everything that belongs to it alone: quota, permits, breaker and latch, clock, retries.
/// The journal and the metrics are shared by all providers.
pub(crate) struct Partner {
    provider: Mutex<Arc<dyn Provider>>,
    pub(crate) quota: DayQuota,
    pub(crate) deps: Deps,
    pub(crate) fleet: Fleet,
    pub(crate) journal: Arc<Journal>,
    pub(crate) limiter: ConcurrencyLimiter,
    pub(crate) places: Places,
    pub(crate) admission: Admission,
    pub(crate) budget: Mutex<Budget>,
    pub(crate) clock: PartnerClock,
    pub(crate) reach: Reach,
    pub(crate) metrics: ProviderMetrics,
}

impl Partner {
    pub(crate) fn new(
        provider: Arc<dyn Provider>,
        Common { journal, metrics, fleet, deps, .. }: &Common,
        settings: &Settings,
    ) -> Self {
        let can = provider.capabilities();
        let metrics = metrics.of(&provider.identity().name, can.daily_quota.is_some());
        let allowance = Allowance {
            daily: can.daily_quota.unwrap_or(u32::MAX),
            reserve: settings.shopper_reserve,
            searches: settings.search_share,
        };
        // A sandbox's account is new with each process, so none of its calls can have been used. If calls are
        // not limited, it does not matter how many were used.
        let known = if settings.sandbox || can.daily_quota.is_none() {
            Known::unspent(&provider.identity().account)
        } else {
            Known::default()
        };
        let count = PlaceCount::new(
            journal.records().clone(),
            deps.clone(),
            provider.identity().name.as_str().into(),
            can.places,
            others(can.places),
            can.over_the_net,
            settings.count_places_within,
        );
        let places = Places::new(count);
        // A sandbox's account is its process's own.
        let is_shared = journal.records().are_on_a_server() && !settings.sandbox && can.daily_quota.is_some();
        let quota = DayQuota::new(allowance, known, is_shared.then(|| deps.instance.clone()));
        Self {
            provider: Mutex::new(provider),
            quota,
            deps: deps.clone(),
            fleet: fleet.clone(),
            journal: Arc::clone(journal),
            limiter: ConcurrencyLimiter::new(can.places),
            places,
            admission: Admission::default(),
            budget: Mutex::new(Budget::new()),
            clock: PartnerClock::default(),
            reach: Reach::default(),
            metrics,
        }
    }

    /// The provider that is called now.
    pub(crate) fn provider(&self) -> Arc<dyn Provider> {
        Arc::clone(&self.provider.lock())
    }

    /// Calls `provider` from now on.
    pub(crate) fn use_provider(&self, provider: Arc<dyn Provider>) {
        *self.provider.lock() = provider;
    }

    /// The account whose quota is used.
    fn account(&self) -> Arc<str> {
        Arc::clone(&self.provider().identity().account)
    }

    /// The most devices in one call; `None` if each device needs a call of its own.
    pub(crate) fn many(&self) -> Option<NonZeroUsize> {
        self.provider().capabilities().many
    }

    /// The key under which the price of a device is kept.
    pub(crate) fn key(&self, request: &QuoteRequest) -> Key {
        Key::of_quote(self.provider().identity(), request)
    }

    /// The key under which the result of a search is kept.
    pub(crate) fn search_key(&self, request: &SearchRequest) -> Key {
        Key::of_search(self.provider().identity(), request)
    }

    /// Reads from the records how many of today's calls were used.
    pub(crate) async fn look_up_quota(&self) {
        self.journal.look_up(&self.quota, &self.account(), self.now()).await;
    }

    /// Reads how many of today's calls were used, and takes or gives back what this instance holds back of them.
    pub(crate) async fn keep_advance(&self) {
        let (account, day) = (self.account(), day(self.now()));
        // The second time, what is too much is given back.
        for _ in 0..2 {
            let Some(asked) = self.quota.asks_for(&account, day) else { return self.look_up_quota().await };
            match timeout(LOOK_UP, self.journal.records().keep_advance(&asked)).await {
                Ok(Ok(Some(told))) if self.quota.holds(&account, day, &told) => {}
                Ok(Ok(_)) => return,
                Ok(Err(error)) => return tracing::debug!(%error, "the advance stays as it is"),
                Err(_) => return tracing::debug!("the advance stays as it is: no answer in time"),
            }
        }
    }

    /// Reads from the records how many calls all instances hold back today; 0 if that cannot be read.
    pub(crate) async fn look_up_held_back(&self) -> u32 {
        let (account, day) = (self.account(), day(self.now()));
        self.journal.records().held_back(&account, day).await.unwrap_or_default().calls
    }

    /// Gives back what this instance holds back. It makes no call any more that the records do not count.
    pub(crate) async fn give_advances_back(&self) {
        for asked in self.quota.give_advances_back() {
            if !matches!(timeout(LOOK_UP, self.journal.records().keep_advance(&asked)).await, Ok(Ok(_))) {
                tracing::debug!("what this instance holds back stays held until the day is over");
            }
        }
    }

    /// Calls that are held back today, as last heard: by this instance, and by the others.
    pub(crate) fn held_back(&self) -> [Spent; 2] {
        self.quota.held_back(&self.account(), self.now())
    }

    /// Notes how many instances run.
    pub(crate) fn see(&self, instances: usize) {
        self.places.see(instances);
    }

    /// Reads from the records how many places all instances hold, for the metrics.
    pub(crate) async fn look_up_places(&self) {
        let name = self.provider().identity().name.clone();
        if let Ok(Ok(Some(held))) = timeout(LOOK_UP, self.journal.records().places_held(name.as_str())).await
        {
            self.metrics.gauges.places_held.set(number(held));
        }
    }

    /// Whole seconds by which the partner's clock is ahead; `None` while that is unknown.
    pub(crate) fn clock_ahead_seconds(&self) -> Option<i64> {
        self.clock.ahead_seconds()
    }

    /// The time by this machine's clock, or by the partner's if the two are far apart.
    pub(crate) fn now(&self) -> Timestamp {
        self.clock.stamp((self.deps.clock)())
    }

    /// Calls that were used today, as far as this process knows; `None` while that is unknown.
    pub(crate) fn spent(&self) -> Option<Spent> {
        self.quota.spent(&self.account(), self.now())
    }

    /// Calls that are left today for `priority`, as far as this process knows.
    pub(crate) fn quota_remaining(&self, priority: Priority) -> u32 {
        self.quota.remaining_for(priority, &self.account(), self.now())
    }

    /// Searches that are left today, as far as this process knows.
    fn searches_remaining(&self) -> u32 {
        self.quota.searches_remaining(&self.account(), self.now())
    }

    /// How many calls are in flight, and how many wait for a permit.
    pub(crate) fn load(&self) -> (usize, usize) {
        self.limiter.load()
    }

    /// Whether the circuit breaker is open: the partner is down.
    pub(crate) fn breaker_open(&self) -> bool {
        self.admission.is_open()
    }

    /// Sets the metrics that are not counted as things happen.
    pub(crate) fn measure(&self) {
        let (in_flight, waiting) = self.load();
        let gauges = &self.metrics.gauges;
        gauges.in_flight.set(number(in_flight));
        gauges.waiting.set(number(waiting));
        gauges.places_of_share.set(self.places.is_alone().into());
        gauges.breaker_open.set(self.breaker_open().into());
        gauges.clock_offset.set(self.clock.ahead_seconds().unwrap_or_default());
        gauges.latch_shut.set((!self.admission.shut().is_empty()).into());
        gauges.count_unknown.set(self.spent().is_none().into());
        gauges.quota_left.set(self.quota_remaining(Priority::Shopper).into());
        let [own, others] = self.held_back();
        gauges.quota_held_back.set(own.plus(others).calls.into());
        gauges.searches_left.set(self.searches_remaining().into());
    }
}

pub(crate) fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
