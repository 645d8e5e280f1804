//! The data that the studio is drawn with.

use super::query::StudioQuery;

/// The data that the studio is drawn with.
#[derive(Clone, Debug, Default)]
pub struct Studio {
    /// Its settings.
    pub query: StudioQuery,
    /// This server's address, such as `https://tradein.example`.
    pub host: String,
    /// Whether pages under https would not load the lines, as far as the server knows.
    pub blocked: bool,
    /// The loader that never changes.
    pub loader: Loader,
    /// The merchants to choose from, by id and name.
    pub merchants: Vec<(String, String)>,
    /// Whether these are all merchants, which only the operator sees.
    pub all_merchants: bool,
    /// The studio's full address with its present settings.
    pub link: String,
}

/// A copy of the loader that never changes.
#[derive(Clone, Debug, Default)]
pub struct Loader {
    /// Its path, which contains its hash.
    pub path: String,
    /// The value of `integrity` in a page: `sha384-…`.
    pub integrity: String,
}
