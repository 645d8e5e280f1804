//! Where records are kept.

use records::DatabaseUrl;

use super::SettingsError;
use super::file::Reader;

/// Reads the address of the database. One that cannot be used is not printed: it may hold a password.
pub(super) fn read_database_url(
    reader: &Reader<'_>,
    in_file: Option<String>,
) -> Result<DatabaseUrl, SettingsError> {
    let set = reader.text("TRADEIN_DATABASE_URL", in_file);
    let text = set.as_deref().map_or("sqlite://data/tradein.db", str::trim);
    text.parse().map_err(|error: records::RecordsError| SettingsError::Flawed {
        name: reader.name("TRADEIN_DATABASE_URL", "records.database_url"),
        cause: error.to_string(),
    })
}
