//! Sums over offers, and deliveries, for the operator and for merchants.

use domain::Moment;
use jiff::ToSpan as _;
use jiff::civil::Date;
use records::{
    DeliveriesAsked, DeliveryRecord, EndpointOff, OfferDay, Outstanding, RecordsError, Span, Undelivered,
};

use crate::{Checkout, OfferId};

impl Checkout {
    /// The offers that can still be redeemed, of one merchant or of all.
    ///
    /// # Errors
    /// [`RecordsError`] if they cannot be read.
    pub async fn outstanding(&self, merchant: Option<&str>) -> Result<Outstanding, RecordsError> {
        self.records.outstanding(merchant, self.setup().sandbox, (self.deps.clock)()).await
    }

    /// The offers by day in UTC+8 and merchant, from the day `days` - 1 days ago until today. Days without offers
    /// are left out.
    ///
    /// # Errors
    /// [`RecordsError`] if they cannot be read.
    pub async fn last_days(&self, merchant: Option<&str>, days: u32) -> Result<Vec<OfferDay>, RecordsError> {
        let today = self.deps.now().in_utc8().date();
        let first = today.saturating_sub(i64::from(days.saturating_sub(1)).days());
        let span = Span { from: span_of(first).from, to: span_of(today).to };
        self.records.offer_days(merchant, self.setup().sandbox, span).await
    }

    /// All deliveries of an offer's events.
    ///
    /// # Errors
    /// [`RecordsError`] if they cannot be read.
    pub async fn deliveries_of(&self, id: &OfferId) -> Result<Vec<DeliveryRecord>, RecordsError> {
        let asked =
            DeliveriesAsked { offer: Some(id.as_str()), most: u32::MAX, ..DeliveriesAsked::default() };
        self.records.deliveries(asked).await
    }

    /// At most `most` deliveries in the state of this name (`open`, `delivered`, `given_up`), those of the newest
    /// event first.
    ///
    /// # Errors
    /// [`RecordsError`] if they cannot be read.
    pub async fn deliveries_in(&self, state: &str, most: u32) -> Result<Vec<DeliveryRecord>, RecordsError> {
        self.records
            .deliveries(DeliveriesAsked { state: Some(state), most, ..DeliveriesAsked::default() })
            .await
    }

    /// How much has not arrived at shops' endpoints.
    ///
    /// # Errors
    /// [`RecordsError`] if it cannot be read.
    pub async fn undelivered(&self) -> Result<Undelivered, RecordsError> {
        self.records.undelivered().await
    }

    /// The endpoints that are switched off.
    ///
    /// # Errors
    /// [`RecordsError`] if they cannot be read.
    pub async fn endpoints_off(&self) -> Result<Vec<EndpointOff>, RecordsError> {
        self.records.endpoints_off().await
    }

    /// Switches an endpoint on again. Returns whether it was off.
    ///
    /// # Errors
    /// [`RecordsError`] if it cannot be written.
    pub async fn switch_on(&self, merchant: &str, endpoint: &str) -> Result<bool, RecordsError> {
        self.records.switch_on(merchant, endpoint).await
    }
}

/// The span of a day in UTC+8.
pub(crate) fn span_of(day: Date) -> Span {
    let start = |day: Date| Moment::from_utc8(day.at(0, 0, 0, 0)).map(Moment::timestamp).unwrap_or_default();
    Span { from: start(day), to: start(day.saturating_add(1.days())) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_at_midnight_in_utc8() {
        let span = span_of("2026-01-31".parse().unwrap());
        assert_eq!(span.from.to_string(), "2026-01-30T16:00:00Z");
        assert_eq!(span.to.to_string(), "2026-01-31T16:00:00Z");
    }
}
