//! What several instances of the server share and may lose: recent answers, the right to make a call that
//! many callers wait for, the limits on visitors, and the hint that a provider is blocked.
//!
//! [`Fleet`] is the one interface, of two kinds: in process, which shares nothing, and Redis (or Valkey). What
//! must be exact is not here but in the records. So nothing here returns an error: if Redis fails, each
//! function says that it does not know, and its caller goes on as a single instance does.
//!
//! ```
//! # async fn example() {
//! use std::time::Duration;
//!
//! use fleet::{Fleet, Joined, Key};
//! use tokio::time::Instant;
//!
//! // One instance. Several are opened with `Fleet::open`.
//! let fleet = Fleet::in_process();
//! // The key is a hash of all that the answer depends on.
//! let key = Key::new([7; 32]);
//! match fleet.join(&key, Instant::now() + Duration::from_secs(8)).await {
//!     // This instance makes the call; the others wait for what it writes.
//!     Joined::Lead(lease) => drop(lease.answer(b"4500.00", Duration::from_secs(600)).await),
//!     // Another instance made it.
//!     Joined::Answer(bytes) => println!("{} bytes", bytes.len()),
//!     // In process, or Redis failed: make the call as if there were no other instance.
//!     Joined::Alone => {}
//!     // Another instance makes it, and is not done.
//!     Joined::TimedOut => {}
//! }
//! # }
//! ```
//!
//! What holds (`tests/` has a test for each):
//! - A command waits for 50 ms where a shopper waits for it, and for 500 ms elsewhere ([`Settings`]). After a
//!   failure, no command is sent until a task in the background has found that Redis works and is quick. So a
//!   dead or slow Redis costs no quote any time. That task tries at least every two seconds.
//! - Only the holder of a lease writes the answer. One that hung for longer than its lease does not.
//! - Instances' clocks do not matter: lives are durations, and the limits use Redis's own clock.
//! - Keys are hashes, values are opaque bytes, and each has a bounded size and life.
//!
//! A user of Redis with restricted rights needs, on keys that begin with `tradein:`, the commands GET, SET,
//! DEL, PTTL, PEXPIRE, TIME, EVALSHA and SCRIPT LOAD. Sentinel and Cluster are not supported ([`FleetUrl`]).

mod answers;
mod cause;
mod circuit;
mod connect;
mod fleet;
mod health;
mod hint;
mod join;
mod key;
mod lease;
mod limit;
mod link;
mod metrics;
mod near_cache;
mod scripts;
mod settings;
#[cfg(feature = "testing")]
pub mod testing;
mod url;

pub use self::fleet::Fleet;
pub use self::url::{FleetUrl, UrlError};
pub use answers::{LARGEST_VALUE, LONGEST_LIFE};
pub use cause::{Cause, Fault};
pub use health::Health;
pub use join::Joined;
pub use key::Key;
pub use lease::Lease;
pub use limit::{Admission, Limit};
pub use settings::{Random, Settings};
