//! Which searches names take, as few as possible. No I/O.

use std::collections::{BTreeMap, BTreeSet};

use domain::{ModelName, Models, Naming};

use super::keywords::{Search, of_brand, of_name, of_series};

/// From how many names on a search by their brand is made first.
const BY_BRAND: usize = 3;
/// From how many names on a search by their series is made first.
const BY_SERIES: usize = 2;
/// An answer with this many models or more may have been cut to a page, so what is not in it may still be there.
const MAY_BE_CUT: usize = 10;

/// The searches to make next for the names that are not known. Empty when no search is left that may tell more.
pub(super) fn next(
    names: &BTreeSet<ModelName>,
    models: &Models,
    done: &BTreeMap<Search, usize>,
) -> BTreeSet<Search> {
    wanted(names, models, done).into_iter().filter_map(|(_, search)| search).collect()
}

/// The searches that may tell of several of the names at once: by brand and by series.
pub(super) fn of_many(names: &BTreeSet<ModelName>) -> BTreeSet<Search> {
    names.iter().flat_map(|name| [of_brand(name), of_series(name)]).flatten().collect()
}

/// The names that mean several models or none, after all searches that may tell more.
pub(super) fn settled(
    names: &BTreeSet<ModelName>,
    models: &Models,
    done: &BTreeMap<Search, usize>,
) -> Vec<ModelName> {
    let settled = wanted(names, models, done).into_iter().filter(|(_, search)| search.is_none());
    settled.map(|(name, _)| name.clone()).collect()
}

/// The names that do not mean exactly one known model, each with the next search for it.
fn wanted<'a>(
    names: &'a BTreeSet<ModelName>,
    models: &Models,
    done: &BTreeMap<Search, usize>,
) -> Vec<(&'a ModelName, Option<Search>)> {
    let unknown: Vec<&ModelName> =
        names.iter().filter(|name| !matches!(models.naming(name), Naming::One(_))).collect();
    let count = |of: fn(&ModelName) -> Option<Search>| {
        let mut counts: BTreeMap<Search, usize> = BTreeMap::new();
        for search in unknown.iter().filter_map(|name| of(name)) {
            *counts.entry(search).or_default() += 1;
        }
        counts
    };
    let (by_brand, by_series) = (count(of_brand), count(of_series));
    let shared = |search: &Option<Search>, counts: &BTreeMap<Search, usize>, least: usize| {
        search.clone().filter(|search| counts.get(search).is_some_and(|names| *names >= least))
    };
    let next = |name: &ModelName| {
        let (brand, series) = (of_brand(name), of_series(name));
        // An answer that was not cut has all models of the brand or of the series.
        let is_complete = |search: &Search| done.get(search).is_some_and(|it| (1..MAY_BE_CUT).contains(it));
        if [&brand, &series].into_iter().flatten().any(is_complete) {
            return None;
        }
        let of_many = [shared(&brand, &by_brand, BY_BRAND), shared(&series, &by_series, BY_SERIES)];
        // The partner may spell a name so that only its series or its brand finds it. One that it has under another
        // brand is found.
        let is_unlike =
            matches!(models.naming(name), Naming::None) && !models.known.has_name(&name.model, &name.brand);
        let of_one = [series, brand].map(|search| search.filter(|_| is_unlike));
        let all = of_many.into_iter().chain([Some(of_name(name))]).chain(of_one);
        all.flatten().find(|search| !done.contains_key(search))
    };
    unknown.iter().map(|name| (*name, next(name))).collect()
}

#[cfg(test)]
mod tests {
    use domain::{CatalogueItem, Category, Term};

    use super::*;

    fn name(kind: Category, brand: &str, model: &str) -> ModelName {
        ModelName { brand: brand.into(), model: model.into(), category: Some(kind) }
    }

    fn phones(models: &[&str]) -> BTreeSet<ModelName> {
        models.iter().map(|model| name(Category::Phone, "苹果", model)).collect()
    }

    fn keywords(searches: BTreeSet<Search>) -> Vec<String> {
        searches.into_iter().map(|search| search.keyword).collect()
    }

    fn known(models: &[&str]) -> Models {
        let item = |model: &&str| CatalogueItem {
            device_type: Category::find("手机").unwrap(),
            brand: "苹果".into(),
            model: (*model).into(),
            storages: Vec::new(),
            rams: Vec::new(),
        };
        let mut known = Models::default();
        known.known.add(models.iter().map(item));
        known
    }

    fn search(keyword: &str) -> Search {
        Search { keyword: keyword.into(), category: Some(Category::Phone) }
    }

    #[test]
    fn known_names_take_no_search_and_equal_ones_take_one() {
        let models = known(&["iPhone 14 Pro"]);
        let done = BTreeMap::new();
        assert!(next(&phones(&["iPhone14 pro"]), &models, &done).is_empty());
        assert_eq!(keywords(next(&phones(&["iPhone 13"]), &models, &done)), ["iPhone 13"]);
    }

    #[test]
    fn one_search_by_brand_or_series_is_for_several_names() {
        let (models, done) = (Models::default(), BTreeMap::new());
        assert_eq!(keywords(next(&phones(&["iPhone 13", "iPhone 14"]), &models, &done)), ["iphone"]);
        let three = phones(&["iPhone 13", "iPhone 14", "iPhone 15"]);
        assert_eq!(keywords(next(&three, &models, &done)), ["苹果"]);
        let mut mixed = three;
        mixed.insert(name(Category::Laptop, "联想", "ThinkPad T14"));
        mixed.insert(name(Category::Phone, "vivo", "X90"));
        assert_eq!(keywords(next(&mixed, &models, &done)), ["ThinkPad T14", "vivo X90", "苹果"]);
    }

    #[test]
    fn a_whole_answer_settles_a_name_and_one_that_may_be_cut_does_not() {
        let names = phones(&["iPhone 13", "iPhone 99"]);
        let models = known(&["iPhone 13"]);
        for (found, keywords_left) in [(9, &[][..]), (20, &["iPhone 99"]), (0, &["iPhone 99"])] {
            let done = BTreeMap::from([(search("iphone"), found)]);
            assert_eq!(keywords(next(&names, &models, &done)), keywords_left, "{found}");
            assert_eq!(settled(&names, &models, &done).len(), usize::from(keywords_left.is_empty()));
        }
    }

    #[test]
    fn a_name_that_is_spelled_otherwise_is_found_by_its_series_and_its_brand() {
        let names = phones(&["iPhone 99"]);
        let mut done = BTreeMap::new();
        for keyword in ["iPhone 99", "iphone", "苹果"] {
            assert_eq!(keywords(next(&names, &Models::default(), &done)), [keyword]);
            done.insert(search(keyword), 0);
        }
        assert_eq!(settled(&names, &Models::default(), &done).len(), 1);
    }

    #[test]
    fn a_name_that_may_be_several_models_takes_no_further_search() {
        let names = phones(&["iPhone SE"]);
        let models = known(&["iPhone SE (第二代)", "iPhone SE (第三代)"]);
        let done = BTreeMap::from([(search("iPhone SE"), 2)]);
        assert!(next(&names, &models, &done).is_empty());
        assert_eq!(settled(&names, &models, &done).len(), 1);
    }
}
