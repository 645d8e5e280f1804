//! A part of a list's rows in the order asked for, and what they add up to.

use domain::Money;

use crate::list::BatchRow;
use crate::number::count;

/// What became of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowOutcome {
    /// It has a price.
    Priced,
    /// It is known to have none.
    Failed,
    /// Nothing is known yet.
    Open,
}

/// By what rows are sorted. What is not known yet comes last, and equals as in the file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RowOrder {
    /// By their number in the file.
    #[default]
    Number,
    /// By brand and model.
    Device,
    /// By price.
    Price,
}

/// Which rows of a batch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowsAsked {
    /// Only those of which this became.
    pub outcome: Option<RowOutcome>,
    /// Only those in whose brand, model, storage or condition this text stands; empty for all.
    pub text: String,
    /// By what they are sorted.
    pub order: RowOrder,
    /// Whether the last comes first.
    pub descending: bool,
    /// How many of them are passed over.
    pub skip: u32,
    /// How many are wanted at most.
    pub most: u32,
}

/// Some rows of a batch.
#[derive(Clone, Debug)]
pub struct RowsFound {
    /// The rows.
    pub rows: Vec<BatchRow>,
    /// How many there are in all, with those that are passed over or not wanted.
    pub total: u32,
}

/// Rows of a batch by what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RowCounts {
    /// Rows with a price.
    pub priced: u32,
    /// Rows that are known to have none.
    pub failed: u32,
    /// Rows that nothing is known of yet.
    pub open: u32,
}

/// What the devices of one kind, brand and grade are worth together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worth {
    /// The category's word.
    pub device_type: String,
    /// The brand.
    pub brand: String,
    /// The grade's word.
    pub condition: String,
    /// Rows that describe such a device.
    pub rows: u32,
    /// The sum of their prices.
    pub worth: Money,
}

impl RowCounts {
    /// Of so many `rows`, so many `priced` and `failed`.
    pub(crate) fn of(priced: i64, failed: i64, rows: i64) -> Self {
        Self { priced: count(priced), failed: count(failed), open: count(rows - priced - failed) }
    }
}

/// Columns of [`Worth`].
pub(crate) type WorthColumns = (String, String, String, i64, i64);

impl From<WorthColumns> for Worth {
    fn from((device_type, brand, condition, rows, fen): WorthColumns) -> Self {
        Self { device_type, brand, condition, rows: count(rows), worth: Money::from_fen(fen) }
    }
}
