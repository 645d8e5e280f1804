//! Reports: the result of a list as a workbook, as CSV or as lines of JSON.

mod asked;
mod buyers;
mod columns;
mod formats;
mod lines;
mod remarks;
mod summary;
mod words;
mod workbook;

use std::sync::Arc;

use domain::{Failure, ProviderName, Quote, QuoteForm};

pub use asked::questions_csv;
pub use lines::{csv, harmless, json_lines};
pub use remarks::Remarks;
pub use words::{ReportLanguage, Word};
pub use workbook::xlsx;

/// A row of a report: a row of the list and its result.
#[derive(Clone, Debug)]
pub struct ReportRow {
    /// Its number in the list's file, 1 for the first line.
    pub number: u32,
    /// What was understood of the list's cells, as text.
    pub form: QuoteForm,
    /// The name of the model as the list has it, if it is another one.
    pub written_model: Option<String>,
    /// Its result. With several buyers, the best price.
    pub outcome: Outcome,
    /// The result of each buyer, in the order of the settings: the same buyers in all rows. Empty if only one is asked.
    pub buyers: Vec<(ProviderName, Outcome)>,
}

/// The result of a row.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// It has a price.
    Priced(Arc<Quote>),
    /// It has no price before the questions about it are answered. Until then, it is invalid in this way.
    Waiting(Failure),
    /// It has no price, for this reason.
    Failed(Failure),
    /// No price was asked for yet.
    Open,
}

/// Why a report cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The workbook cannot be made.
    #[error("the workbook cannot be made: {0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// Text with delimiters cannot be written.
    #[error("the report cannot be written: {0}")]
    Csv(#[from] csv::Error),
    /// JSON cannot be written.
    #[error("the report cannot be written: {0}")]
    Json(#[from] serde_json::Error),
    /// It cannot be written.
    #[error("the report cannot be written: {0}")]
    Write(#[from] std::io::Error),
}
