use std::sync::atomic::{AtomicU64, Ordering};

use crate::OfferEvent;

/// What happened to offers by this process since it started, by event. For metrics.
#[derive(Debug, Default)]
pub(crate) struct EventCounts([AtomicU64; 5]);

impl EventCounts {
    pub(crate) fn add(&self, event: OfferEvent) {
        self.of(event).fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn get(&self, event: OfferEvent) -> u64 {
        self.of(event).load(Ordering::Relaxed)
    }

    fn of(&self, event: OfferEvent) -> &AtomicU64 {
        let Self([accepted, withdrawn, redeemed, released, expired]) = self;
        match event {
            OfferEvent::Accepted => accepted,
            OfferEvent::Withdrawn => withdrawn,
            OfferEvent::Redeemed => redeemed,
            OfferEvent::Released => released,
            OfferEvent::Expired => expired,
        }
    }
}
