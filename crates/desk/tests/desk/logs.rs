//! What is logged: each failed call, but not each request that breaker or latch refuses.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};

use crate::house::{House, variant};

/// Counts warnings.
struct Warnings(Arc<AtomicU64>);

impl Subscriber for Warnings {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        *metadata.level() <= Level::WARN && metadata.target().starts_with("desk")
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, _: &Event<'_>) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

#[tokio::test]
async fn callers_that_are_kept_away_are_not_logged_one_by_one() {
    for (faults, most) in [
        // One warning for the call, and one that the account is refused.
        (r#"{"error_rate": 1.0, "error_status": 401}"#, 2),
        // One warning for each call until the breaker opens, and one that it did.
        (r#"{"error_rate": 1.0, "error_status": 503}"#, 21),
    ] {
        let house = House::open().await;
        house.set(faults).await;
        let count = Arc::new(AtomicU64::new(0));
        let _guard = tracing::subscriber::set_default(Warnings(Arc::clone(&count)));
        for number in 0..60 {
            house.desk.quote(variant(number).parse().unwrap()).await.unwrap_err();
        }
        let warnings = count.load(Ordering::SeqCst);
        assert!((1..=most).contains(&warnings), "{faults}: {warnings}");
    }
}
