//! Deliveries of events to endpoints, and endpoints that are switched off.

use crate::delivery::{
    AfterTry, DeliveriesAsked, DeliveryRecord, DeliveryTaken, DueAsked, EndpointOff, Undelivered,
};
use crate::error::RecordsError;
use crate::event::Told;
use crate::patience::patiently;
use crate::records::{Records, on_each};

impl Records {
    /// Takes deliveries that are due, and returns them in the order of their events. For `asked.life`, no other caller
    /// gets them. All times go by the database's clock, so clocks of instances may differ.
    ///
    /// # Errors
    /// [`RecordsError`] when they cannot be taken.
    pub async fn take_deliveries(&self, asked: DueAsked<'_>) -> Result<Vec<DeliveryTaken>, RecordsError> {
        patiently!(on_each!(self, store => store.take_deliveries(&asked).await))
    }

    /// Records how the try of a delivery that was taken ended, and what follows. Returns whether that was
    /// recorded: it is not if another caller has taken the delivery since, after [`DeliveryTaken::until`].
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be written.
    pub async fn settle_delivery(
        &self,
        taken: &DeliveryTaken,
        status: Option<u16>,
        after: AfterTry,
    ) -> Result<bool, RecordsError> {
        patiently!(on_each!(self, store => store.settle_delivery(taken, status, after).await))
    }

    /// Records that the endpoint of a delivery that was taken answered that it is gone, with `status`, and does what
    /// [`Self::switch_off`] does, in one transaction. Returns whether that was recorded, as
    /// [`Self::settle_delivery`] does.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be written.
    pub async fn settle_and_switch_off(
        &self,
        taken: &DeliveryTaken,
        status: Option<u16>,
        told: &Told,
    ) -> Result<bool, RecordsError> {
        patiently!(on_each!(self, store => store.settle_and_switch_off(taken, status, told).await))
    }

    /// Deliveries and their states, those of the newest event first.
    ///
    /// # Errors
    /// [`RecordsError`] when they cannot be read.
    pub async fn deliveries(&self, asked: DeliveriesAsked<'_>) -> Result<Vec<DeliveryRecord>, RecordsError> {
        patiently!(on_each!(self, store => store.deliveries(&asked).await))
    }

    /// Lets an event be sent again now, beginning with its first try: to the endpoints that it has deliveries
    /// for, and to `endpoints`, without those that are switched off. Returns to how many.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be written.
    pub async fn replay(&self, event: &str, endpoints: &[String]) -> Result<u64, RecordsError> {
        patiently!(on_each!(self, store => store.replay(event, endpoints).await))
    }

    /// Switches an endpoint off, gives up the deliveries that are open for it, and writes the event `told` in
    /// the same transaction. Returns whether the endpoint was on before; if it was not, nothing is written.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be written.
    pub async fn switch_off(&self, endpoint: &str, told: &Told) -> Result<bool, RecordsError> {
        patiently!(on_each!(self, store => store.switch_off(endpoint, told).await))
    }

    /// Switches an endpoint on again. Returns whether it was off. Deliveries that were given up stay given
    /// up.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be written.
    pub async fn switch_on(&self, merchant: &str, endpoint: &str) -> Result<bool, RecordsError> {
        patiently!(on_each!(self, store => store.switch_on(merchant, endpoint).await))
    }

    /// The endpoints that are switched off.
    ///
    /// # Errors
    /// [`RecordsError`] when they cannot be read.
    pub async fn endpoints_off(&self) -> Result<Vec<EndpointOff>, RecordsError> {
        patiently!(on_each!(self, store => store.endpoints_off().await))
    }

    /// How many deliveries have not arrived.
    ///
    /// # Errors
    /// [`RecordsError`] when they cannot be counted.
    pub async fn undelivered(&self) -> Result<Undelivered, RecordsError> {
        patiently!(on_each!(self, store => store.undelivered().await))
    }
}
