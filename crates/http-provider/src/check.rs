//! Tries a buyer's service: shapes, faults and times, one check after the other.

mod advice;
mod calls;
mod device;
mod findings;
mod language;
mod refusals;
mod run;
mod speed;
mod text;
mod trial;

pub use findings::{Cause, Check, Detail, Finding, LONGEST, Line, Times, Why};
pub use language::Language;
pub use text::Told;
pub use trial::{CALLS, Trial};
