//! The API as its document describes it, for the page.

/// The API as its document describes it.
#[derive(Clone, Debug, Default)]
pub struct ApiPage {
    /// The address of the API, such as `https://trade.example/api/v1`.
    pub address: String,
    /// The calls, in the order of the document.
    pub calls: Vec<Call>,
    /// The codes of failures.
    pub codes: Vec<String>,
}

/// One call.
#[derive(Clone, Debug, Default)]
pub struct Call {
    /// Its name in the document (`operationId`).
    pub id: String,
    /// The HTTP method, in capitals.
    pub method: String,
    /// The path below the API's address.
    pub path: String,
    /// What it does, in one line.
    pub summary: String,
    /// More about it; may be empty.
    pub description: String,
    /// What can be sent.
    pub fields: Vec<ApiField>,
    /// The status and the name of the answer's schema.
    pub answers: String,
    /// Each failure: its status and its codes.
    pub failures: Vec<(String, Vec<String>)>,
    /// The call as a command line.
    pub curl: String,
}

/// A field, parameter or header.
#[derive(Clone, Debug, Default)]
pub struct ApiField {
    /// Its name.
    pub name: String,
    /// `path`, `query`, `header` or `body`.
    pub place: String,
    /// Its type and bounds, as in JSON Schema.
    pub kind: String,
    /// Whether it has to be sent.
    pub required: bool,
    /// What it is for; may be empty.
    pub about: String,
}
