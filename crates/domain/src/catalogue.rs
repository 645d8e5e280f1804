//! Models of the partner's catalogue, and keywords to search it.

use serde::{Deserialize, Serialize};

use crate::Category;

/// A model of the partner's catalogue, with its storage and memory options.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CatalogueItem {
    /// What kind of device.
    pub device_type: Category,
    /// The brand, as the partner writes it.
    pub brand: String,
    /// The exact model.
    pub model: String,
    /// Storage options, such as `256GB`; empty when unknown.
    pub storages: Vec<String>,
    /// Memory options, such as `16GB`; empty where the price does not depend on memory.
    pub rams: Vec<String>,
}

/// A model's name, then the name without its last word, and so on: keywords for a search of the models
/// nearest to an unknown one. At most three, since each costs a call.
pub fn shorter_names(model: &str) -> impl Iterator<Item = &str> {
    const MOST: usize = 3;
    let whole = model.trim();
    let names =
        std::iter::successors(Some(whole), |name| Some(name.rsplit_once(char::is_whitespace)?.0.trim_end()));
    names.filter(|name| !name.is_empty()).take(MOST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_shortened_word_by_word() {
        let names = |model| shorter_names(model).collect::<Vec<_>>();
        assert_eq!(names(" iPhone 41  Pro Max "), ["iPhone 41  Pro Max", "iPhone 41  Pro", "iPhone 41"]);
        assert_eq!(names("小米99"), ["小米99"]);
        assert!(names("  ").is_empty());
    }
}
