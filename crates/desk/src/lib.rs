//! The quote desk: the only place that decides whether the partner is called.
//!
//! A request goes one way: cache, then a call already under way for the same device, then
//! the partner, within a deadline, the day's quota and five places; the answer is recorded,
//! cached and given to all who asked. Where there is none, an older quote that still holds
//! stands in. See `ARCHITECTURE.md`, "The way of a quote".

mod admission;
mod ask_error;
mod attempt;
mod batch;
mod breaker;
mod cache;
mod clock;
mod coalesce;
mod coefficients;
mod deletion;
mod desk;
mod examine;
mod finding;
mod gate;
mod health;
mod journal;
mod key;
mod keys;
mod latch;
mod meters;
mod odd;
mod outcome;
mod partner;
mod pricing;
mod purpose;
mod quota;
mod reach;
mod refresh;
mod retry;
mod settings;
mod shopper;
mod state;
mod writer;

pub use ask_error::AskError;
pub use batch::{BatchError, Phase, Progress};
pub use deletion::Due;
pub use desk::Desk;
pub use examine::Examination;
pub use reach::NotReached;
pub use records::{
    Activity, AttemptRecord, BackupError, Batch, BatchId, BatchRow, BatchState, Counts, Hour, Latency, Model,
    NewRow, PriceOfDay, Records, RecordsError, Restored, RowCounts, RowOrder, RowOutcome, RowsAsked,
    RowsFound, Span, Worth,
};
pub use retry::connect_within;
pub use settings::{Settings, Surroundings};
pub use state::State;
