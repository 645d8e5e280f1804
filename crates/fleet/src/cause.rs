//! Why Redis does not work, as far as an operator can act on it.

use std::fmt;
use std::time::Duration;

use prometheus_client::encoding::EncodeLabelValue;
use redis::{ErrorKind, RedisError, ServerErrorKind};

/// Why Redis does not work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cause {
    /// No connection, or it was closed; with TLS also a certificate that is not trusted.
    Unreachable,
    /// It rejects the user or the password, or the user has too few rights.
    Password,
    /// What answers there is not Redis.
    NotRedis,
    /// It is full, and removes nothing (`maxmemory` with `noeviction`).
    OutOfMemory,
    /// It accepts no writes: a replica, or one that cannot save to its disk.
    ReadOnly,
    /// It did not answer in time.
    Slow,
    /// It refuses commands for another reason, which the text of the [`Fault`] has: it is loading, it has no
    /// database of that number, it is part of a cluster.
    Failing,
}

impl Cause {
    /// Its name, for `/readyz`, metrics and logs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable",
            Self::Password => "password",
            Self::NotRedis => "not_redis",
            Self::OutOfMemory => "out_of_memory",
            Self::ReadOnly => "read_only",
            Self::Slow => "slow",
            Self::Failing => "failing",
        }
    }

    fn of(error: &RedisError) -> Self {
        match error.kind() {
            ErrorKind::AuthenticationFailed | ErrorKind::Server(ServerErrorKind::NoPerm) => Self::Password,
            ErrorKind::Parse | ErrorKind::UnexpectedReturnType => Self::NotRedis,
            ErrorKind::Io if error.is_timeout() => Self::Slow,
            ErrorKind::Io => Self::Unreachable,
            ErrorKind::Server(ServerErrorKind::ReadOnly) => Self::ReadOnly,
            _ => match error.code() {
                Some("OOM") => Self::OutOfMemory,
                Some("NOAUTH" | "WRONGPASS") => Self::Password,
                Some("MISCONF") => Self::ReadOnly,
                _ => Self::Failing,
            },
        }
    }
}

impl EncodeLabelValue for Cause {
    fn encode(
        &self,
        encoder: &mut prometheus_client::encoding::LabelValueEncoder<'_>,
    ) -> Result<(), fmt::Error> {
        self.name().encode(encoder)
    }
}

/// One failure of Redis: its cause, and what was said. It contains no password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The cause.
    pub cause: Cause,
    /// What was said, for the log.
    pub text: String,
}

impl Fault {
    /// No answer within that time.
    pub(crate) fn slow(limit: Duration) -> Self {
        Self { cause: Cause::Slow, text: format!("no answer within {limit:?}") }
    }
}

impl From<RedisError> for Fault {
    fn from(error: RedisError) -> Self {
        Self { cause: Cause::of(&error), text: error.to_string() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
