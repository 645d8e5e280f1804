use std::time::Duration;

use domain::{Category, PlainText};
use jiff::Timestamp;

use crate::Refusal;

/// The kinds of call that a provider takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CallKind {
    /// What one device is worth.
    Quote,
    /// What several devices are worth.
    QuoteMany,
    /// Which models there are.
    Search,
}

impl CallKind {
    /// Its name in the audit, in logs and in metrics, unless the provider has one of its own; see
    /// [`crate::Provider::call_name`].
    pub fn name(self) -> &'static str {
        match self {
            Self::Quote => "quote",
            Self::QuoteMany => "quotes",
            Self::Search => "search",
        }
    }
}

/// When an attempt is made, and how long it may take.
#[derive(Clone, Copy, Debug)]
pub struct Attempt {
    /// The time to stamp and sign with. It is corrected by the provider's clock where that is far from
    /// this machine's.
    pub at: Timestamp,
    /// The longest wait for the whole answer.
    pub timeout: Duration,
}

/// An answer, with the provider's clock.
#[derive(Clone, Debug)]
pub struct Reply<T> {
    /// What was answered.
    pub value: T,
    /// The time by the provider's clock when it answered; `None` where it did not say, or where what
    /// answered may not have been the provider itself.
    pub provider_time: Option<Timestamp>,
}

/// A call that brought no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{refusal}")]
pub struct CallError {
    /// Why.
    pub refusal: Refusal,
    /// What the provider answered with, for the audit: an HTTP status, or a code of its own; `None`
    /// where there was no answer, or no legible one.
    pub code: Option<Box<str>>,
    /// As [`Reply::provider_time`].
    pub provider_time: Option<Timestamp>,
}

impl From<Refusal> for CallError {
    /// Without a code and a clock.
    fn from(refusal: Refusal) -> Self {
        Self { refusal, code: None, provider_time: None }
    }
}

/// What to look for in the catalogue.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct SearchRequest {
    /// A model's name or a part of it; `None` asks for popular models.
    pub keyword: Option<PlainText>,
    /// Only of this category.
    pub device_type: Option<Category>,
    /// Only of this brand.
    pub brand: Option<PlainText>,
}
