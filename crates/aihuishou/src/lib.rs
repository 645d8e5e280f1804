#![doc = include_str!("../README.md")]

mod answer;
mod as_provider;
mod canonical;
mod client;
mod devices;
mod error;
mod inquiry;
mod keys;
mod number;
mod parameters;
mod profile;
mod refusal;
mod secret;
mod several;
mod signature;
mod terms;
pub mod wire;

pub use as_provider::{Aihuishou, Terms};
pub use canonical::CanonicalString;
pub use client::{Client, Reply};
pub use devices::{Devices, NotTogether};
pub use error::{CallError, CallErrorKind};
pub use inquiry::Inquiry;
pub use number::Number;
pub use outgoing::{ClientError, Proxy, ProxyError, Route};
pub use parameters::{Parameters, timestamp};
pub use profile::{Profile, ProfileError};
pub use provider::{Attempt, BadAnswer, Cause, SearchRequest, Unreached};
pub use secret::{Account, AppSecret, EmptyCredential};
pub use signature::{Signature, sign};
