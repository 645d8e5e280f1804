use std::io::{Write, stderr, stdout};

use super::error::CommandError;

/// Prints `value` as the only thing on stdout.
pub(super) fn print_json(value: &impl serde::Serialize) -> Result<(), CommandError> {
    let mut out = stdout().lock();
    serde_json::to_writer_pretty(&mut out, value)?;
    writeln!(out)?;
    Ok(())
}

/// Says something beside the answer.
pub(super) fn tell(line: &str) {
    // Nobody is left to tell when stderr is gone.
    let _ = writeln!(stderr(), "{line}");
}
