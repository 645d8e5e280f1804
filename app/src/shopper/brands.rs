use domain::{CatalogueItem, Category, Term};
use leptos::prelude::*;

use crate::words::{self, Locale};

/// The brands of popular models, as buttons that search for them. A style rule alone hides the brands that
/// have no model of the chosen category.
pub(super) fn brand_list(locale: Locale, popular: &[CatalogueItem]) -> impl IntoView + use<> {
    let buttons = by_brand(popular)
        .into_iter()
        .map(|(brand, categories)| {
            let fits: Vec<&str> = categories.into_iter().map(Term::code).collect();
            view! {
                <li data-fits=fits.join(" ")>
                    <button class="chip" name="keyword" value=brand.to_owned() formaction="?" formnovalidate>
                        {words::brand(locale, brand).to_owned()}
                    </button>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="brands">{buttons}</ul> }
}

/// The brands of models, in their order, each with its categories.
fn by_brand(items: &[CatalogueItem]) -> Vec<(&str, Vec<Category>)> {
    let mut brands: Vec<(&str, Vec<Category>)> = Vec::new();
    for item in items {
        match brands.iter_mut().find(|(brand, _)| *brand == item.brand) {
            Some((_, categories)) if categories.contains(&item.device_type) => {}
            Some((_, categories)) => categories.push(item.device_type),
            None => brands.push((&item.brand, vec![item.device_type])),
        }
    }
    brands
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_brand_stands_once_with_all_its_categories() {
        let item = |brand: &str, device_type| CatalogueItem {
            device_type,
            brand: brand.to_owned(),
            model: String::new(),
            storages: vec![],
            rams: vec![],
        };
        let items = [
            item("苹果", Category::Phone),
            item("华为", Category::Phone),
            item("苹果", Category::Tablet),
            item("苹果", Category::Phone),
        ];
        let brands = by_brand(&items);
        let expected = [("苹果", vec![Category::Phone, Category::Tablet]), ("华为", vec![Category::Phone])];
        assert_eq!(brands, expected);
    }
}
