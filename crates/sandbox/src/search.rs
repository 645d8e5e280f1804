//! `item_search`: ignores letter case, spaces and full-width forms, and accepts typing errors and a brand's English
//! name.

use std::cmp::Reverse;
use std::collections::HashMap;

use domain::{CatalogueItem, Category, half_width};
use jiff::civil::Date;

use crate::Catalogue;

/// Models in an answer, at most.
const MOST: usize = 20;

/// English names of brands, and the names that the catalogue has.
const BRANDS: [(&str, &str); 14] = [
    ("apple", "苹果"),
    ("huawei", "华为"),
    ("xiaomi", "小米"),
    ("honor", "荣耀"),
    ("samsung", "三星"),
    ("oneplus", "一加"),
    ("lenovo", "联想"),
    ("dell", "戴尔"),
    ("hp", "惠普"),
    ("microsoft", "微软"),
    ("asus", "华硕"),
    ("sony", "索尼"),
    ("canon", "佳能"),
    ("nikon", "尼康"),
];

/// How many days old the devices are that are traded in most: those of two to five years ago.
const TRADED_IN_AFTER: i32 = 3 * 365;

/// The models that match `keyword`, best first. For an empty keyword or a brand's name: those first that are of
/// about the age at which devices are traded in most.
pub(crate) fn search(
    catalogue: &Catalogue,
    keyword: &str,
    device_type: Option<Category>,
    brand: Option<&str>,
    today: Date,
) -> Vec<CatalogueItem> {
    let wanted = fold(keyword);
    let is_brand = || catalogue.models().iter().any(|model| fold(&model.item.brand) == wanted);
    let popular = wanted.is_empty() || is_brand();
    let mut found: Vec<_> = catalogue
        .models()
        .iter()
        .filter(|model| device_type.is_none_or(|wanted| model.item.device_type == wanted))
        .filter(|model| brand.is_none_or(|wanted| fold(&model.item.brand) == fold(wanted)))
        .filter(|model| !popular || model.launched <= today)
        .filter_map(|model| Some((rank(&wanted, &model.item)?, model)))
        .collect();
    if popular {
        found.sort_by_key(|(_, model)| ((today - model.launched).get_days() - TRADED_IN_AFTER).abs());
        // The first model of each brand, then the second of each. The brands are in the catalogue's order.
        let brand =
            |item: &CatalogueItem| catalogue.models().iter().position(|model| model.item.brand == item.brand);
        let mut before = HashMap::new();
        found.sort_by_cached_key(|(_, model)| {
            let brand = brand(&model.item);
            let place = before.entry(brand).or_insert(0);
            *place += 1;
            (*place, brand)
        });
    } else {
        // Among equals the newer one first, then the one with the shorter name.
        found.sort_by_key(|(rank, model)| (*rank, Reverse(model.launched), model.item.model.len()));
    }
    found.into_iter().take(MOST).map(|(_, model)| model.item.clone()).collect()
}

/// How well a model matches: 0 is best, `None` is no match.
fn rank(wanted: &str, item: &CatalogueItem) -> Option<u8> {
    let special = item.brand == "沙盒";
    if wanted.is_empty() {
        return (!special).then_some(0);
    }
    let model = fold(&item.model);
    let named = format!("{}{model}", fold(&item.brand));
    if model == wanted || named == wanted {
        Some(0)
    } else if model.starts_with(wanted) || named.starts_with(wanted) {
        Some(1)
    } else if named.contains(wanted) {
        Some(2)
    } else {
        // All letters in their order, with others in between: `苹果14` matches 苹果 iPhone 14.
        let mut rest = named.chars();
        let in_order = !special && wanted.chars().all(|c| rest.any(|other| other == c));
        in_order.then_some(3).or_else(|| Some(3 + slips(wanted, &[&model, &named])?))
    }
}

/// The number of typing errors between `wanted` and the beginning of the nearest name. One error is allowed for each
/// four letters, two at most; `None` beyond that.
fn slips(wanted: &str, names: &[&str]) -> Option<u8> {
    let length = wanted.chars().count();
    let most = (length / 4).min(2);
    let beginning = |name: &&str| name.chars().take(length).collect::<String>();
    let nearest = names.iter().map(|name| strsim::damerau_levenshtein(wanted, &beginning(name))).min()?;
    (nearest <= most).then(|| u8::try_from(nearest).ok())?
}

/// The text in half-width lower case without spaces and punctuation, with a brand at its beginning in Chinese.
fn fold(text: &str) -> String {
    let text = half_width(text).to_lowercase();
    let mut text: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
    for (typed, written) in BRANDS {
        if text.starts_with(typed) {
            text = text.replacen(typed, written, 1);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Date = jiff::civil::date(2025, 12, 30);

    fn first(keyword: &str) -> String {
        let catalogue = Catalogue::built_in().unwrap();
        search(&catalogue, keyword, None, None, TODAY)
            .first()
            .map(|item| item.model.clone())
            .unwrap_or_default()
    }

    #[test]
    fn spelling_case_spaces_and_language_are_forgiven() {
        assert_eq!(first("iphone14pro"), "iPhone 14 Pro");
        assert_eq!(first("IPHONE 14"), "iPhone 14");
        assert_eq!(first("苹果 iPhone 13"), "iPhone 13");
        assert_eq!(first("apple iphone 13 mini"), "iPhone 13 mini");
        assert_eq!(first("小米14"), "小米 14");
        assert_eq!(first("mate60"), "Mate 60");
        assert_eq!(first("x1 carbon"), "ThinkPad X1 Carbon Gen 11");
        assert_eq!(first("苹果14plus"), "iPhone 14 Plus");
        assert_eq!(first("ｉＰｈｏｎｅ　１４"), "iPhone 14");
        assert_eq!(first("iphnoe 14 pro"), "iPhone 14 Pro");
        assert_eq!(first("thinkpda x1"), "ThinkPad X1 Carbon Gen 11");
        assert_eq!(first("诺基亚 3310"), "");
    }

    #[test]
    fn an_empty_keyword_brings_what_is_traded_in_most_and_no_special_models() {
        let catalogue = Catalogue::built_in().unwrap();
        let found = search(&catalogue, "", Some(Category::Camera), None, TODAY);
        assert_eq!(found.len(), MOST);
        let age = |model: &str| {
            let model = catalogue.models().iter().find(|known| known.item.model == model).unwrap();
            (TODAY - model.launched).get_days()
        };
        assert!((2 * 365..=5 * 365).contains(&age(&found[0].model)), "{}", found[0].model);
        for brand in ["苹果", "Apple"] {
            let own = search(&catalogue, brand, Some(Category::Phone), None, TODAY);
            assert!((2 * 365..=5 * 365).contains(&age(&own[0].model)), "{}", own[0].model);
            assert!(own.iter().all(|item| item.brand == "苹果"));
        }
        let popular = search(&catalogue, "", None, None, TODAY);
        assert!(popular.iter().all(|item| item.brand != "沙盒" && item.model != "小米 99"));
    }

    #[test]
    fn special_models_are_found_by_their_name() {
        let catalogue = Catalogue::built_in().unwrap();
        assert_eq!(search(&catalogue, "sandbox", None, None, TODAY).len(), 10);
    }
}
