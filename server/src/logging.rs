//! Log lines: to stderr, so that stdout holds answers only.

use std::io::{IsTerminal, stderr};

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::util::TryInitError;

use crate::settings::{LogFormat, LogSettings};

/// Starts to write log lines, and has panics written as such: each once, with the request that
/// it broke.
///
/// # Errors
/// When something in this process writes them already.
pub fn start(settings: &LogSettings) -> Result<(), TryInitError> {
    // The settings have checked it; what is quieter is never wrong.
    let filter = EnvFilter::try_new(&settings.filter).unwrap_or_else(|_| EnvFilter::new("info"));
    let lines = tracing_subscriber::registry().with(filter);
    // A line that stderr does not take, as on a full disk, is lost. By itself this library says so on stderr, which
    // panics then.
    let quiet = |layer: fmt::Layer<_>| layer.log_internal_errors(false);
    match settings.format {
        LogFormat::Text => {
            let ansi = stderr().is_terminal();
            lines.with(quiet(fmt::layer()).with_writer(stderr).with_ansi(ansi)).try_init()?;
        }
        LogFormat::Json => {
            lines.with(quiet(fmt::layer()).json().flatten_event(true).with_writer(stderr)).try_init()?;
        }
    }
    std::panic::set_hook(Box::new(|panic| {
        // A message that was put together may hold what a person typed.
        let said = panic.payload().downcast_ref::<&'static str>().copied().unwrap_or_default();
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(said, place, "a panic, which is a fault in the program");
    }));
    Ok(())
}
