//! Log lines go to stderr, so that stdout contains only answers. Writing a line never waits; see [`queue`].

mod last_words;
mod queue;

use std::io::{IsTerminal, stderr};
use std::time::Duration;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::util::TryInitError;

use crate::settings::{LogFormat, LogSettings};

pub(crate) use last_words::say;
pub(crate) use queue::LogQueue;

/// How long writing the last lines may take when a command ends.
const LAST_LINES: Duration = Duration::from_secs(1);

/// Why log lines cannot be written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LogError {
    /// The thread for writing them cannot be started.
    #[error("the thread that writes the log cannot be started: {0}")]
    Thread(#[from] std::io::Error),
    /// Another part of this process writes them already.
    #[error(transparent)]
    Taken(#[from] TryInitError),
}

/// RAII guard: when it is dropped, lines that are still queued are written, for one second at most.
#[must_use]
pub(crate) struct LogGuard(LogQueue);

impl LogGuard {
    pub(crate) fn queue(&self) -> LogQueue {
        self.0.clone()
    }
}

impl Drop for LogGuard {
    fn drop(&mut self) {
        self.0.flush(LAST_LINES);
    }
}

/// Starts to write log lines. Panics are log lines too: one each, with the request in which it happened.
///
/// # Errors
/// [`LogError`] if they cannot be written.
pub(crate) fn start(settings: &LogSettings) -> Result<LogGuard, LogError> {
    // The settings have checked the filter, so the fallback is never used.
    let filter = EnvFilter::try_new(&settings.filter).unwrap_or_else(|_| EnvFilter::new("info"));
    let lines = tracing_subscriber::registry().with(filter);
    let queue = LogQueue::to(stderr(), |dropped| {
        tracing::warn!(
            dropped,
            "so many lines of this log were dropped since the start: stderr did not take them, as a pipe that is not \
             read or a full disk does not"
        );
    })?;
    let writer = queue.clone();
    // The library's own errors would go to stderr, which may be a full pipe.
    let layer = fmt::layer().log_internal_errors(false).with_writer(move || writer.clone());
    match settings.format {
        LogFormat::Text => lines.with(layer.with_ansi(stderr().is_terminal())).try_init()?,
        LogFormat::Json => lines.with(layer.json().flatten_event(true)).try_init()?,
    }
    std::panic::set_hook(Box::new(|panic| {
        // A formatted message may contain what a person typed, so only fixed messages are logged.
        let said = panic.payload().downcast_ref::<&'static str>().copied().unwrap_or_default();
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(said, place, "a panic, which is a bug in the program");
    }));
    Ok(LogGuard(queue))
}
