//! The keys that sign offer tokens. Webhooks are signed with secrets of their own.

mod der;
mod file;
mod jwks;
mod public;
mod ring;
mod signing;
mod text;

pub use file::{KeyFileError, create, read, replace};
pub use jwks::Jwks;
pub use public::PublicKey;
pub use ring::{KeyRing, NothingPrepared, Retired};
pub use signing::{NotAKey, SigningKey};
pub use text::UnreadableKeys;
