//! A setting that cannot be used: its name, where it was given, the mistake, and what to do.

use std::fmt;

/// Where a value was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// In an environment variable.
    Variable(&'static str),
    /// At a key of a file of settings.
    Key {
        /// The key, as `section.name`.
        key: String,
        /// The path of the file.
        file: String,
        /// The line, from 1; `None` if it is not known.
        line: Option<usize>,
    },
    /// A file of settings as a whole.
    File(String),
}

impl Place {
    /// The name of the variable, the key or the file alone.
    pub(super) fn name(&self) -> &str {
        match self {
            Self::Variable(name) => name,
            Self::Key { key, .. } => key,
            Self::File(path) => path,
        }
    }

    /// The text between the place and the mistake.
    fn joint(&self) -> &'static str {
        match self {
            Self::Variable(_) | Self::Key { .. } => " ",
            Self::File(_) => ": ",
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())?;
        match self {
            Self::Variable(_) | Self::File(_) => Ok(()),
            Self::Key { file, line: Some(line), .. } => write!(f, " ({file}, line {line})"),
            Self::Key { file, line: None, .. } => write!(f, " ({file})"),
        }
    }
}

/// A setting that cannot be used. Its text is one sentence: the variable, or the key with file and line; the
/// mistake; and what to do. A secret is never part of it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}{}{wrong}", .place.joint())]
pub struct SettingsError {
    place: Place,
    wrong: Wrong,
}

impl SettingsError {
    /// That something is `wrong` at `place`.
    pub(super) fn new(place: Place, wrong: Wrong) -> Self {
        Self { place, wrong }
    }
}

/// What is wrong with a setting.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Wrong {
    /// The setting does not accept the value.
    #[error("is {value:?}; it takes {takes}")]
    Value {
        /// What was given; never a secret.
        value: String,
        /// What would be right.
        takes: String,
    },
    /// The value is not shown, since it is a secret or may hold one. The text says why it cannot be used.
    #[error("cannot be used: {0}")]
    Hidden(String),
    /// The value names a file with a secret.
    #[error("names {path}, which cannot be used: {cause}")]
    SecretFile {
        /// The path of the file.
        path: String,
        /// Why it cannot be used.
        cause: String,
    },
    /// The same secret is given here and at another place.
    #[error("is set, and so is {0}; set one of them")]
    Twice(Place),
    /// Another setting that it needs is missing. The text says which one, and what to do.
    #[error("is set, but {0}")]
    Alone(&'static str),
    /// A file of settings cannot be read. The text says why.
    #[error("{0}")]
    Unreadable(String),
}
