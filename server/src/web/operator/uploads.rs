//! What holds for each file that the operator uploads.

/// The longest body of an upload, in bytes: the file, and the form around it.
pub(super) const LONGEST: usize = sheet::LARGEST + 64 * 1024;

/// How many characters of a file's name are kept: as many as file systems allow.
pub(super) const LONGEST_NAME: usize = 255;
