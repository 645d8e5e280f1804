//! What quotes and the answers of searches are found by.

/// A hash of everything that bears on an answer. What goes into it is the caller's decision; equal
/// keys mean equal answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key([u8; 32]);

impl Key {
    /// The key of that hash.
    pub const fn new(hash: [u8; 32]) -> Self {
        Self(hash)
    }

    /// The hash itself.
    pub const fn bytes(&self) -> &[u8] {
        &self.0
    }
}
