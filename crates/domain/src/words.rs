//! Reads what people write about a device's functions and repairs, in Chinese and English. Form, API,
//! command line and device lists all use it.
//!
//! A text is split into clauses ([`clauses`]), and a clause into the longest known words (`lexicon`,
//! from the tables `chinese`, `english` and `parts`). `grammar` derives what these words say together.
//!
//! The browser has none of these tables: its form offers words to tap, and the server, which has the
//! feature `words`, reads every form again.

mod brackets;
#[cfg(feature = "words")]
mod chinese;
mod clause;
#[cfg(feature = "words")]
mod english;
#[cfg(feature = "words")]
mod grammar;
#[cfg(feature = "words")]
mod lexicon;
#[cfg(feature = "words")]
mod parts;
mod reading;
#[cfg(feature = "words")]
mod sense;
mod splitting;
#[cfg(feature = "words")]
mod telling;
#[cfg(all(test, feature = "words"))]
mod tests;

pub(crate) use brackets::without_unmatched_brackets;
pub(crate) use clause::Clause;
#[cfg(feature = "words")]
pub(crate) use lexicon::begins_known;
pub(crate) use reading::{is_crossed_out, read};
pub(crate) use splitting::clauses;
#[cfg(feature = "words")]
pub(crate) use telling::{
    faults_of_parts, names_a_defect, names_a_part, repair_of_parts, says_it_needs_repair, says_that_it_works,
    says_what_is_wrong,
};
