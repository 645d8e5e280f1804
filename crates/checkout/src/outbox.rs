//! Decides which events are sent to which endpoints now, and what follows a try. The caller sends them.

use std::time::Duration;

use records::{AfterTry, DeliveryTaken, DueAsked, InstanceId, Lane, RecordsError, Told};

use crate::webhooks::{Answer, Event, Next, after_try};
use crate::{Checkout, Endpoint, EventId, EventKind};

impl Checkout {
    /// How long a delivery that was taken belongs to its taker. A try must end sooner. If its result is not
    /// recorded by then, its process was killed or hangs, and the delivery is due again.
    pub const TAKEN_FOR: Duration = Duration::from_secs(30);

    /// Takes deliveries to an endpoint that are due, for the instance `taker`. Returns them in the order of their
    /// events. Each endpoint and each lane is taken by itself, so that none delays another. At most `at_once`
    /// deliveries of a lane belong to all instances together.
    ///
    /// # Errors
    /// [`RecordsError`] if they cannot be taken.
    pub async fn take_deliveries(
        &self,
        taker: &InstanceId,
        endpoint: &Endpoint,
        lane: Lane,
        at_once: u32,
    ) -> Result<Vec<DeliveryTaken>, RecordsError> {
        let (merchant, endpoint) = (&*endpoint.merchant, &*endpoint.name);
        let (sandbox, life) = (self.setup().sandbox, Self::TAKEN_FOR);
        let asked = DueAsked { merchant, endpoint, lane, sandbox, taker, life, most: at_once };
        self.records.take_deliveries(asked).await
    }

    /// Records how the try of a delivery ended. Returns what follows; `None` if the delivery no longer belonged to its
    /// taker: then nothing is recorded, and another try decides. An endpoint that answered that it is
    /// gone (410) is switched off, and an event reports this to the merchant's other endpoints.
    ///
    /// # Errors
    /// [`RecordsError`] if the result cannot be recorded; then the delivery is tried again.
    pub async fn settle_delivery(
        &self,
        endpoint: &Endpoint,
        taken: &DeliveryTaken,
        answer: Answer,
    ) -> Result<Option<Next>, RecordsError> {
        let status = match answer {
            Answer::Status(status) => Some(status),
            Answer::TimedOut | Answer::Unreachable => None,
        };
        let tries = usize::try_from(taken.tries).unwrap_or(usize::MAX).saturating_add(1);
        let next = after_try(tries, answer, self.number());
        let after = match next {
            Next::Delivered => AfterTry::Delivered,
            Next::Again(wait) => AfterTry::Again(wait.unsigned_abs()),
            Next::GivenUp | Next::SwitchedOff => AfterTry::GivenUp,
        };
        let is_settled = if next == Next::SwitchedOff {
            let told = self.disabled(endpoint);
            let is_settled = self.records.settle_and_switch_off(taken, status, &told).await?;
            self.announce();
            is_settled
        } else {
            self.records.settle_delivery(taken, status, after).await?
        };
        Ok(is_settled.then_some(next))
    }

    /// Adds a trial event for all endpoints of a merchant that want trials. Returns the event's id.
    ///
    /// # Errors
    /// [`RecordsError`] if it cannot be written.
    pub async fn ping(&self, merchant: &str) -> Result<EventId, RecordsError> {
        let (id, setup) = (self.event_id(), self.setup());
        let event = Event::ping(id.clone(), merchant, setup.sandbox, self.deps.now());
        self.records.add_event(&setup.told(merchant, &event, None)).await?;
        self.announce();
        Ok(id)
    }

    /// Lets an event be sent again, beginning with its first try: to the endpoints that it was meant for, and to
    /// those that get such events now, without those that are switched off. Returns to how many.
    ///
    /// # Errors
    /// [`RecordsError`] if it cannot be written.
    pub async fn replay(&self, event: &EventId) -> Result<u64, RecordsError> {
        let known = self.records.event(event.as_str()).await?;
        let known = known.filter(|known| known.sandbox == self.setup().sandbox);
        let Some(known) = known else { return Ok(0) };
        let kind = EventKind::find(&known.kind);
        let now = kind.map(|kind| self.setup().endpoints_for(&known.merchant, kind)).unwrap_or_default();
        let replayed = self.records.replay(event.as_str(), &now).await?;
        self.announce();
        Ok(replayed)
    }

    /// The event that the endpoint was switched off, for the merchant's other endpoints.
    fn disabled(&self, endpoint: &Endpoint) -> Told {
        let (merchant, name) = (&*endpoint.merchant, &*endpoint.name);
        let event = Event::endpoint_disabled(self.event_id(), merchant, name, self.deps.now());
        let mut told = self.setup().told(merchant, &event, None);
        told.endpoints.retain(|other| other != name);
        told
    }

    #[expect(clippy::cast_possible_truncation, reason = "a part of the bits is enough")]
    fn number(&self) -> u32 {
        self.deps.bits() as u32
    }
}
