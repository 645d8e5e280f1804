//! The trade's vocabulary: device, grade, request, quote, money, failures.
//!
//! This crate depends on no other crate of the workspace, does no I/O, and reads neither a clock nor
//! random numbers: time is an argument. It builds for the browser as well as for the server.
//!
//! What a person types is a [`QuoteForm`]. Parsing it returns a [`QuoteRequest`], which is always valid,
//! or a [`Failure`] with every invalid field:
//!
//! ```
//! use domain::{Failure, Field, QuoteForm};
//!
//! let form = QuoteForm {
//!     device_type: "手机".into(),
//!     brand: "苹果".into(),
//!     model: "iPhone 14 Pro".into(),
//!     storage: "256GB".into(),
//!     condition: "九成新".into(),
//!     function_status: "正常".into(),
//!     ..QuoteForm::default()
//! };
//! assert!(form.parse().is_ok());
//!
//! let Err(Failure::InvalidInput { fields }) = QuoteForm::default().parse() else { panic!() };
//! assert!(fields.iter().any(|error| error.field == Field::Model));
//! ```
//!
//! The feature `words` (on by default) adds the tables of words for free text in Chinese and English, and
//! the removal of personal data. The browser's half is built without it: its form offers words to tap,
//! and the server parses every form again.
//!
//! The files of types such as [`Fault`] and [`RepairHistory`] do not use these tables. Each type is parsed
//! in a file `reading` of its own, because the tables use the lists that the types are made of.

// A new member of a closed list must be a compile error wherever it matters.
#![warn(clippy::wildcard_enum_match_arm)]

mod bounded;
mod catalogue;
mod category;
mod comparison;
mod decimals;
mod device;
mod failure;
mod fault;
mod fault_kind;
mod field;
mod form;
mod function_status;
mod grade;
mod moment;
mod money;
mod plain_text;
mod price;
mod problem;
mod provider_name;
mod purchase_channel;
mod quote;
mod quote_id;
mod recycle;
mod redaction;
mod repair_history;
mod repair_kind;
mod request;
mod terms;
#[cfg(feature = "words")]
mod understanding;
mod ways;
mod width;
mod words;

pub use bounded::bounded;
pub use catalogue::{CatalogueItem, shorter_names};
pub use category::{Category, Features, StorageIs};
pub use comparison::{Comparison, RefusedBy};
pub use decimals::{Distance, Ratio, Score};
pub use device::Device;
pub use failure::{Failure, NotAccepted};
pub use fault::Fault;
pub use fault_kind::FaultKind;
pub use field::{Field, FieldError};
pub use form::QuoteForm;
pub use function_status::FunctionStatus;
pub use grade::Grade;
pub use moment::{Moment, UTC8};
pub use money::Money;
pub use plain_text::PlainText;
pub use price::{Label, LabelledStep, Price, PriceParts, PriceStep, StepKind};
pub use problem::Problem;
pub use provider_name::{NotAName, ProviderName};
pub use purchase_channel::{ChannelKind, PurchaseChannel};
pub use quote::{Quote, Source};
pub use quote_id::QuoteId;
pub use recycle::{RecycleKind, RecycleOption};
pub use redaction::redacted;
pub use repair_history::{Repair, RepairHistory};
pub use repair_kind::RepairKind;
pub use request::{Change, QuoteRequest};
pub use terms::Term;
#[cfg(feature = "words")]
pub use understanding::{
    Answered, Brand, Choice, KnownModels, ModelName, Models, Naming, NoDevice, Question, Resolver,
    Understood, Why, Written, candidates, choice, is_a_code, is_of_one_thing, model_key, names_an_extra,
    names_one_part, no_device, read_answer, read_form, series, tells_a_fault, tidied, told_by, trades_word,
    understand,
};
pub use width::half_width;
