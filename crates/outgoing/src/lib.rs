//! Calls to providers over HTTP.
//!
//! [`Connections::send`] makes one request and receives its whole answer: no redirect is followed, no proxy is
//! taken from the environment, nothing is repeated, and an answer over 1 MiB is refused (decision 19 of the
//! partner's protocol). What an answer means is decided by the crate of the provider.

mod connections;
mod exchange;
mod loopback;
mod names;
mod proxy;
mod quiet;
mod unreached;

pub use connections::{ClientError, Connections, Route};
pub use exchange::{Body, LONGEST_ANSWER, NoAnswer, Received};
pub use loopback::is_loopback;
pub use proxy::{Proxy, ProxyError};
pub use quiet::quiet;
