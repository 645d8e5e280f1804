//! How long the server waits for a client, in each phase of a connection.

use std::time::Duration;

/// How long the server waits for a client before it closes the connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeouts {
    /// For a whole request head: from the beginning of the connection, or from the first byte of a further head.
    pub head: Duration,
    /// For the first byte of a further request on a connection that is kept alive. It is longer than the 60 s of
    /// nginx and most load balancers: the side that sends requests must be the one that closes an idle connection,
    /// or it may send a request just when the server closes.
    pub keep_alive: Duration,
    /// For a request's body, beyond the time that it takes at [`Self::body_rate`], and for each part of it. Only time
    /// in which the server waits for the client counts.
    pub body: Duration,
    /// The minimum rate of a request's body after that, in bytes a second.
    pub body_rate: u32,
    /// For a client to take the next part of an answer. A stream of events that has nothing to send has no limit.
    pub write: Duration,
}

impl Default for Timeouts {
    /// Heads within 10 s; bodies within 30 s, and at 8 KiB/s after that. So the largest device list, 32 MiB, may take
    /// 69 minutes, as on a line of 64 kbit/s, and the largest form, 16 KiB, 32 s.
    fn default() -> Self {
        Self {
            head: Duration::from_secs(10),
            keep_alive: Duration::from_secs(75),
            body: Duration::from_secs(30),
            body_rate: 8 * 1024,
            write: Duration::from_secs(30),
        }
    }
}
