//! Tries a buyer's service: shapes, faults and times, one check after the other.

mod calls;
mod device;
mod findings;
mod refusals;
mod run;
mod speed;
mod text;
mod trial;

pub use findings::{Cause, Check, Detail, Finding, LONGEST, Line, Times, Why};
pub use text::{Language, Told};
pub use trial::{CALLS, Trial};
