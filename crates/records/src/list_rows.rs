//! A part of a list's rows in the requested order, and sums over them.

use domain::Money;

use crate::list::BatchRow;
use crate::number::count;

/// The result of a row. With several providers, it has a price if one of them gives one; without one, it is that of the
/// main provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowOutcome {
    /// It has a price.
    Priced,
    /// It has no price before a question about it is answered.
    Waiting,
    /// It is known that there is no price for it, for another reason.
    Failed,
    /// It has no result yet.
    Open,
}

/// How rows are sorted. Rows without a value come last, and rows with equal values keep the order of the
/// file.
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

/// Selects rows of a batch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowsAsked {
    /// Only rows with this result.
    pub outcome: Option<RowOutcome>,
    /// Only rows with this text in brand, model, storage or condition; empty for all.
    pub text: String,
    /// How they are sorted.
    pub order: RowOrder,
    /// Whether the order is reversed.
    pub descending: bool,
    /// How many rows are skipped at the beginning.
    pub skip: u32,
    /// How many rows are returned at most.
    pub most: u32,
}

/// Some rows of a batch.
#[derive(Clone, Debug)]
pub struct RowsFound {
    /// The rows.
    pub rows: Vec<BatchRow>,
    /// The number of all selected rows, including those that were skipped or not returned.
    pub total: u32,
}

/// The number of a batch's rows by result.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RowCounts {
    /// Rows with a price.
    pub priced: u32,
    /// Rows without a price because a question about them has no answer yet.
    pub waiting: u32,
    /// Rows for which it is known that there is no price, for another reason.
    pub failed: u32,
    /// Rows without a result yet.
    pub open: u32,
}

/// The value of all devices of one kind, brand and grade together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worth {
    /// The category's word.
    pub device_type: String,
    /// The brand.
    pub brand: String,
    /// The grade's word.
    pub condition: String,
    /// How many rows describe such a device.
    pub rows: u32,
    /// The sum of their prices.
    pub worth: Money,
}

impl RowCounts {
    /// The counts, given the number of all rows, of those with a price, and of those that are known to have none, of which
    /// some wait for an answer.
    pub(crate) fn of((priced, unpriced, waiting, rows): (i64, i64, i64, i64)) -> Self {
        let (failed, open) = (unpriced - waiting, rows - priced - unpriced);
        Self { priced: count(priced), waiting: count(waiting), failed: count(failed), open: count(open) }
    }
}

/// Columns of [`Worth`].
pub(crate) type WorthColumns = (String, String, String, i64, i64);

impl From<WorthColumns> for Worth {
    fn from((device_type, brand, condition, rows, fen): WorthColumns) -> Self {
        Self { device_type, brand, condition, rows: count(rows), worth: Money::from_fen(fen) }
    }
}
