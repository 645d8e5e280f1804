use records::RecordsError;

/// Why a list cannot go on. What is known of it stays known.
#[derive(Debug, thiserror::Error)]
pub enum ListError {
    /// There is no such list.
    #[error("there is no such batch")]
    NotFound,
    /// The partner refuses the account, and not just one device.
    #[error("the partner refuses this account's calls; the log names the cause")]
    Refused,
    /// It was cancelled, here or by another process.
    #[error("the list was cancelled")]
    Cancelled,
    /// The records cannot be read or written.
    #[error(transparent)]
    Records(#[from] RecordsError),
}
