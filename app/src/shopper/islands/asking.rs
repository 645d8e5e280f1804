//! Where the question for the price is.

/// Where the question for the price is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Asking {
    /// Not asked, or answered.
    #[default]
    Not,
    /// Just asked: nothing is drawn yet.
    Asked,
    /// The answer is awaited.
    Waiting,
    /// The answer is awaited longer than usual.
    Long,
}
