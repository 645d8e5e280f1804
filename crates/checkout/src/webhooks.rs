//! Webhooks by Standard Webhooks 1.0.0, as far as no socket is needed: what is sent, how it is signed,
//! to which addresses, and when it is tried again.

mod address;
mod event;
mod schedule;
mod secret;
mod signature;

pub use address::{Allowed, Forbidden, check_address};
pub use event::Event;
pub use schedule::{Answer, Next, TRIES, after_try};
pub use secret::{NotASecret, WebhookSecret};
pub use signature::{NoSecret, SignedHeaders};
