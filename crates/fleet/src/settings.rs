//! How long commands to Redis may take, and how long a lease lives.

use std::sync::Arc;
use std::time::Duration;

/// 128 random bits, good enough for tokens that cannot be guessed.
pub type Random = Arc<dyn Fn() -> u128 + Send + Sync>;

/// Times, all in real time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// How long a command may take that a shopper waits for. Redis counts as working only while it answers
    /// within this time.
    pub quick: Duration,
    /// How long any other command may take. Opening a connection may take twice as long.
    pub patient: Duration,
    /// The life of a lease. Its holder renews it after a third of that; after a holder's end, another one
    /// takes over when it is over.
    pub lease: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            quick: Duration::from_millis(50),
            patient: Duration::from_millis(500),
            lease: Duration::from_secs(3),
        }
    }
}
