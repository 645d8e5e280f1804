//! The interface between the quote desk and the companies that buy devices.
//!
//! A company that quotes prices for used devices is a [`Provider`]. The desk depends on this crate and on no
//! provider's crate: on the trait, the [`Answer`] with its price, the closed list of [`Refusal`]s, and the
//! [`Capabilities`] of a provider. Protocols, credentials and file formats stay in the crate of each provider.
//! To add a provider, write such a crate, and build it in `server::partner`.
//!
//! A provider makes one attempt for each call. The desk decides whether and when a call is made or repeated,
//! since each attempt may cost quota. Therefore time is an argument ([`Attempt`]), and a refusal says what the
//! desk needs for its decision: what the refusal applies to ([`Refusal::subject`]), whether the call was sent
//! ([`Refusal::was_sent`]), and whether another attempt may bring an answer ([`Refusal::retry`]).
//!
//! A dealer that pays the same price for every device:
//!
//! ```
//! use std::time::Duration;
//!
//! use domain::{Money, Price, PriceParts, QuoteForm, QuoteRequest};
//! use futures::FutureExt;
//! use jiff::Timestamp;
//! use provider::{Answer, Attempt, Calling, Capabilities, Identity, Provider, ProviderName, Reply};
//!
//! struct OnePrice(Identity);
//!
//! impl Provider for OnePrice {
//!     fn identity(&self) -> &Identity {
//!         &self.0
//!     }
//!
//!     fn capabilities(&self) -> Capabilities {
//!         Capabilities::IN_MEMORY
//!     }
//!
//!     fn quote<'a>(&'a self, _: &'a QuoteRequest, _: Attempt) -> Calling<'a, Answer> {
//!         let parts = PriceParts {
//!             base: None,
//!             condition_discount: None,
//!             function_deduction: None,
//!             market_coefficient: None,
//!             final_price: Money::YUAN,
//!         };
//!         let answer = Answer::new(Price::new(parts));
//!         async move { Ok(Reply { value: answer, provider_time: None }) }.boxed()
//!     }
//! }
//!
//! let name = ProviderName::parse("one-price").unwrap();
//! let dealer = OnePrice(Identity { account: name.as_str().into(), name, protocol: "one-price" });
//! let device = QuoteForm {
//!     device_type: "手机".into(),
//!     brand: "苹果".into(),
//!     model: "iPhone 14 Pro".into(),
//!     storage: "256GB".into(),
//!     condition: "九成新".into(),
//!     function_status: "正常".into(),
//!     ..QuoteForm::default()
//! };
//! let attempt = Attempt { at: Timestamp::UNIX_EPOCH, timeout: Duration::from_secs(1) };
//! let reply = dealer.quote(&device.parse().unwrap(), attempt).now_or_never().unwrap().unwrap();
//! assert_eq!(reply.value.price.final_price(), Money::YUAN);
//! ```
//!
//! # Tests
//!
//! With the feature `testing`, `testing::InMemory` is a provider without a network: a test decides its next
//! answers, delays them, sets its clock, and reads which calls were made.

// A new member of a closed list must be a compile error wherever it matters.
#![warn(clippy::wildcard_enum_match_arm)]

mod answer;
mod bad_answer;
mod call;
mod capabilities;
mod grade_words;
mod identity;
mod plausible;
mod refusal;
mod refusal_meaning;
mod same_device;
#[cfg(feature = "testing")]
pub mod testing;
mod unreached;

use domain::{CatalogueItem, QuoteRequest};
use futures::FutureExt;
use futures::future::BoxFuture;

pub use answer::Answer;
pub use bad_answer::BadAnswer;
pub use call::{Attempt, CallError, CallKind, Reply, SearchRequest};
pub use capabilities::Capabilities;
pub use domain::{NotAName, ProviderName};
pub use grade_words::{GradeWords, NoGradeWord};
pub use identity::Identity;
pub use plausible::above_base;
pub use refusal::{Credential, Refusal};
pub use refusal_meaning::{Retry, Subject};
pub use same_device::{Named, may_be_public, same_device};
pub use unreached::{Cause, Unreached};

/// A call under way. Dropping it cancels the call.
pub type Calling<'a, T> = BoxFuture<'a, Result<Reply<T>, CallError>>;

/// A company that buys devices, seen from the desk: one account of it, with one protocol.
///
/// The trait is object safe: the desk holds an `Arc<dyn Provider>`.
pub trait Provider: Send + Sync {
    /// Its name, and the account that its calls are made with. It never changes: another account is another
    /// provider.
    fn identity(&self) -> &Identity;

    /// What it can do. It never changes.
    fn capabilities(&self) -> Capabilities;

    /// The name of that kind of call in the audit, in logs and in metrics.
    fn call_name(&self, call: CallKind) -> &'static str {
        call.name()
    }

    /// Whether it can be asked about the device at all. The desk makes no call about one that it does not take, and tells
    /// the caller that it is not accepted.
    fn takes(&self, device: &QuoteRequest) -> bool {
        let _ = device;
        true
    }

    /// Asks what a device is worth. Makes one attempt, which costs one call of the quota if it is sent.
    ///
    /// # Errors
    /// [`CallError`] for everything that is not a price for this device.
    fn quote<'a>(&'a self, device: &'a QuoteRequest, attempt: Attempt) -> Calling<'a, Answer>;

    /// Asks in one call what several devices are worth. Returns one answer for each device, in their order.
    /// It costs as many calls of the quota as there are devices. The desk passes between 1 and
    /// [`Capabilities::many`] devices.
    ///
    /// # Errors
    /// [`CallError`] for everything that is not one answer for each device. A provider without
    /// [`Capabilities::many`] returns [`Refusal::NotOffered`].
    fn quote_many<'a>(
        &'a self,
        devices: &'a [QuoteRequest],
        attempt: Attempt,
    ) -> Calling<'a, Vec<Result<Answer, Refusal>>> {
        let _ = (devices, attempt);
        not_offered()
    }

    /// Searches for models, with the storage and memory they come in. Makes one attempt, which costs one call
    /// of the quota if it is sent.
    ///
    /// # Errors
    /// [`CallError`] for everything that is not a list of models. A provider without [`Capabilities::search`]
    /// returns [`Refusal::NotOffered`].
    fn search<'a>(&'a self, request: &'a SearchRequest, attempt: Attempt) -> Calling<'a, Vec<CatalogueItem>> {
        let _ = (request, attempt);
        not_offered()
    }

    /// During a change of credentials: whether the second credential is the one that works, so that the
    /// operator can remove the first.
    fn next_credential_works(&self) -> bool {
        false
    }
}

fn not_offered<'a, T: Send + 'a>() -> Calling<'a, T> {
    async { Err(CallError::from(Refusal::NotOffered)) }.boxed()
}
