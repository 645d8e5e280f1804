//! Closed lists of the trade's words, each with a code for programs and a word for
//! the partner.

/// A closed list of words: what a select box, the command line and the partner share.
pub trait Term: Copy + Eq + Sized + 'static {
    /// Every member, in the order in which people are shown them.
    const ALL: &'static [Self];

    /// A stable ASCII name for programs, such as `phone`.
    fn code(self) -> &'static str;

    /// The partner's word, such as `手机`.
    fn word(self) -> &'static str;

    /// Other spellings that people use.
    fn aliases(self) -> &'static [&'static str] {
        &[]
    }

    /// Finds the member that `text` names: by word, code or alias, letter case aside.
    fn find(text: &str) -> Option<Self> {
        let text = text.trim();
        Self::ALL.iter().copied().find(|term| {
            term.word() == text
                || term.code().eq_ignore_ascii_case(text)
                || term.aliases().iter().any(|alias| alias.eq_ignore_ascii_case(text))
        })
    }
}

/// Serialises a [`Term`] as its word and reads it back from word, code or alias.
macro_rules! serde_by_word {
    ($term:ty) => {
        impl serde::Serialize for $term {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(crate::Term::word(*self))
            }
        }

        impl<'de> serde::Deserialize<'de> for $term {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                <$term as crate::Term>::find(&text)
                    .ok_or_else(|| serde::de::Error::custom(concat!("not a known ", stringify!($term))))
            }
        }
    };
}

pub(crate) use serde_by_word;
