//! Offers in the form in which they are stored: texts, numbers and times. The crate `checkout` gives them
//! their meaning.

use jiff::Timestamp;

use crate::attempt::Span;
use crate::key::Key;
use crate::number::{instant, signed};

/// An offer and its current standing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferRecord {
    /// Its id.
    pub id: String,
    /// Its code, for people.
    pub code: String,
    /// The merchant's id.
    pub merchant: String,
    /// Whether its quote comes from a sandbox.
    pub sandbox: bool,
    /// The quote's id.
    pub quote: String,
    /// All that was accepted, as JSON.
    pub offer: String,
    /// Price and top-up together, in fen.
    pub amount: i64,
    /// When it was accepted, to the second.
    pub accepted_at: Timestamp,
    /// Its end, to the second.
    pub expires_at: Timestamp,
    /// Its current standing.
    pub standing: StandingRecord,
}

/// The changing part of an offer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StandingRecord {
    /// The state's name: `accepted`, `redeemed`, `withdrawn` or `expired`.
    pub state: String,
    /// The order that holds it, in the state `redeemed`; `None` in any other state.
    pub order_id: Option<String>,
    /// When that order redeemed it, to the second.
    pub redeemed_at: Option<Timestamp>,
    /// 1 for a new offer, and 1 more after each change.
    pub version: u64,
}

/// The result of adding an offer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Added {
    /// The offer was added, with its event.
    New,
    /// An offer with the same key or id exists already. Nothing was written.
    Known(Box<OfferRecord>),
    /// Another offer has the code. Nothing was written.
    CodeTaken,
}

/// The name by which an offer is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfferName<'a> {
    /// By its id.
    Id(&'a str),
    /// By its code.
    Code(&'a str),
    /// By the hash of what was accepted.
    Key(&'a Key),
}

/// Which offers are read, the newest first.
#[derive(Clone, Copy, Debug, Default)]
pub struct OffersAsked<'a> {
    /// Those of this merchant; `None` for all.
    pub merchant: Option<&'a str>,
    /// Those of a sandbox, or those that are not; `None` for both.
    pub sandbox: Option<bool>,
    /// Those in this state; `None` for all.
    pub state: Option<&'a str>,
    /// Those that were accepted in this span; `None` for all.
    pub accepted: Option<Span>,
    /// Those that are older than the offer with this id, the last one of the page before.
    pub after: Option<&'a str>,
    /// The most offers to read.
    pub most: u32,
}

/// Columns of an offer, as [`OFFER_COLUMNS`] names them.
pub(crate) type OfferColumns =
    (String, String, String, i64, String, String, i64, i64, i64, String, Option<String>, Option<i64>, i64);

/// The names of the columns of an offer.
pub(crate) const OFFER_COLUMNS: &str = "id, code, merchant, sandbox, quote, offer, amount, accepted_at, \
    expires_at, state, order_id, redeemed_at, version";

impl From<OfferColumns> for OfferRecord {
    fn from(columns: OfferColumns) -> Self {
        let (id, code, merchant, sandbox, quote, offer, amount, accepted_at, expires_at, ..) = columns;
        let (.., state, order_id, redeemed_at, version) = columns;
        Self {
            id,
            code,
            merchant,
            sandbox: sandbox != 0,
            quote,
            offer,
            amount,
            accepted_at: instant(accepted_at),
            expires_at: instant(expires_at),
            standing: StandingRecord {
                state,
                order_id,
                redeemed_at: redeemed_at.map(instant),
                version: version.unsigned_abs(),
            },
        }
    }
}

impl StandingRecord {
    /// The version as databases hold it.
    pub(crate) fn signed_version(&self) -> i64 {
        signed(self.version)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offer_is_read_from_its_columns() {
        let text = str::to_owned;
        let columns: OfferColumns = (
            text("of_1"),
            text("23456789"),
            text("demo"),
            1,
            text("q"),
            text("{}"),
            5,
            10,
            20,
            text("redeemed"),
            Some(text("A1")),
            Some(15),
            2,
        );
        let offer = OfferRecord::from(columns);
        assert!(offer.sandbox);
        assert_eq!(offer.expires_at, instant(20));
        assert_eq!((offer.standing.version, offer.standing.redeemed_at), (2, Some(instant(15))));
        assert_eq!(OFFER_COLUMNS.split(", ").count(), 13);
    }
}
