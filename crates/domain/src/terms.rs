//! Closed lists, each written down once.
//!
//! `terms!` is for lists whose members have a word in the trade, such as kinds of device;
//! `codes!` is for those that only programs name. Both make the enum, its `ALL` and its names from
//! one table, so a member cannot be missing from one of them. A crate such as strum makes `ALL` too,
//! but code, word and aliases would then be attributes of each member, and no longer a table.

/// A closed list of the trade's words: what a select box, the command line and device lists share.
///
/// ```
/// use domain::{Category, Term};
///
/// assert_eq!(Category::find(" Phone "), Some(Category::Phone));
/// assert_eq!(Category::find("手机"), Some(Category::Phone));
/// assert_eq!((Category::Phone.code(), Category::Phone.word()), ("phone", "手机"));
/// assert!(Category::ALL.contains(&Category::Phone));
/// ```
pub trait Term: Copy + Eq + Sized + 'static {
    /// Every member, in the order in which people are shown them.
    const ALL: &'static [Self];

    /// A stable ASCII name for programs, such as `phone`.
    fn code(self) -> &'static str;

    /// The product's word in forms, JSON, lists and records, such as `手机`. A provider may use another
    /// word, which is then written in that provider's crate.
    fn word(self) -> &'static str;

    /// Other spellings that people use. Empty without the feature `words`: in the browser's form people
    /// tap a word, and do not type it.
    fn aliases(self) -> &'static [&'static str] {
        &[]
    }

    /// Finds the member that `text` names: by word, code or alias, in any letter case.
    fn find(text: &str) -> Option<Self> {
        let text = text.trim();
        Self::ALL.iter().copied().find(|term| {
            term.word() == text
                || term.code().eq_ignore_ascii_case(text)
                || term.aliases().iter().any(|alias| alias.eq_ignore_ascii_case(text))
        })
    }
}

/// Makes a [`Term`] from one table: `Member: "code", "word", ["alias", …];`. The order of the table is
/// the order in which people see the members. Where they are sorted in another order, it is written as
/// `Member = 3: …`.
macro_rules! terms {
    (
        $(#[$about:meta])*
        pub enum $name:ident {
            $(
                $(#[$doc:meta])*
                $member:ident $(= $place:literal)?: $code:literal, $word:literal, [$($alias:literal),* $(,)?];
            )+
        }
    ) => {
        $(#[$about])*
        pub enum $name {
            $($(#[$doc])* $member $(= $place)?,)+
        }

        impl $crate::Term for $name {
            const ALL: &'static [Self] = &[$(Self::$member),+];

            fn code(self) -> &'static str {
                match self {
                    $(Self::$member => $code,)+
                }
            }

            fn word(self) -> &'static str {
                match self {
                    $(Self::$member => $word,)+
                }
            }

            #[cfg(feature = "words")]
            fn aliases(self) -> &'static [&'static str] {
                match self {
                    $(Self::$member => &[$($alias),*],)+
                }
            }
        }
    };
}

/// Makes an enum from one table of `Member = "code"`, with `ALL` and a method that returns the code.
/// Its variants are serialised by the same code.
macro_rules! codes {
    (
        $(#[$about:meta])*
        pub enum $name:ident {
            $(
                $(#[$doc:meta])*
                $member:ident = $code:literal,
            )+
        }
        $(#[$method_about:meta])*
        pub fn $method:ident;
    ) => {
        $(#[$about])*
        pub enum $name {
            $($(#[$doc])* #[serde(rename = $code)] $member,)+
        }

        impl $name {
            /// Every member, in the order of the list.
            pub const ALL: &'static [Self] = &[$(Self::$member),+];

            $(#[$method_about])*
            pub fn $method(self) -> &'static str {
                match self {
                    $(Self::$member => $code,)+
                }
            }
        }
    };
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

pub(crate) use {codes, serde_by_word, terms};
