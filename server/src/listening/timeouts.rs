use std::time::Duration;

/// How long the server waits for a client before it closes the connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeouts {
    /// For a whole request head: from the connection's beginning, or from the first byte of a further head.
    pub head: Duration,
    /// For the first byte of a further request, on a connection that is kept open. It is longer than the 60 s
    /// for which nginx and most balancers keep theirs: the side that sends requests has to be the one that ends
    /// an idle connection, or it sends one just when the other closes.
    pub keep_alive: Duration,
    /// For a request's body, in addition to the time that it takes at [`Self::body_rate`]; and for each next part
    /// of the body. Only time in which the server waits for the client counts.
    pub body: Duration,
    /// The least rate of a request's body after that, in bytes a second.
    pub body_rate: u32,
    /// For a client to take a further part of an answer. An answer that has nothing to send, such as a stream of
    /// events, may rest for as long as it likes.
    pub write: Duration,
}

impl Default for Timeouts {
    /// Heads within 10 s, bodies within 30 s and at 8 KiB/s after that: the largest device list, 32 MiB, may take
    /// 69 minutes, as on a line of 64 kbit/s; a form, of 16 KiB at most, 32 s.
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
