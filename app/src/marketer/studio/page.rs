//! What the studio is drawn with.

use super::query::StudioQuery;

/// What the studio is drawn with.
#[derive(Clone, Debug, Default)]
pub struct Studio {
    /// How it is set.
    pub query: StudioQuery,
    /// Where this server is reached, such as `https://tradein.example`.
    pub host: String,
    /// Whether pages under https would not load the lines, as far as the server knows.
    pub blocked: bool,
    /// The loader that never changes.
    pub loader: Loader,
    /// The merchants to choose from, by id and name.
    pub merchants: Vec<(String, String)>,
    /// Whether these are all, as the operator sees them.
    pub all_merchants: bool,
    /// The studio's whole address as it is set.
    pub link: String,
}

/// A copy of the loader that never changes.
#[derive(Clone, Debug, Default)]
pub struct Loader {
    /// Its path, which holds its hash.
    pub path: String,
    /// What a page pins it by: `sha384-…`.
    pub integrity: String,
}
