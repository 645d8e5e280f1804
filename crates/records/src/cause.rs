//! Why a database does not work, as far as an operator can act on it.

/// Why a database does not work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cause {
    /// Another process or transaction has locked it.
    Locked,
    /// The disk is full.
    Full,
    /// The disk or the server accepts no writes.
    ReadOnly,
    /// What is stored is not a complete database.
    Damaged,
    /// No database can be at that place.
    Misplaced,
    /// It cannot be reached.
    Unreachable,
    /// It rejects the user or the password.
    Password,
    /// The server has no database of that name.
    NoDatabase,
    /// The user has no right to create or to use tables in it.
    NoRight,
    /// It rejects the content of the record itself, and would always reject it.
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
