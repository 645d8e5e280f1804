//! Models for the form: the chosen one, popular ones, and what comes nearest to an unknown one.

use std::time::Duration;

use app::form_query::Named;
use desk::Desk;
use domain::{CatalogueItem, Category, Failure, Term};
use futures::future::join_all;

use crate::merchants::Merchant;

/// How long the form waits for the popular models, which nobody asked for.
const PATIENCE: Duration = Duration::from_millis(300);

/// The model of that name with the storage and memory it comes in. One that the catalogue
/// does not tell is chosen as well if it was picked; then its storage is typed.
pub(super) async fn choose(desk: &Desk, named: Named, picked: bool) -> Option<CatalogueItem> {
    let Named { category, brand, model } = named;
    let found = desk.search(&model, Some(category)).await.ok();
    let same = |item: &&CatalogueItem| {
        item.model.eq_ignore_ascii_case(&model) && item.brand.eq_ignore_ascii_case(&brand)
    };
    let known = found.and_then(|items| items.iter().find(same).cloned());
    let unknown = || CatalogueItem {
        device_type: category,
        brand: brand.clone(),
        model: model.clone(),
        storages: vec![],
        rams: vec![],
    };
    known.or_else(|| picked.then(unknown))
}

/// The popular models of a category, or of all; `None` where they do not come in time.
pub(super) async fn popular(desk: &Desk, category: Option<Category>) -> Option<Vec<CatalogueItem>> {
    let search = desk.search("", category);
    Some(tokio::time::timeout(PATIENCE, search).await.ok()?.ok()?.to_vec())
}

/// The brands of the popular models, each with the categories that it has some in.
pub(super) async fn popular_brands(desk: &Desk, merchant: &Merchant) -> Vec<(String, Vec<Category>)> {
    let taken = Category::ALL.iter().copied().filter(|category| merchant.takes(*category));
    let searches = taken.map(|category| popular(desk, Some(category)));
    let mut brands: Vec<(String, Vec<Category>)> = Vec::new();
    for item in join_all(searches).await.into_iter().flatten().flatten() {
        match brands.iter_mut().find(|(brand, _)| *brand == item.brand) {
            Some((_, categories)) if categories.contains(&item.device_type) => {}
            Some((_, categories)) => categories.push(item.device_type),
            None => brands.push((item.brand, vec![item.device_type])),
        }
    }
    brands
}

/// Models whose names come nearest to one that the partner does not know. The first search
/// is admitted already; each further one asks `admit` again.
pub(super) async fn nearest_to(
    desk: &Desk,
    model: &str,
    category: Option<Category>,
    admit: impl Fn() -> Result<(), Failure>,
) -> Option<Vec<CatalogueItem>> {
    let mut found = None;
    for keyword in domain::shorter_names(model) {
        if found.is_some() && admit().is_err() {
            break;
        }
        let items = desk.search(keyword, category).await.ok()?;
        found = Some(items.to_vec());
        if !items.is_empty() {
            break;
        }
    }
    found
}
