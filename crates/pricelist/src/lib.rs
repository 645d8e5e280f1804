#![doc = include_str!("../README.md")]
// A new member of a closed list must be a compile error wherever it matters.
#![warn(clippy::wildcard_enum_match_arm)]

mod as_provider;
mod cells;
mod examples;
mod file;
mod grades;
mod intake;
mod language;
mod list;
mod lists;
mod mistake;
mod names;
mod pricing;
mod reading;
mod remarks;
mod search;
mod spelling;
mod template;
mod told;
mod watcher;

pub use as_provider::{PriceListProvider, Terms};
pub use cells::NotANumber;
pub use examples::Example;
pub use intake::{GoneBack, Intake, ReadSheets, Uploaded};
pub use language::Language;
pub use list::{NoPrice, PriceList, Priced};
pub use lists::{PriceLists, Refused, State, Taken, Why};
pub use mistake::{Mistake, MistakeKind, Mistakes};
pub use names::{Column, is_part};
pub use pricing::{Reason, Step, Worked};
pub use template::Template;
pub use watcher::Watcher;
