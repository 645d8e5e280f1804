use std::sync::Arc;

use domain::{Failure, Quote, QuoteForm};

/// A row of a report: what the list said, and what came of it.
#[derive(Clone, Debug)]
pub struct ReportRow {
    /// Its number in the list's file, 1 for the first line.
    pub number: u32,
    /// What the list said, as text.
    pub form: QuoteForm,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of a row.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// It has a price.
    Priced(Arc<Quote>),
    /// It has none, and why.
    Failed(Failure),
    /// It was not asked for yet.
    Open,
}
