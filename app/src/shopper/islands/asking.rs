//! The state of the request for a price.

/// The state of the request for a price.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Asking {
    /// No request is under way.
    #[default]
    Not,
    /// The request has just begun: nothing is drawn yet.
    Asked,
    /// The waiting page is shown.
    Waiting,
    /// The waiting page says that it takes longer than usual.
    Long,
}
