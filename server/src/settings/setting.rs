//! An entry of the table of settings.

/// One setting: its names, its default, and the values that it accepts.
///
/// Tests compare README's tables and the sample files with these entries.
#[derive(Debug, PartialEq, Eq)]
pub struct Setting {
    /// The key in `tradein.toml`, as `section.name`. `None` for what cannot stand there: secrets, and
    /// the path of that file.
    pub key: Option<&'static str>,
    /// The environment variable. It wins over the key.
    pub variable: &'static str,
    /// The default, if neither is given.
    pub unset: Unset,
    /// Which values can be used, as the end of a sentence that begins with "it takes".
    pub takes: &'static str,
    /// What it is for, as README.md says it.
    pub about: &'static str,
}

/// The default of a setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unset {
    /// This value, read as if it had been given.
    Value(&'static str),
    /// Something that is not a value, in the words of README.md and README.zh-CN.md.
    Means {
        /// README.md's words.
        english: &'static str,
        /// README.zh-CN.md's words.
        chinese: &'static str,
    },
}

impl Unset {
    /// Nothing in particular: no secret, no second address.
    pub(super) const NOTHING: Self = Self::Means { english: "unset", chinese: "未设" };
    /// A fifth of the day's calls.
    pub(super) const A_FIFTH: Self = Self::Means { english: "a fifth", chinese: "五分之一" };

    /// The default as a text that the setting reads; empty if it is not a value.
    pub(super) fn text(self) -> &'static str {
        match self {
            Self::Value(text) => text,
            Self::Means { .. } => "",
        }
    }
}
