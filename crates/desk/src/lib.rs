//! The quote desk: the only place that decides whether a provider is called.
//!
//! A request goes one way: cache, then a call already under way for the same device, then
//! the provider, within a deadline, the day's quota and its places; the answer is recorded,
//! cached and given to all who asked. Where there is none, an older quote that still holds
//! stands in. See `ARCHITECTURE.md`, "The way of a quote".

mod activity;
mod admission;
mod ask;
mod ask_error;
mod attempt;
mod audit;
mod batch;
mod breaker;
mod call_context;
mod clock;
mod coefficients;
mod concurrency_limiter;
mod day_quota;
mod deletion;
mod desk;
mod entry;
mod examine;
mod finding;

mod health;
mod history;
mod journal;
mod key;
mod latch;
mod meters;
mod odd;
mod outcome;
mod partner;
mod pricing;
mod question;
mod quota;
mod reach;
mod records;
mod refresh;
mod retry;
mod searches;
mod settings;
mod shopper;
mod single_flight;
mod state;
mod ttl_cache;
mod writer;

pub use activity::{Activity, Hour, Latency};
pub use ask_error::AskError;
pub use audit::{AttemptRecord, Span};
pub use batch::{
    Batch, BatchError, BatchId, BatchRow, BatchState, Counts, NewRow, Phase, Progress, RowCounts, RowOrder,
    RowOutcome, RowsAsked, RowsFound, Worth,
};
pub use deletion::Due;
pub use desk::Desk;
pub use examine::Examination;

pub use history::{Model, PriceOfDay};
pub use reach::NotReached;
pub use records::{BackupError, Records, RecordsError, Restored};
pub use retry::connect_within;
pub use settings::{Deps, Settings};
pub use state::State;
