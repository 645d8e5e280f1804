//! Quotes device lists: each different device is asked for once, shoppers come first, and results survive the
//! process.
//!
//! A list is quoted in rounds over the devices that have no result yet. Functions without I/O decide what an
//! answer means for its device and for the round (`round`, `ended`, `several`, `doubt`). See
//! `ARCHITECTURE.md`, "The way of a device list".
//!
//! ```
//! use desk::Desk;
//! use domain::QuoteForm;
//! use lists::{Followed, InstanceId, Lists, NewRow, Phase};
//!
//! /// Records a list of one device, quotes it, and waits until it has its result.
//! async fn quote_one(desk: &Desk, form: QuoteForm) -> Result<(), Box<dyn std::error::Error>> {
//!     let lists = Lists::new(desk, &"the account".into(), InstanceId::of(1));
//!     let row = NewRow::new(2, form);
//!     let id = lists.records().add_batch("one.csv", b"its fingerprint", &[row], desk.now()).await?;
//!     lists.start(id).await?;
//!     while let Followed::Runs(mut progress) = lists.follow(id).await {
//!         progress.wait_for(|now| now.phase == Phase::Ended).await?;
//!     }
//!     Ok(())
//! }
//! ```

// A new member of a closed list must be a compile error wherever it matters.
#![warn(clippy::wildcard_enum_match_arm)]

mod asked;
mod at_work;
mod compared;
mod doing;
mod doubt;
mod draft;
mod drafts;
mod each_to_best;
mod ended;
mod error;
mod further;
mod intake;
mod judge;
mod lease;
mod lists;
mod looking;
mod models;
mod progress;
mod questions;
mod report;
mod resolved;
mod round;
mod rounds;
mod run;
mod runner;
mod seal;
mod several;
mod side;
mod side_by_side;
mod take_up;
mod times;
mod together;
mod wait;

pub use asked::ask_all;
pub use at_work::AtWork;
pub use compared::{ComparedRow, compared_rows};
pub use draft::{Draft, Fingerprint, company, list_name, new_rows};
pub use drafts::Drafts;
pub use each_to_best::{EachToBest, each_to_best};
pub use error::ListError;
pub use lists::{Followed, Lists};
pub use models::{LookUp, NameCounts, Search};
pub use progress::{Phase, Progress, ProviderProgress};
pub use questions::{recall_answers, record, remarks, remember_answers};
pub use records::{
    Batch, BatchId, BatchRow, BatchState, Counts, InstanceId, NewRow, ProviderCounts, ProviderTotal,
    RowCounts, RowOrder, RowOutcome, RowsAsked, RowsFound, Worth,
};
pub use report::{Format, ReportError, Written, write_report};
pub use resolved::Resolved;
pub use runner::Runner;
pub use seal::Seal;
pub use times::Times;
