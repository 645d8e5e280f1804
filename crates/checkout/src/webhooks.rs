//! Webhooks by Standard Webhooks 1.0.0, without the sending itself: what is sent, how it is signed, to which
//! addresses it may go, and when it is tried again.

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
