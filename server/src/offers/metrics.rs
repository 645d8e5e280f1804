//! Metrics of offers and webhooks.

use std::fmt;
use std::time::Duration;

use checkout::{Checkout, OfferEvent};
use prometheus_client::encoding::text::encode_registry;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;
use tokio::time::timeout;

/// How long the records may take. If they take longer or fail, what they would say is left out: it is not known.
const PATIENCE: Duration = Duration::from_secs(2);

/// Appends the metrics to `text`, in the form of OpenMetrics.
///
/// # Errors
/// [`fmt::Error`] if they cannot be written.
pub(crate) async fn write_metrics(checkout: &Checkout, text: &mut String) -> fmt::Result {
    let mut registry = Registry::with_prefix("tradein");
    let events = Family::<[(&str, &str); 1], Counter>::default();
    registry.register("offer_events", "What happened to offers, by this process", events.clone());
    for event in OfferEvent::ALL {
        events.get_or_create(&[("event", event.name())]).inc_by(checkout.counted(event));
    }
    let mut gauge = |name: &str, help: &str, value: i64| {
        let gauge: Gauge = Gauge::default();
        gauge.set(value);
        registry.register(name, help, gauge);
    };
    if let Ok(Ok(outstanding)) = timeout(PATIENCE, checkout.outstanding(None)).await {
        gauge("offers_outstanding", "Offers that can still be redeemed", outstanding.offers.into());
        gauge("offers_outstanding_fen", "Their amounts together, in fen", outstanding.amount);
    }
    if let Ok(Ok(counts)) = timeout(PATIENCE, checkout.undelivered()).await {
        gauge("webhooks_waiting", "Deliveries of events that wait for a try", counts.waiting.into());
        gauge("webhooks_given_up", "Deliveries of events that were given up", counts.given_up.into());
        gauge("webhook_endpoints_off", "Endpoints that are switched off", counts.endpoints_off.into());
    }
    encode_registry(text, &registry)
}
