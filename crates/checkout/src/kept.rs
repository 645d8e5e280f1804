use domain::Moment;
use records::{OfferRecord, StandingRecord};

use crate::{CheckoutError, Offer, OrderId, Standing, State};

/// An offer and its current standing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The offer.
    pub offer: Offer,
    /// Its current standing.
    pub standing: Standing,
}

impl Kept {
    /// Reads an offer from its record.
    pub(crate) fn read(record: OfferRecord) -> Result<Self, CheckoutError> {
        let offer = serde_json::from_str::<Offer>(&record.offer).ok();
        let standing = read_standing(record.standing);
        match offer.zip(standing) {
            Some((offer, standing)) if offer.id().as_str() == record.id => Ok(Self { offer, standing }),
            _ => Err(CheckoutError::Garbled(record.id)),
        }
    }

    /// The record of the offer.
    pub(crate) fn record(&self) -> OfferRecord {
        let offer = &self.offer;
        OfferRecord {
            id: offer.id().to_string(),
            code: offer.code().to_string(),
            merchant: offer.merchant().to_owned(),
            sandbox: offer.sandbox(),
            quote: offer.quote().id.as_str().to_owned(),
            offer: serde_json::to_string(offer).expect("texts and numbers are JSON"),
            amount: offer.credit().amount().amount.fen(),
            accepted_at: offer.accepted_at().timestamp(),
            expires_at: offer.expires_at().timestamp(),
            standing: standing_record(&self.standing),
        }
    }

    /// Whether the offer's end has come at `now`, although its state still is `accepted`.
    pub(crate) fn is_over(&self, now: Moment) -> bool {
        self.standing.state == State::Accepted && self.offer.ended(now)
    }
}

/// The record of a standing.
pub(crate) fn standing_record(standing: &Standing) -> StandingRecord {
    let state = &standing.state;
    StandingRecord {
        state: state.code().to_owned(),
        order_id: state.order_id().map(OrderId::to_string),
        redeemed_at: state.redeemed_at().map(Moment::timestamp),
        version: standing.version,
    }
}

fn read_standing(record: StandingRecord) -> Option<Standing> {
    let order_id = record.order_id.map(OrderId::try_from).transpose().ok()?;
    let state = State::restore(&record.state, order_id, record.redeemed_at.map(Moment::new)).ok()?;
    Some(Standing { state, version: record.version })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples;

    #[test]
    fn an_offer_is_read_back_as_it_was_kept_in_each_state() {
        let redeemed = State::Redeemed { order_id: OrderId::parse("A1").unwrap(), at: samples::moment(5) };
        for state in [State::Accepted, redeemed, State::Withdrawn, State::Expired] {
            let kept = Kept { offer: samples::offer(), standing: Standing { state, version: 7 } };
            assert_eq!(Kept::read(kept.record()).unwrap(), kept);
        }
    }

    #[test]
    fn a_record_that_is_no_offer_is_named_by_its_id() {
        let record = Kept { offer: samples::offer(), standing: Standing::NEW }.record();
        let mut others = [record.clone(), record.clone(), record.clone()];
        others[0].offer = "{}".into();
        others[1].id = "of_2".into();
        others[2].standing.state = "redeemed".into();
        for other in others {
            let error = Kept::read(other.clone()).unwrap_err();
            assert!(matches!(error, CheckoutError::Garbled(id) if id == other.id));
        }
    }
}
