//! Categories of devices, as the file of settings names them.

use crate::invalid_key::InvalidKey;
use domain::{Category, Term as _};

/// The category that `text` names at `key`.
pub(super) fn category(key: &str, text: &str) -> Result<Category, InvalidKey> {
    Category::find(text).ok_or_else(|| InvalidKey::new(key, text, takes()))
}

/// What a key that names a category takes.
pub(super) fn takes() -> String {
    let named = Category::ALL.iter().map(|category| format!("{} ({})", category.code(), category.word()));
    format!("one of {}", named.collect::<Vec<_>>().join(", "))
}
