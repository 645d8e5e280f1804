#![doc = include_str!("../README.md")]

mod answer;
mod brand;
mod canonical;
mod client;
mod connections;
mod devices;
mod error;
mod inquiry;
mod model_name;
mod names;
mod number;
mod parameters;
mod profile;
mod proxy;
mod same_device;
mod secret;
mod several;
mod signature;
mod storage;
mod terms;
mod unreached;
pub mod wire;

pub use canonical::CanonicalString;
pub use client::{Attempt, Client, Reply, SearchRequest};
pub use connections::{ClientError, Route};
pub use devices::{Devices, NotTogether};
pub use error::{BadAnswer, CallError, CallErrorKind, Healing};
pub use inquiry::Inquiry;
pub use number::Number;
pub use parameters::{Parameters, timestamp};
pub use profile::{Profile, ProfileError};
pub use proxy::{Proxy, ProxyError};
pub use secret::{Account, AppSecret, EmptyCredential};
pub use signature::{Signature, sign};
pub use unreached::{Cause, Unreached};
