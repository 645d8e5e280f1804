//! The clock by which the processes at one file count: this machine's.

/// The time in milliseconds since 1970, the same within a statement.
pub(super) const NOW: &str = "CAST(unixepoch('subsec') * 1000 AS INTEGER)";
