use records::RecordsError;

/// Why a list cannot continue. Devices that are settled stay settled.
#[derive(Debug, thiserror::Error)]
pub enum ListError {
    /// There is no such list.
    #[error("there is no such batch")]
    NotFound,
    /// The partner refuses the account, not just one device.
    #[error("the partner refuses this account's calls; the log names the cause")]
    Refused,
    /// The list was cancelled, by this process or another one.
    #[error("the list was cancelled")]
    Cancelled,
    /// Another instance quotes the list. If this happens during a run, this instance has lost its lease.
    #[error("another instance quotes the list")]
    Elsewhere,
    /// The records cannot be read or written.
    #[error(transparent)]
    Records(#[from] RecordsError),
}
