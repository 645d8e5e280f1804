//! The shops that may embed the widget: their pages' origins, their looks, what they add to a price, and where
//! their events are sent to.

mod category;
mod logo;
mod merchant;
mod origin;
mod section;
mod top_up;
mod webhook;

pub use logo::Logo;
pub use merchant::Merchant;
pub(crate) use origin::is_local;
pub use origin::{Origin, PageOrigin};
pub(crate) use section::MerchantSection;
pub use top_up::TopUp;
pub(crate) use webhook::Surroundings;
pub use webhook::Webhook;
pub(crate) use webhook::ip_of;

use std::sync::Arc;

use crate::invalid_key::InvalidKey;

/// All merchants; at least one.
#[derive(Clone, Debug, PartialEq)]
pub struct Merchants {
    all: Vec<Arc<Merchant>>,
    /// Whether the settings name merchants. If they name none, there is the demo and, with several providers, one
    /// that compares them.
    set: bool,
}

impl Merchants {
    /// The merchants of the settings, or the demo where the settings name none.
    ///
    /// # Errors
    /// A key that cannot be used, and an id that is given twice.
    pub(crate) fn parse(
        sections: Vec<MerchantSection>,
        surroundings: &Surroundings<'_>,
    ) -> Result<Self, InvalidKey> {
        let mut merchants: Vec<Arc<Merchant>> = Vec::with_capacity(sections.len().max(1));
        for section in sections {
            let merchant = Merchant::parse(section, surroundings)?;
            if merchants.iter().any(|other| other.id == merchant.id) {
                let twice = InvalidKey::new("id", &merchant.id, "an id that no other merchant has");
                return Err(twice.of_merchant(&merchant.id));
            }
            merchants.push(Arc::new(merchant));
        }
        let set = !merchants.is_empty();
        if !set {
            merchants.push(Arc::new(Merchant::demo()));
            if surroundings.providers.len() > 1 {
                merchants.push(Arc::new(Merchant::comparing_demo(surroundings.providers)));
            }
        }
        Ok(Self { all: merchants, set })
    }

    /// Whether the settings name merchants. If they name none, the demo is the only one.
    pub fn are_set(&self) -> bool {
        self.set
    }

    /// Whether that is a merchant for trying things out, which anyone may see in the preview.
    pub(crate) fn is_demo(&self, id: &str) -> bool {
        id == Merchant::DEMO || (!self.set && id == Merchant::COMPARING_DEMO)
    }

    /// The merchant of that id.
    pub fn get(&self, id: &str) -> Option<Arc<Merchant>> {
        self.iter().find(|merchant| merchant.id == id).cloned()
    }

    /// All of them, in the order of the settings.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Merchant>> {
        self.all.iter()
    }

    /// The id of the first: the one that a preview begins with.
    pub fn first(&self) -> &str {
        self.all.first().map_or("demo", |merchant| merchant.id.as_str())
    }
}

#[cfg(test)]
mod tests;
