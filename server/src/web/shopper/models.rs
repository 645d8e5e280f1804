//! Models for the form: the chosen one, popular ones, and what comes nearest to an unknown one.
//!
//! A page is drawn from what is known: only [`find_model`] and [`Desk::search`] may ask the
//! partner, and only a post from our own page calls them.

use app::shopper::form_place::Named;
use app::shopper::keyword::{self, is_searchable};
use desk::Desk;
use domain::{CatalogueItem, Category, Term};

use crate::merchants::Merchant;

/// The model of that name with the storage and memory it comes in, from the answers at hand.
pub(in crate::web) async fn known_model(desk: &Desk, named: &Named) -> Option<CatalogueItem> {
    let Named { category, brand, model } = named;
    let same = |item: &&CatalogueItem| {
        item.device_type == *category
            && item.model.eq_ignore_ascii_case(model)
            && item.brand.eq_ignore_ascii_case(brand)
    };
    for (keyword, category) in [(model.as_str(), Some(*category)), ("", Some(*category)), ("", None)] {
        let found = desk.known_search(keyword, category).await;
        if let Some(item) = found.as_deref().and_then(|items| items.iter().find(same)) {
            return Some(item.clone());
        }
    }
    None
}

/// Looks a model up, unless it is known or its name says too little to be searched for. Where there is
/// no answer the form goes on all the same: the storage is typed.
pub(in crate::web) async fn find_model(desk: &Desk, merchant: &Merchant, named: &Named) {
    if keyword::check(&named.model).is_ok() && known_model(desk, named).await.is_none() {
        let merchant = Some(merchant.id.as_str().into());
        let _ = desk.search_for(merchant, &named.model, Some(named.category)).await;
    }
}

/// A model by its name alone, whose storage is typed.
pub(in crate::web) fn model_by_name(named: Named) -> CatalogueItem {
    let Named { category, brand, model } = named;
    CatalogueItem { device_type: category, brand, model, storages: vec![], rams: vec![] }
}

/// The popular models of all categories that the shop takes, as far as they are known.
pub(in crate::web) async fn known_popular(desk: &Desk, merchant: &Merchant) -> Vec<CatalogueItem> {
    let mut popular = Vec::new();
    for category in Category::ALL.iter().copied().map(Some).chain([None]) {
        let known = desk.known_search("", category).await;
        popular.extend(known.iter().flat_map(|items| items.iter()).cloned());
    }
    popular.retain(|item| merchant.takes(item.device_type));
    popular
}

/// Models whose names come nearest to one that the partner does not know, from the answers
/// at hand.
pub(in crate::web) async fn known_nearest(
    desk: &Desk,
    model: &str,
    category: Option<Category>,
) -> Option<Vec<CatalogueItem>> {
    let mut found = None;
    for keyword in domain::shorter_names(model).filter(|name| is_searchable(name)) {
        let items = desk.known_search(keyword, category).await?;
        found = Some(items.to_vec());
        if !items.is_empty() {
            break;
        }
    }
    found
}
