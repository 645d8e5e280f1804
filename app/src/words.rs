//! All text that people read, in their language.
//!
//! The languages are one list: the files in `locales/`. A string is `td_string!(locale, group.name)`. The
//! words for a closed list are a function here that names every value, so a new value does not compile until
//! it has words in every language.

pub mod language;
pub mod strings;

mod fields;
mod models;

#[cfg(feature = "ssr")]
pub mod batch_text;
#[cfg(feature = "ssr")]
pub mod buyers;
#[cfg(feature = "ssr")]
pub mod failure;
#[cfg(feature = "ssr")]
pub mod offer_text;
#[cfg(feature = "ssr")]
pub mod offers;
#[cfg(feature = "ssr")]
pub mod price_list_text;
#[cfg(feature = "ssr")]
pub mod questions;
#[cfg(feature = "ssr")]
pub mod report;
#[cfg(feature = "ssr")]
pub mod report_cells;

#[cfg(feature = "ssr")]
mod command_line;
#[cfg(feature = "ssr")]
mod devices;
#[cfg(feature = "ssr")]
mod prices;
#[cfg(feature = "ssr")]
mod times;

pub use fields::{field, foremost, keyword_short, problem};
pub use models::{brand, device, storage};
pub use strings::Locale;
pub(crate) use strings::td_string;

#[cfg(feature = "ssr")]
pub use command_line::{choices, found_none, next_at_command_line, with_note};
#[cfg(feature = "ssr")]
pub use devices::{category, channel, fault, grade, grade_hint, repair};
#[cfg(feature = "ssr")]
pub use fields::column;
#[cfg(feature = "ssr")]
pub use prices::{left, recycle, sandbox_note, step, until, until_unknown};
#[cfg(feature = "ssr")]
pub use times::{day, time};
