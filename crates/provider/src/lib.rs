//! What the quote desk asks of a company that buys devices.
//!
//! A company that quotes prices for used devices is a [`Provider`]. The desk knows only this crate:
//! the trait, the [`Answer`] with its price, the closed list of [`Refusal`]s, and what a provider can
//! do ([`Capabilities`]). Protocols, credentials and file formats stay in the crate of each provider.
//! A further provider is one such crate and one line where the server builds them.
//!
//! A provider makes one attempt for each call. Whether a call is made, when, and whether it is made
//! again is decided by the desk, since each attempt may cost quota. So time is an argument
//! ([`Attempt`]), and a refusal says what the desk has to know for its decision: what it applies to
//! ([`Refusal::subject`]), whether the call was sent ([`Refusal::was_sent`]), and whether another
//! attempt may bring an answer ([`Refusal::retry`]).
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
//! With the feature `testing`, `testing::InMemory` is a provider without a network: a test says what
//! it answers next, holds its answers back, sets its clock, and reads which calls were made.

mod answer;
mod bad_answer;
mod call;
mod capabilities;
mod identity;
mod refusal;
mod refusal_meaning;
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
pub use identity::{Identity, NotAName, ProviderName};
pub use refusal::{Credential, Refusal};
pub use refusal_meaning::{Retry, Subject};
pub use unreached::{Cause, Unreached};

/// A call under way. Dropping it gives the call up.
pub type Calling<'a, T> = BoxFuture<'a, Result<Reply<T>, CallError>>;

/// A company that buys devices, as the desk asks it: one account of it, by one protocol.
///
/// The trait is object safe: the desk holds an `Arc<dyn Provider>`.
pub trait Provider: Send + Sync {
    /// Its name, and the account that its calls are made for. It never changes: another account is
    /// another provider.
    fn identity(&self) -> &Identity;

    /// What it can do. It never changes.
    fn capabilities(&self) -> Capabilities;

    /// What a call of that kind is called in the audit, in logs and in metrics.
    fn call_name(&self, call: CallKind) -> &'static str {
        call.name()
    }

    /// Asks what a device is worth. One attempt, which costs one call of the quota if it is sent.
    ///
    /// # Errors
    /// [`CallError`] for everything that is not a price for this device.
    fn quote<'a>(&'a self, device: &'a QuoteRequest, attempt: Attempt) -> Calling<'a, Answer>;

    /// Asks what several devices are worth, in one call: as many answers as devices, in their order.
    /// It costs as many calls of the quota as there are devices. The desk asks for between 1 and
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

    /// Looks models up, with the storage and memory they come in. One attempt, which costs one call
    /// of the quota if it is sent.
    ///
    /// # Errors
    /// [`CallError`] for everything that is not a list of models. A provider without
    /// [`Capabilities::search`] returns [`Refusal::NotOffered`].
    fn search<'a>(&'a self, request: &'a SearchRequest, attempt: Attempt) -> Calling<'a, Vec<CatalogueItem>> {
        let _ = (request, attempt);
        not_offered()
    }

    /// Whether the second credential of a rotation is the one that works, so that an operator can
    /// drop the first.
    fn next_credential_works(&self) -> bool {
        false
    }
}

fn not_offered<'a, T: Send + 'a>() -> Calling<'a, T> {
    async { Err(CallError::from(Refusal::NotOffered)) }.boxed()
}
