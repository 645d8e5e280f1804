//! Sends the events of merchants to their endpoints.
//!
//! The outbox is in the records: an event is written with its deliveries, and stays until each is settled. So a
//! process that is killed between an acceptance and its webhook sends it after the next start. Each endpoint has
//! two lanes of its own, one for fresh deliveries and one for repeated ones: a slow endpoint delays no other one,
//! and repeated deliveries delay no fresh ones.
//!
//! Of several instances, one sends a delivery at a time: it takes the delivery for a while in the records, and all
//! instances together have as many tries under way at an endpoint as a single one would have.

mod hook;
mod lane;
mod names;
mod post;
mod sender;

pub(crate) use hook::hooks;
pub use names::Names;
pub use sender::Sender;
