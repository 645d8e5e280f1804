//! The quote desk: the only place that decides whether the partner is called.
//!
//! A request goes one way: cache, then a call already under way for the same device, then
//! the partner; the answer is recorded, cached and given to all who asked. See
//! `ARCHITECTURE.md`, "The way of a quote".

mod cache;
mod coalesce;
mod desk;
mod key;
mod outcome;
mod records;

pub use desk::{Desk, Settings, Surroundings};
pub use records::{Records, RecordsError};
