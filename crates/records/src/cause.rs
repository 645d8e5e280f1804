//! What keeps a database from working, as far as an operator can act on it.

/// What keeps a database from working.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cause {
    /// Another process or transaction holds it.
    Locked,
    /// The disk is full.
    Full,
    /// The disk, or the server, takes no writes.
    ReadOnly,
    /// What is stored is no whole database.
    Damaged,
    /// There can be no database at that place.
    Misplaced,
    /// There is no way to it.
    Unreachable,
    /// It refuses user or password.
    Password,
    /// The server has no database of that name.
    NoDatabase,
    /// The user may not create tables in it, or not use them.
    NoRight,
    /// It refuses what is in the record itself, and would refuse it for ever.
    OfTheRecord,
}

impl Cause {
    /// Its name, for `/readyz` and logs.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Locked => "locked",
            Self::Full => "full",
            Self::ReadOnly => "read_only",
            Self::Damaged => "damaged",
            Self::Misplaced => "misplaced",
            Self::Unreachable => "unreachable",
            Self::Password => "password",
            Self::NoDatabase => "no_database",
            Self::NoRight => "no_right",
            Self::OfTheRecord => "failing",
        }
    }
}
