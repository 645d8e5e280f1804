//! The key of something shared, and its names in Redis.

use std::fmt;

/// A hash of everything that identifies a thing: for an answer, all that it depends on; for a visitor, the
/// address and the merchant. The caller decides what that is; equal keys mean the same thing. Different kinds
/// of things may have the same key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key([u8; 32]);

impl Key {
    /// The key with that hash.
    pub const fn new(hash: [u8; 32]) -> Self {
        Self(hash)
    }

    /// Its name in Redis.
    pub(crate) fn name(&self, of: Thing) -> String {
        format!("{PREFIX}{}:{self}", of.name())
    }
}

/// In hexadecimal digits.
impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// What all names in Redis begin with.
const PREFIX: &str = "tradein:";
/// The name that is written to find out whether Redis accepts writes.
pub(crate) const PROBE: &str = "tradein:probe";

/// A kind of thing that has keys.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Thing {
    Answer,
    Lease,
    Limit,
    Blocked,
}

impl Thing {
    fn name(self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::Lease => "lease",
            Self::Limit => "limit",
            Self::Blocked => "blocked",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_what_it_is_and_has_the_hash_in_digits() {
        let name = Key::new([0xa7; 32]).name(Thing::Answer);
        assert_eq!(name, format!("tradein:answer:{}", "a7".repeat(32)));
        assert!(PROBE.starts_with(PREFIX));
    }
}
