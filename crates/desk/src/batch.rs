//! A company's device list: each different device is asked for once, shoppers come first,
//! and what is known survives the process.

mod doubt;
mod judge;
mod price;
mod run;
mod store;
mod together;
mod view;
mod wait;

use std::sync::Arc;

use domain::{Failure, Moment, Quote, QuoteForm, QuoteRequest};

pub use run::BatchError;
pub use view::{RowCounts, RowOrder, RowOutcome, RowsAsked, RowsFound, Worth};

/// A batch's number, in the order in which they came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BatchId(pub i64);

/// A row of a list that is to become a batch.
#[derive(Clone, Debug)]
pub struct NewRow {
    /// Its number in the file, 1 for the first line; each occurs once.
    pub number: u32,
    /// What it says.
    pub form: QuoteForm,
    /// What that means, or what is wrong with it.
    pub request: Result<QuoteRequest, Failure>,
}

/// How a batch stands with those who run it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BatchState {
    /// The server quotes it, also after a restart.
    Open,
    /// It stands still, unless somebody runs it at the command line.
    Paused,
    /// Somebody stopped it for good.
    Cancelled,
    /// All is known that can be.
    Done,
}

/// A batch.
#[derive(Clone, Debug)]
pub struct Batch {
    /// Its number.
    pub id: BatchId,
    /// The file's name.
    pub name: String,
    /// When it came.
    pub created_at: Moment,
    /// How it stands.
    pub state: BatchState,
    /// How far it has come.
    pub counts: Counts,
}

/// How far a batch has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Rows, good and bad.
    pub rows: u32,
    /// Rows that describe no device, so that nothing can be asked for them.
    pub bad_rows: u32,
    /// Different devices.
    pub devices: u32,
    /// Devices that have a price.
    pub priced: u32,
    /// Devices that are known to have none.
    pub failed: u32,
}

impl Counts {
    /// Devices that nothing is known of yet.
    pub fn open(&self) -> u32 {
        self.devices.saturating_sub(self.priced + self.failed)
    }
}

/// What a running batch is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// It asks for prices.
    Asking,
    /// The calls that are not kept for shoppers are used up: it goes on by itself then.
    WaitsForQuota {
        /// When the quota resets.
        until: Moment,
    },
    /// The partner does not answer: it tries again by itself then.
    WaitsForPartner {
        /// When it tries again.
        until: Moment,
    },
    /// Nothing is left to do, or it was told to stop.
    Ended,
}

/// How far a running batch has come, and what it is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// How far it has come.
    pub counts: Counts,
    /// What it is doing.
    pub phase: Phase,
}

/// A row of a batch, with what is known of it.
#[derive(Clone, Debug)]
pub struct BatchRow {
    /// Its number in the file.
    pub number: u32,
    /// What it says.
    pub form: QuoteForm,
    /// What is known; `None` as long as nothing is.
    pub answer: Option<Result<Arc<Quote>, Failure>>,
}
