//! Sums of offers: by day, and of those that can still be redeemed.

use jiff::civil::Date;

use crate::number::count;

/// A merchant's offers of one day in UTC+8.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferDay {
    /// The merchant's id.
    pub merchant: String,
    /// The day.
    pub day: Date,
    /// Offers that were accepted on the day.
    pub accepted: u32,
    /// Their amounts together, in fen.
    pub accepted_amount: i64,
    /// Offers that were redeemed on the day and not released since.
    pub redeemed: u32,
    /// Their amounts together, in fen.
    pub redeemed_amount: i64,
}

/// The offers that can still be redeemed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outstanding {
    /// How many there are.
    pub offers: u32,
    /// Their amounts together, in fen.
    pub amount: i64,
}

/// Columns of a day, in the order of [`OfferDay`]'s fields.
pub(crate) type OfferDayColumns = (String, String, i64, i64, i64, i64);

impl OfferDay {
    /// Reads a day from its columns. `None` if the date is not readable, which no query returns.
    pub(crate) fn read(columns: OfferDayColumns) -> Option<Self> {
        let (merchant, day, accepted, accepted_amount, redeemed, redeemed_amount) = columns;
        Some(Self {
            merchant,
            day: day.parse().ok()?,
            accepted: count(accepted),
            accepted_amount,
            redeemed: count(redeemed),
            redeemed_amount,
        })
    }
}

impl Outstanding {
    /// Reads the number of offers and their sum from the columns.
    pub(crate) fn read((offers, amount): (i64, i64)) -> Self {
        Self { offers: count(offers), amount }
    }
}
