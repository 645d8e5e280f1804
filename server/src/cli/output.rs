//! Answers on stdout, and messages beside them on stderr.

use std::io::{Write, stderr, stdout};

use super::error::CommandError;

/// Prints `value` as JSON on stdout, which must hold nothing else then.
pub(super) fn print_json(value: &impl serde::Serialize) -> Result<(), CommandError> {
    let mut out = stdout().lock();
    serde_json::to_writer_pretty(&mut out, value)?;
    writeln!(out)?;
    Ok(())
}

/// Prints a message on stderr.
pub(super) fn tell(line: &str) {
    // If stderr is closed, there is nowhere to report that.
    let _ = writeln!(stderr(), "{line}");
}
