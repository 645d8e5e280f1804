//! The key of quotes and of results of searches.

/// A hash of everything that an answer depends on. The caller decides what that is; equal keys mean equal
/// answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key([u8; 32]);

impl Key {
    /// The key with that hash.
    pub const fn new(hash: [u8; 32]) -> Self {
        Self(hash)
    }

    /// The hash itself.
    pub const fn bytes(&self) -> &[u8] {
        &self.0
    }
}
