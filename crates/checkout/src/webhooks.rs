//! Webhooks by Standard Webhooks 1.0.0, without the sending itself: what is sent, how it is signed, to which
//! addresses it may go, and when it is tried again.

mod address;
mod event;
mod schedule;

pub use address::{Allowed, Forbidden, check_address};
pub use event::Event;
pub use schedule::{Answer, Next, TRIES, after_try};
pub use webhook_signing::{NoSecret, NotASecret, SignedHeaders, WebhookSecret};
