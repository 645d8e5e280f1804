//! The metrics of all desks of this process, for Prometheus. What belongs to a provider has its name as a label.

use std::time::Duration;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode_registry;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};
use provider::ProviderName;

/// The metrics of all desks.
pub(crate) struct Metrics {
    registry: Registry,
    calls: Family<CallLabels, Counter>,
    latency: Family<CallName, Histogram>,
    quotes: Family<QuoteLabels, Counter>,
    odd_answers: Family<OddLabels, Counter>,
    gauges: Gauges<Family<Of, Gauge>>,
    record_errors: Counter,
    records_lost: Counter,
    records_set_aside: Counter,
    pub(crate) records_unwritten: Gauge,
    pub(crate) records_failing: Gauge,
    pub(crate) instances: Gauge,
}

/// The gauges of one provider, or of all.
#[derive(Default)]
pub(crate) struct Gauges<T> {
    pub(crate) in_flight: T,
    pub(crate) waiting: T,
    pub(crate) places_held: T,
    pub(crate) places_of_share: T,
    pub(crate) breaker_open: T,
    pub(crate) latch_shut: T,
    pub(crate) quota_left: T,
    pub(crate) quota_held_back: T,
    pub(crate) count_unknown: T,
    pub(crate) searches_left: T,
    pub(crate) clock_offset: T,
}

/// What the metrics say of one provider.
pub(crate) struct ProviderMetrics {
    name: String,
    calls: Family<CallLabels, Counter>,
    latency: Family<CallName, Histogram>,
    quotes: Family<QuoteLabels, Counter>,
    odd_answers: Family<OddLabels, Counter>,
    pub(crate) gauges: Gauges<Gauge>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Of {
    provider: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct CallLabels {
    call: &'static str,
    outcome: &'static str,
    provider: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct CallName {
    call: &'static str,
    provider: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct QuoteLabels {
    source: &'static str,
    provider: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OddLabels {
    kind: &'static str,
    provider: String,
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
            gauges: Gauges::default(),
            record_errors: Counter::default(),
            records_lost: Counter::default(),
            records_set_aside: Counter::default(),
            records_unwritten: Gauge::default(),
            records_failing: Gauge::default(),
            instances: Gauge::default(),
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
        all.register("partner_calls_in_flight", "Attempts under way", self.gauges.in_flight.clone());
        let help = "Those who wait for a place at the partner";
        all.register("partner_calls_waiting", help, self.gauges.waiting.clone());
        all.register("instances", "Instances that run, as last seen; 0 if unknown", self.instances.clone());
        let help = "Places at the partner that all instances hold, as last counted in PostgreSQL";
        all.register("partner_places_held", help, self.gauges.places_held.clone());
        let help = "1 while the records do not count the places of all instances, so that this one keeps to its share";
        all.register("partner_places_of_share", help, self.gauges.places_of_share.clone());
        let help = "1 while calls are kept away from a partner that is down";
        all.register("partner_breaker_open", help, self.gauges.breaker_open.clone());
        let help = "1 while calls are kept away from a partner that refuses the account";
        all.register("partner_account_refused", help, self.gauges.latch_shut.clone());
        let help = "Searches left today of their share, as far as this process knows";
        all.register("partner_searches_left", help, self.gauges.searches_left.clone());
        let help = "Calls left today, as far as this process knows";
        all.register("partner_quota_left", help, self.gauges.quota_left.clone());
        let help = "Calls of today that all instances hold back for an outage of the database, as last heard";
        all.register("partner_quota_held_back", help, self.gauges.quota_held_back.clone());
        let help = "1 while the records do not say how many calls were made today, so that none is made";
        all.register("partner_count_unknown", help, self.gauges.count_unknown.clone());
        let help = "How far the partner's clock is ahead of this machine's";
        all.register_with_unit("partner_clock_offset", help, Unit::Seconds, self.gauges.clock_offset.clone());
        self
    }

    /// Those of one provider. Without a quota, they do not say how many calls are left.
    pub(crate) fn of(&self, provider: &ProviderName, has_quota: bool) -> ProviderMetrics {
        let of = Of { provider: provider.to_string() };
        let own = |family: &Family<Of, Gauge>| family.get_or_create(&of).clone();
        let counted = |family: &Family<Of, Gauge>| if has_quota { own(family) } else { Gauge::default() };
        let all = &self.gauges;
        ProviderMetrics {
            name: provider.to_string(),
            calls: self.calls.clone(),
            latency: self.latency.clone(),
            quotes: self.quotes.clone(),
            odd_answers: self.odd_answers.clone(),
            gauges: Gauges {
                in_flight: own(&all.in_flight),
                waiting: own(&all.waiting),
                places_held: own(&all.places_held),
                places_of_share: own(&all.places_of_share),
                breaker_open: own(&all.breaker_open),
                latch_shut: own(&all.latch_shut),
                quota_left: counted(&all.quota_left),
                quota_held_back: counted(&all.quota_held_back),
                count_unknown: own(&all.count_unknown),
                searches_left: counted(&all.searches_left),
                clock_offset: own(&all.clock_offset),
            },
        }
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

impl ProviderMetrics {
    pub(crate) fn call(&self, call: &'static str, outcome: &'static str, latency: Duration) {
        let provider = || self.name.clone();
        self.calls.get_or_create(&CallLabels { call, outcome, provider: provider() }).inc();
        self.latency.get_or_create(&CallName { call, provider: provider() }).observe(latency.as_secs_f64());
    }

    pub(crate) fn quote(&self, source: &'static str) {
        self.quotes.get_or_create(&self.of_source(source)).inc();
    }

    pub(crate) fn quotes(&self, source: &'static str) -> u64 {
        self.quotes.get_or_create(&self.of_source(source)).get()
    }

    pub(crate) fn odd_answer(&self, kind: &'static str) {
        self.odd_answers.get_or_create(&OddLabels { kind, provider: self.name.clone() }).inc();
    }

    fn of_source(&self, source: &'static str) -> QuoteLabels {
        QuoteLabels { source, provider: self.name.clone() }
    }
}
