//! The metrics of the link to Redis.

use std::fmt::Write;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode_registry;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::ConstGauge;
use prometheus_client::registry::Registry;

use crate::cause::Cause;

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Failure {
    cause: Cause,
}

/// What is counted.
#[derive(Debug, Default)]
pub(crate) struct Metrics {
    sent: Counter,
    failures: Family<Failure, Counter>,
    refused_nearby: Counter,
}

impl Metrics {
    /// A command or script was sent.
    pub(crate) fn sent(&self) {
        self.sent.inc();
    }

    /// A command, or a try to connect, failed.
    pub(crate) fn failed(&self, cause: Cause) {
        self.failures.get_or_create(&Failure { cause }).inc();
    }

    /// A visitor was refused without asking Redis.
    pub(crate) fn refused_nearby(&self) {
        self.refused_nearby.inc();
    }

    /// Appends all of them, in the form of OpenMetrics without the line that marks the end.
    ///
    /// # Errors
    /// [`std::fmt::Error`] if one cannot be written.
    pub(crate) fn write(&self, up: bool, text: &mut impl Write) -> std::fmt::Result {
        let mut registry = Registry::with_prefix("tradein_redis");
        let up = ConstGauge::new(i64::from(up));
        registry.register("up", "Whether Redis works: 1 or 0", up);
        registry.register("commands", "Commands and scripts sent to Redis", self.sent.clone());
        registry.register("failures", "Failures of Redis, by cause", self.failures.clone());
        let help = "Visitors refused without asking Redis, since it refused them a moment ago";
        registry.register("refused_nearby", help, self.refused_nearby.clone());
        encode_registry(text, &registry)
    }
}
