//! A hash that identifies a quote, a search, an offer, an API key or a request.

/// A hash of everything that identifies a thing, such as all that a price depends on. The caller decides what
/// that is; equal keys mean the same thing.
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
