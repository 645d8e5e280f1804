//! Who may embed the widget, from where, and what they add to it.

mod logo;
mod merchant;
mod origin;
mod top_up;

pub use logo::Logo;
pub use merchant::Merchant;
pub(crate) use origin::is_local;
pub use origin::{Origin, PageOrigin};
pub use top_up::TopUp;

use std::sync::Arc;

use domain::{Category, Term};

use crate::settings::{MerchantSection, SettingsError};

/// All merchants; at least one.
#[derive(Clone, Debug, PartialEq)]
pub struct Merchants {
    all: Vec<Arc<Merchant>>,
    /// Whether the settings name them; else the demo is there for want of any.
    set: bool,
}

impl Merchants {
    /// The merchants of the settings, or the demo where there are none.
    ///
    /// # Errors
    /// When a key cannot be used, or an id is given twice.
    pub(crate) fn parse(sections: Vec<MerchantSection>) -> Result<Self, SettingsError> {
        let mut merchants: Vec<Arc<Merchant>> = Vec::with_capacity(sections.len().max(1));
        for section in sections {
            let merchant = Merchant::parse(section)?;
            if merchants.iter().any(|other| other.id == merchant.id) {
                return Err(wrong("id", &merchant.id, &merchant.id, "an id that no other merchant has"));
            }
            merchants.push(Arc::new(merchant));
        }
        let set = !merchants.is_empty();
        if !set {
            merchants.push(Arc::new(Merchant::demo()));
        }
        Ok(Self { all: merchants, set })
    }

    /// Whether the settings name merchants. Where they name none there is the demo.
    pub fn are_set(&self) -> bool {
        self.set
    }

    /// The merchant of that id.
    pub fn get(&self, id: &str) -> Option<Arc<Merchant>> {
        self.iter().find(|merchant| merchant.id == id).cloned()
    }

    /// All of them, in the order of the settings.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Merchant>> {
        self.all.iter()
    }

    /// The id to show a preview with.
    pub fn first(&self) -> &str {
        self.all.first().map_or("demo", |merchant| merchant.id.as_str())
    }
}

/// What is wrong with a key of the merchant `id`.
fn wrong(key: &str, id: &str, value: &str, takes: &str) -> SettingsError {
    SettingsError::Value {
        name: format!("merchants.{key} (of {id:?})"),
        value: value.to_owned(),
        takes: takes.to_owned(),
    }
}

/// What a key that names a category takes.
fn one_category() -> String {
    let named = Category::ALL.iter().map(|category| format!("{} ({})", category.code(), category.word()));
    format!("one of {}", named.collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests;
