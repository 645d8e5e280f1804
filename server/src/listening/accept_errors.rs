//! Errors of `accept()`: those of one connection, and those of the machine, such as too many open files.

use std::io::{Error, ErrorKind};
use std::time::Duration;

use tokio::time::Instant;

use super::seldom::Seldom;

/// The first pause after an error of the machine; each further error doubles it.
const FIRST_PAUSE: Duration = Duration::from_millis(20);
/// The longest pause.
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

/// The back-off after errors, and when one was logged last.
#[derive(Debug, Default)]
pub(super) struct AcceptErrors {
    /// The last pause; `None` if the last `accept()` succeeded.
    pause: Option<Duration>,
    log: Seldom,
}

impl AcceptErrors {
    /// Resets the pause, after an `accept()` that succeeded.
    pub(super) fn over(&mut self) {
        self.pause = None;
    }

    /// The pause after `error`, which is logged once a minute. `None` for an error of one connection, after which the
    /// next can be accepted at once.
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

/// Whether the client closed its connection before it was accepted.
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
