//! API keys of merchants' backends in the form in which they are stored: as a hash, never the key itself.

use jiff::Timestamp;

use crate::number::instant;

/// An API key of a merchant's backend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiKeyRecord {
    /// Its id, which is not secret.
    pub id: String,
    /// A hash of the key.
    pub hash: Vec<u8>,
    /// The merchant's id.
    pub merchant: String,
    /// The name that the operator gave it; may be empty.
    pub name: String,
    /// Whether it is for a sandbox. Otherwise it is for a live server.
    pub sandbox: bool,
    /// Whether it permits reading only.
    pub read_only: bool,
    /// When it was created, to the second.
    pub created_at: Timestamp,
    /// When it was revoked; `None` while it is valid.
    pub revoked_at: Option<Timestamp>,
}

/// Columns of a key, as [`API_KEY_COLUMNS`] names them.
pub(crate) type ApiKeyColumns = (String, Vec<u8>, String, String, i64, i64, i64, Option<i64>);

/// The names of the columns of a key.
pub(crate) const API_KEY_COLUMNS: &str =
    "id, hash, merchant, name, sandbox, read_only, created_at, revoked_at";

impl From<ApiKeyColumns> for ApiKeyRecord {
    fn from(columns: ApiKeyColumns) -> Self {
        let (id, hash, merchant, name, sandbox, read_only, created_at, revoked_at) = columns;
        Self {
            id,
            hash,
            merchant,
            name,
            sandbox: sandbox != 0,
            read_only: read_only != 0,
            created_at: instant(created_at),
            revoked_at: revoked_at.map(instant),
        }
    }
}
