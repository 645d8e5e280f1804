use std::time::Duration;

use domain::{Category, PlainText};
use jiff::Timestamp;

use crate::Refusal;

/// The kinds of calls to a provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CallKind {
    /// Asks what one device is worth.
    Quote,
    /// Asks what several devices are worth.
    QuoteMany,
    /// Asks which models there are.
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
    /// The time in the call's stamp and signature. It is corrected by the provider's clock where that differs
    /// much from this machine's.
    pub at: Timestamp,
    /// The longest wait for the whole answer.
    pub timeout: Duration,
}

/// An answer, and the provider's time.
#[derive(Clone, Debug)]
pub struct Reply<T> {
    /// What was answered.
    pub value: T,
    /// The provider's time of the answer; `None` if the answer had none, or may have come from something
    /// other than the provider.
    pub provider_time: Option<Timestamp>,
}

/// Why a call brought no usable answer, with what the provider sent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{refusal}")]
pub struct CallError {
    /// The reason.
    pub refusal: Refusal,
    /// The code in the provider's answer, for the audit: an HTTP status, or a code of its own. `None` if
    /// there was no readable answer.
    pub code: Option<Box<str>>,
    /// As [`Reply::provider_time`].
    pub provider_time: Option<Timestamp>,
}

impl From<Refusal> for CallError {
    /// An error without a code and without the provider's time.
    fn from(refusal: Refusal) -> Self {
        Self { refusal, code: None, provider_time: None }
    }
}

/// A search in the provider's catalogue.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct SearchRequest {
    /// A model's name or a part of it; `None` asks for popular models.
    pub keyword: Option<PlainText>,
    /// Only of this category.
    pub device_type: Option<Category>,
    /// Only of this brand.
    pub brand: Option<PlainText>,
}
