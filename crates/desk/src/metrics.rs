//! The metrics of a desk, for Prometheus.

use std::time::Duration;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode_registry;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};

/// The metrics of one desk.
pub(crate) struct Metrics {
    registry: Registry,
    calls: Family<CallLabels, Counter>,
    latency: Family<CallName, Histogram>,
    quotes: Family<QuoteLabels, Counter>,
    odd_answers: Family<OddLabels, Counter>,
    record_errors: Counter,
    records_lost: Counter,
    records_set_aside: Counter,
    pub(crate) records_unwritten: Gauge,
    pub(crate) records_failing: Gauge,
    pub(crate) in_flight: Gauge,
    pub(crate) waiting: Gauge,
    pub(crate) instances: Gauge,
    pub(crate) places_held: Gauge,
    pub(crate) places_of_share: Gauge,
    pub(crate) breaker_open: Gauge,
    pub(crate) latch_shut: Gauge,
    pub(crate) quota_left: Gauge,
    pub(crate) quota_held_back: Gauge,
    pub(crate) count_unknown: Gauge,
    pub(crate) searches_left: Gauge,
    pub(crate) clock_offset: Gauge,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct CallLabels {
    call: &'static str,
    outcome: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct CallName {
    call: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct QuoteLabels {
    source: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OddLabels {
    kind: &'static str,
}

/// Where a shopper's answer came from; `none` if there was no price.
pub(crate) const SOURCES: [&str; 5] = ["partner", "cache", "joined", "stale", "none"];

/// The histogram's buckets in seconds: an answer of the partner takes tenths of a second, and the deadline is
/// 8 s.
const BUCKETS: [f64; 9] = [0.05, 0.1, 0.2, 0.4, 0.8, 1.5, 3.0, 5.0, 8.0];

impl Metrics {
    pub(crate) fn new() -> Self {
        let metrics = Self {
            registry: Registry::with_prefix("tradein"),
            calls: Family::default(),
            latency: Family::new_with_constructor(|| Histogram::new(BUCKETS)),
            quotes: Family::default(),
            odd_answers: Family::default(),
            record_errors: Counter::default(),
            records_lost: Counter::default(),
            records_set_aside: Counter::default(),
            records_unwritten: Gauge::default(),
            records_failing: Gauge::default(),
            in_flight: Gauge::default(),
            waiting: Gauge::default(),
            instances: Gauge::default(),
            places_held: Gauge::default(),
            places_of_share: Gauge::default(),
            breaker_open: Gauge::default(),
            latch_shut: Gauge::default(),
            quota_left: Gauge::default(),
            quota_held_back: Gauge::default(),
            count_unknown: Gauge::default(),
            searches_left: Gauge::default(),
            clock_offset: Gauge::default(),
        };
        metrics.registered()
    }

    fn registered(mut self) -> Self {
        let all = &mut self.registry;
        all.register("partner_calls", "Attempts at the partner by outcome", self.calls.clone());
        let help = "How long attempts at the partner took";
        all.register_with_unit("partner_call_duration", help, Unit::Seconds, self.latency.clone());
        let help = "Quotes asked for, by where the answer came from: partner, cache, joined, stale, none";
        all.register("quotes", help, self.quotes.clone());
        let help = "Answers that are off, by kind: rounded, inconsistent, or why they cannot be used";
        all.register("odd_answers", help, self.odd_answers.clone());
        let help = "Reads and writes of the records that failed";
        all.register("record_errors", help, self.record_errors.clone());
        let help = "Records that no database took and no memory had room for";
        all.register("records_lost", help, self.records_lost.clone());
        let help = "Records that the database refused, which are set aside";
        all.register("records_set_aside", help, self.records_set_aside.clone());
        let help = "Records that wait in memory until the database takes them";
        all.register("records_unwritten", help, self.records_unwritten.clone());
        let help = "1 while the database does not take records";
        all.register("records_failing", help, self.records_failing.clone());
        all.register("partner_calls_in_flight", "Attempts under way", self.in_flight.clone());
        let help = "Those who wait for a place at the partner";
        all.register("partner_calls_waiting", help, self.waiting.clone());
        all.register("instances", "Instances that run, as last seen; 0 if unknown", self.instances.clone());
        let help = "Places at the partner that all instances hold, as last counted in PostgreSQL";
        all.register("partner_places_held", help, self.places_held.clone());
        let help = "1 while the records do not count the places of all instances, so that this one keeps to its share";
        all.register("partner_places_of_share", help, self.places_of_share.clone());
        let help = "1 while calls are kept away from a partner that is down";
        all.register("partner_breaker_open", help, self.breaker_open.clone());
        let help = "1 while calls are kept away from a partner that refuses the account";
        all.register("partner_account_refused", help, self.latch_shut.clone());
        let help = "Searches left today of their share, as far as this process knows";
        all.register("partner_searches_left", help, self.searches_left.clone());
        let help = "Calls left today, as far as this process knows";
        all.register("partner_quota_left", help, self.quota_left.clone());
        let help = "Calls of today that all instances hold back for an outage of the database, as last heard";
        all.register("partner_quota_held_back", help, self.quota_held_back.clone());
        let help = "1 while the records do not say how many calls were made today, so that none is made";
        all.register("partner_count_unknown", help, self.count_unknown.clone());
        let help = "How far the partner's clock is ahead of this machine's";
        all.register_with_unit("partner_clock_offset", help, Unit::Seconds, self.clock_offset.clone());
        self
    }

    pub(crate) fn call(&self, call: &'static str, outcome: &'static str, latency: Duration) {
        self.calls.get_or_create(&CallLabels { call, outcome }).inc();
        self.latency.get_or_create(&CallName { call }).observe(latency.as_secs_f64());
    }

    pub(crate) fn quote(&self, source: &'static str) {
        self.quotes.get_or_create(&QuoteLabels { source }).inc();
    }

    pub(crate) fn quotes(&self, source: &'static str) -> u64 {
        self.quotes.get_or_create(&QuoteLabels { source }).get()
    }

    pub(crate) fn odd_answer(&self, kind: &'static str) {
        self.odd_answers.get_or_create(&OddLabels { kind }).inc();
    }

    pub(crate) fn record_error(&self) {
        self.record_errors.inc();
    }

    pub(crate) fn record_lost(&self) {
        self.records_lost.inc();
    }

    pub(crate) fn record_set_aside(&self) {
        self.records_set_aside.inc();
    }

    pub(crate) fn records_set_aside(&self) -> u64 {
        self.records_set_aside.get()
    }

    pub(crate) fn record_errors(&self) -> u64 {
        self.record_errors.get()
    }

    pub(crate) fn records_lost(&self) -> u64 {
        self.records_lost.get()
    }

    /// All metrics in the text format, without its end mark.
    pub(crate) fn text(&self) -> Result<String, std::fmt::Error> {
        let mut text = String::new();
        encode_registry(&mut text, &self.registry)?;
        Ok(text)
    }
}
