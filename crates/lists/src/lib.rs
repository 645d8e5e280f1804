//! Device lists as work: each different device is asked for once, shoppers come first, and what is
//! known survives the process.
//!
//! A list goes round after round over the devices that nothing is known of yet. What an answer means
//! for its device and for the round is decided by functions without I/O (`round`, `several`, `doubt`).
//! See `ARCHITECTURE.md`, "The way of a device list".

mod doubt;
mod error;
mod judge;
mod progress;
mod round;
mod rounds;
mod run;
mod runner;
mod several;
mod together;
mod wait;

pub use error::ListError;
pub use progress::{Phase, Progress};
pub use records::{
    Batch, BatchId, BatchRow, BatchState, Counts, NewRow, RowCounts, RowOrder, RowOutcome, RowsAsked,
    RowsFound, Worth,
};
pub use runner::Runner;
