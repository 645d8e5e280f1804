//! Tries a buyer's service: shapes, faults and times, one check after the other.

mod advice;
mod answers;
mod checks;
mod condition;
mod device;
mod findings;
mod language;
mod many;
mod price;
mod refusal_words;
mod refusals;
mod run;
mod search;
mod speed;
mod text;
mod titles;
mod trial;

pub use checks::Check;
pub use findings::{Cause, Detail, Finding, LONGEST, Line, Times, Why};
pub use language::Language;
pub use text::Told;
pub use trial::{About, CALLS, PATIENCE, Trial};
