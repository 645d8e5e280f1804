//! Models for the form: the chosen one, popular ones, and those most similar to an unknown one.
//!
//! A page is drawn from what is known: only [`find_model`] and [`Selected::search`] may ask the partner, and only
//! a post from one of our pages calls them.

use app::shopper::form_place::Named;
use app::shopper::keyword::{self, is_searchable};
use desk::Selected;
use domain::{CatalogueItem, Category, Term};

use crate::merchants::Merchant;

/// The model of that name with its storage and memory, from cached or recorded answers.
pub(in crate::web) async fn known_model(desks: &Selected, named: &Named) -> Option<CatalogueItem> {
    let Named { category, brand, model } = named;
    let same = |item: &&CatalogueItem| {
        item.device_type == *category
            && item.model.eq_ignore_ascii_case(model)
            && item.brand.eq_ignore_ascii_case(brand)
    };
    for (keyword, category) in [(model.as_str(), Some(*category)), ("", Some(*category)), ("", None)] {
        let found = desks.known_search(keyword, category).await;
        if let Some(item) = found.as_deref().and_then(|items| items.iter().find(same)) {
            return Some(item.clone());
        }
    }
    None
}

/// Searches for a model, unless it is known or its name is too short to search for. If there is no answer,
/// the form continues, and the shopper types the storage.
pub(in crate::web) async fn find_model(desks: &Selected, named: &Named) {
    if keyword::check(&named.model).is_ok() && known_model(desks, named).await.is_none() {
        let _ = desks.search(&named.model, Some(named.category)).await;
    }
}

/// A model of which only the name is known; the shopper types its storage.
pub(in crate::web) fn model_by_name(named: Named) -> CatalogueItem {
    let Named { category, brand, model } = named;
    CatalogueItem { device_type: category, brand, model, storages: vec![], rams: vec![] }
}

/// The popular models of all categories that the shop accepts, as far as they are known.
pub(in crate::web) async fn known_popular(desks: &Selected, merchant: &Merchant) -> Vec<CatalogueItem> {
    let mut popular = Vec::new();
    for category in Category::ALL.iter().copied().map(Some).chain([None]) {
        let known = desks.known_search("", category).await;
        popular.extend(known.iter().flat_map(|items| items.iter()).cloned());
    }
    popular.retain(|item| merchant.takes(item.device_type));
    popular
}

/// The models with names most similar to one that the partner does not know, from cached or recorded answers.
pub(in crate::web) async fn known_nearest(
    desks: &Selected,
    model: &str,
    category: Option<Category>,
) -> Option<Vec<CatalogueItem>> {
    let mut found = None;
    for keyword in domain::shorter_names(model).filter(|name| is_searchable(name)) {
        let items = desks.known_search(keyword, category).await?;
        found = Some(items.to_vec());
        if !items.is_empty() {
            break;
        }
    }
    found
}
