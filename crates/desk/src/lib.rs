//! The quote desk: the only place that decides whether a provider is called.
//!
//! A request is answered from the first of these that can: the cache, a call already under way for the same
//! device, or a new call to the provider. A new call has a deadline and needs a permit and a part of the
//! day's quota. Its answer is recorded, cached and given to all callers who asked for it. If there is no
//! answer, an older quote that is still valid is given instead. See `ARCHITECTURE.md`, "The way of a quote".
//!
//! ```
//! use std::sync::Arc;
//! use std::time::Duration;
//!
//! use desk::{Deps, Desk, InstanceId, Records, Settings};
//! use domain::{Money, QuoteForm, Source};
//! use jiff::Timestamp;
//! use provider::Capabilities;
//! use provider::testing::InMemory;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let dealer = Arc::new(InMemory::new("dealer", Capabilities::IN_MEMORY, Money::YUAN)?);
//! let records = Records::at("sqlite::memory:")?;
//! let deps = Deps {
//!     clock: Arc::new(|| Timestamp::UNIX_EPOCH),
//!     uptime: Arc::new(|| Duration::ZERO),
//!     random: Arc::new(|| 7),
//!     instance: InstanceId::of(7),
//! };
//! let desk = Desk::new(dealer.clone(), records, Settings::default(), deps);
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
//! let first = desk.quote(form.parse().map_err(|_| "the form is valid")?).await?;
//! let again = desk.quote(form.parse().map_err(|_| "the form is valid")?).await?;
//! assert_eq!((first.source, again.source), (Source::Partner, Source::Cache));
//! assert_eq!(dealer.calls().len(), 1);
//! # Ok(())
//! # }
//! ```

// A new member of a closed list must be a compile error wherever it matters.
#![warn(clippy::wildcard_enum_match_arm)]

mod admission;
mod advance;
mod answer;
mod ask;
mod ask_error;
mod attempt;
mod breaker;
mod call_context;
mod clock;
mod coefficients;
mod common;
mod comparing;
mod concurrency_limiter;
mod day_quota;
mod deletion;
mod demand;
mod desk;
mod desks;
mod examine;
mod failure_subject;
mod fetch_search;
mod finding;
mod health;
mod hints;
mod history;
mod in_memory;
mod inner;
mod journal;
mod keeping;
mod key;
mod latch;
mod many;
mod metrics;
mod models;
mod odd;
mod outcome;
mod partner;
mod place;
mod place_count;
mod places;
mod popular;
mod presence;
mod pricing;
mod question;
mod quota;
mod quoter;
mod reach;
mod refresh;
mod refused;
mod retry;
mod selected;
mod settings;
mod share;
mod shared_answer;
mod shared_call;
mod shared_search;
mod shopper;
mod single_flight;
mod state;
mod ttl_cache;
mod wins;
mod writer;

pub use answer::Priced;
pub use ask_error::AskError;
pub use call_context::{LeaseEnd, Turn};
pub use common::Common;
pub use deletion::Due;
pub use desk::Desk;
pub use desks::Desks;
pub use examine::Examination;
pub use many::{Claim, Claimed, InFlight};
pub use quoter::Quoter;
pub use reach::NotReached;
pub use records::{
    Activity, AttemptRecord, BackupError, Hour, InstanceId, Latency, Model, PriceOfDay, Records,
    RecordsError, Restored, Span,
};
pub use retry::connect_within;
pub use selected::Selected;
pub use settings::{Deps, Settings};
pub use state::State;
pub use wins::Counts;
