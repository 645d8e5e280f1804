//! Offers summed up: by day, and what they may still cost.

use jiff::civil::Date;

use crate::number::count;

/// A merchant's offers of one day in UTC+8.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferDay {
    /// The merchant's id.
    pub merchant: String,
    /// The day.
    pub day: Date,
    /// Offers that were accepted on it.
    pub accepted: u32,
    /// What these are worth, in fen.
    pub accepted_amount: i64,
    /// Offers that were redeemed on it, and were not given back.
    pub redeemed: u32,
    /// What these are worth, in fen.
    pub redeemed_amount: i64,
}

/// Offers that can still be redeemed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outstanding {
    /// How many.
    pub offers: u32,
    /// What they are worth, in fen.
    pub amount: i64,
}

/// Columns of a day, in the order of [`OfferDay`]'s fields.
pub(crate) type OfferDayColumns = (String, String, i64, i64, i64, i64);

impl OfferDay {
    /// A day; `None` where it is none, which the database never makes.
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
    /// From its columns: how many, and their sum.
    pub(crate) fn read((offers, amount): (i64, i64)) -> Self {
        Self { offers: count(offers), amount }
    }
}
