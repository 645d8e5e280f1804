//! Errors of taking a connection: those of one connection, and those of the machine, such as too many open files.

use std::io::{Error, ErrorKind};
use std::time::Duration;

use tokio::time::Instant;

use super::seldom::Seldom;

/// The first pause after an error; it doubles from one to the next.
const FIRST_PAUSE: Duration = Duration::from_millis(20);
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

/// What is known of the last errors.
#[derive(Debug, Default)]
pub(super) struct AcceptErrors {
    /// The last pause; `None` where the last connection was taken.
    pause: Option<Duration>,
    log: Seldom,
}

impl AcceptErrors {
    /// A connection was taken.
    pub(super) fn over(&mut self) {
        self.pause = None;
    }

    /// How long to wait after `error`, which is logged now and then; `None` where only the connection failed that
    /// was about to be taken.
    pub(super) fn pause(&mut self, error: &Error, now: Instant) -> Option<Duration> {
        if is_of_one_connection(error) {
            return None;
        }
        if self.log.is_due(now) {
            tracing::error!(
                %error,
                "no connection can be taken; where files are the cause, raise the limit (ulimit -n, LimitNOFILE=)"
            );
        }
        let pause = self.pause.map_or(FIRST_PAUSE, |pause| (pause * 2).min(LONGEST_PAUSE));
        self.pause = Some(pause);
        Some(pause)
    }
}

/// Whether the client was gone before its connection was taken.
fn is_of_one_connection(error: &Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::ConnectionRefused | ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_of_the_machine_are_waited_for_longer_and_longer() {
        let (mut errors, now) = (AcceptErrors::default(), Instant::now());
        // Too many open files.
        let mut pause = || errors.pause(&Error::from_raw_os_error(24), now).unwrap();
        assert_eq!(pause(), FIRST_PAUSE);
        assert_eq!(pause(), FIRST_PAUSE * 2);
        assert_eq!((0..10).map(|_| pause()).last(), Some(LONGEST_PAUSE));
        errors.over();
        assert_eq!(errors.pause(&Error::from_raw_os_error(24), now), Some(FIRST_PAUSE));
        assert_eq!(errors.pause(&ErrorKind::ConnectionAborted.into(), now), None);
    }
}
