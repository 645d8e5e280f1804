//! The searches that may find a name: by its brand, by its series and by itself.

use domain::{Brand, Category, ModelName, Term, redacted, series, tidied};

/// A search of the partner's catalogue.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Search {
    /// What is searched for.
    pub keyword: String,
    /// Only of this kind.
    pub category: Option<Category>,
}

/// Words of sizes in a name, which the catalogue may write otherwise.
const INCHES: [&str; 8] = ["-inch", " inches", " inch", "英寸", "吋", "寸", "\"", "”"];

/// The search for popular models of the brand, if the brand is known.
pub(super) fn of_brand(name: &ModelName) -> Option<Search> {
    let brand = Brand::find(&name.brand)?;
    Some(Search { keyword: brand.word().to_owned(), category: name.category })
}

/// The search for the models of the series, if the name says one.
pub(super) fn of_series(name: &ModelName) -> Option<Search> {
    Some(Search { keyword: series(&name.model, &name.brand)?.to_owned(), category: name.category })
}

/// The search for the name itself, without the text in brackets and the word for inches. If the name
/// has no word for its series, such as `X90`, the brand is added.
pub(super) fn of_name(name: &ModelName) -> Search {
    let tidy = tidied(&redacted(&name.model));
    let mut short = tidy.split(['(', ',']).next().unwrap_or_default().to_owned();
    for word in INCHES {
        short = short.replace(word, " ");
    }
    let words: Vec<&str> = short.split_whitespace().collect();
    let short = if words.is_empty() { tidy } else { words.join(" ") };
    let has_brand = series(&name.model, &name.brand).is_some()
        || short.to_lowercase().starts_with(&name.brand.to_lowercase());
    let keyword = if has_brand { short } else { format!("{} {short}", name.brand) };
    Search { keyword, category: name.category }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_searched_for_without_what_the_catalogue_may_write_otherwise() {
        for (brand, model, keyword) in [
            ("苹果", "iPhone 14 Pro", "iPhone 14 Pro"),
            ("苹果", "MacBook Air (M1, 2020)", "MacBook Air"),
            ("苹果", "iPad Pro 11-inch (4th gen)", "iPad Pro 11"),
            ("苹果", "MacBook Air 13\" M2", "MacBook Air 13 M2"),
            ("vivo", "X90", "vivo X90"),
            ("小米", "小米 14", "小米 14"),
            ("索尼", "(ILCE-7M4)", "(ILCE-7M4)"),
        ] {
            let name = ModelName { brand: brand.into(), model: model.into(), category: None };
            assert_eq!(of_name(&name).keyword, keyword);
        }
    }
}
