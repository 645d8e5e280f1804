//! Compares a model's name in people's words with the names of the partner's catalogue.
//!
//! Two names are of the same model if they have the same words, in any order and spelling: `iPhone13`,
//! `iPad Air5` and `iPad Air (第五代)`. Words that are written and not in the catalogue's name make it another model. Of the
//! words that are not written, only those may be missing that every model of the series has. A generation, a year or a
//! size that is not written is asked.

mod apple;
mod joined;
mod spellings;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Deref;

use super::brands::{Brand, brand};
use crate::{CatalogueItem, Category, Term};
use spellings::{canonical, inches};

/// What a name means in the catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Naming<'a> {
    /// Exactly one model.
    One(&'a CatalogueItem),
    /// Models that it may mean: the name leaves out what tells them apart.
    Several(Vec<&'a CatalogueItem>),
    /// No model.
    None,
}

/// Words that every model of a series has, so that people leave them out.
const LEFT_OUT: [&str; 9] =
    ["powershot", "iphone", "galaxy", "thinkpad", "eos", "alpha", "lumix", "latitude", "osmo"];

/// The most models that are named as the nearest ones of an unknown name.
const MOST_NEAREST: usize = 5;

/// Which models of `catalogue` a name means, of that brand and kind. For many names, make a [`KnownModels`] once.
pub fn candidates<'a>(
    name: &str,
    brand_name: &str,
    category: Option<Category>,
    catalogue: impl Iterator<Item = &'a CatalogueItem>,
) -> Naming<'a> {
    let own = Maker::of(brand_name);
    let entries: Vec<Entry<&CatalogueItem>> =
        catalogue.filter(|item| Maker::of(&item.brand) == own).map(Entry::new).collect();
    let naming = naming(&entries, name, own.known(), category);
    // The items live longer than their entries.
    let of_the_catalogue =
        |item: &CatalogueItem| entries.iter().find(|it| std::ptr::eq(it.item, item)).map(|it| it.item);
    match naming {
        Naming::One(item) => of_the_catalogue(item).map_or(Naming::None, Naming::One),
        Naming::Several(items) => Naming::Several(items.into_iter().filter_map(of_the_catalogue).collect()),
        Naming::None => Naming::None,
    }
}

/// A model's brand and name in one spelling: equal for two texts that name the same model, in any order of words, such
/// as `iPad Air5` and `iPad Air (第五代)`. Words that every model of a series has are left out: `iPhone 13` of 苹果 is
/// equal to `13`, so compare only models of the same kind of device. Colours and sizes are words like others: see
/// [`understand`](super::understand), which takes them out.
pub fn model_key(name: &str, brand_name: &str) -> String {
    let maker = Maker::of(brand_name);
    let words = canonical(name, maker.known());
    let mut key = match maker {
        Maker::Known(brand) => brand.code().to_owned(),
        Maker::Other(text) => text,
    };
    key.push(':');
    let is_left_out = |word: &String| LEFT_OUT.contains(&word.as_str());
    let all_are = words.iter().all(is_left_out);
    for word in words.iter().filter(|word| all_are || !is_left_out(word)) {
        key.push(' ');
        key.push_str(word);
    }
    key
}

/// A brand that is known, or the text of another one in lower case.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Maker {
    Known(Brand),
    Other(String),
}

impl Maker {
    fn of(text: &str) -> Self {
        match brand(text) {
            Some((brand, _)) => Self::Known(brand),
            None => Self::Other(text.trim().to_ascii_lowercase()),
        }
    }

    fn known(&self) -> Option<Brand> {
        match self {
            Self::Known(brand) => Some(*brand),
            Self::Other(_) => None,
        }
    }
}

/// A model with the words of its name in one spelling.
#[derive(Clone, Debug)]
struct Entry<T> {
    words: BTreeSet<String>,
    item: T,
}

impl<T: Deref<Target = CatalogueItem>> Entry<T> {
    fn new(item: T) -> Self {
        Self { words: canonical(&item.model, Maker::of(&item.brand).known()), item }
    }
}

/// Models of the partner's catalogue, prepared so that many names are compared with them.
#[derive(Clone, Debug, Default)]
pub struct KnownModels {
    by_maker: HashMap<Maker, Vec<Entry<Box<CatalogueItem>>>>,
    /// The words of all names, of any brand.
    names: HashSet<BTreeSet<String>>,
}

impl KnownModels {
    /// Adds models. Of equal ones, the first that says in which storages it comes counts.
    pub fn add(&mut self, items: impl IntoIterator<Item = CatalogueItem>) {
        for item in items {
            let entries = self.by_maker.entry(Maker::of(&item.brand)).or_default();
            let equal = |known: &&mut Entry<Box<CatalogueItem>>| {
                known.item.device_type == item.device_type && known.item.model == item.model
            };
            match entries.iter_mut().find(equal) {
                Some(known) if known.item.storages.is_empty() => *known.item = item,
                Some(_) => {}
                None => {
                    let entry = Entry::new(Box::new(item));
                    self.names.insert(entry.words.clone());
                    entries.push(entry);
                }
            }
        }
    }

    /// Which models a name means, of that brand and kind.
    pub fn naming(&self, name: &str, brand_name: &str, category: Option<Category>) -> Naming<'_> {
        let maker = Maker::of(brand_name);
        let entries = self.by_maker.get(&maker).map_or(&[][..], Vec::as_slice);
        naming(entries, name, maker.known(), category)
    }

    /// Whether a model of any brand has exactly this name.
    pub fn has_name(&self, name: &str, brand_name: &str) -> bool {
        self.names.contains(&canonical(name, Maker::of(brand_name).known()))
    }

    /// The models of that brand and kind whose names have most words in common with a name that means none of them:
    /// at least half of its words.
    pub fn nearest(&self, name: &str, brand_name: &str, category: Option<Category>) -> Vec<&CatalogueItem> {
        let maker = Maker::of(brand_name);
        let written = canonical(name, maker.known());
        let entries = self.by_maker.get(&maker).map_or(&[][..], Vec::as_slice);
        let of_kind = |entry: &&Entry<Box<CatalogueItem>>| {
            category.is_none_or(|category| entry.item.device_type == category)
        };
        let common = |entry: &Entry<Box<CatalogueItem>>| entry.words.intersection(&written).count();
        let mut near: Vec<_> = entries
            .iter()
            .filter(of_kind)
            .filter(|entry| 2 * common(entry) >= written.len().max(1))
            .collect();
        near.sort_by_key(|entry| (std::cmp::Reverse(common(entry)), entry.words.len()));
        near.into_iter().take(MOST_NEAREST).map(|entry| &*entry.item).collect()
    }
}

/// Which models of one brand a name means.
fn naming<'a, T: Deref<Target = CatalogueItem>>(
    entries: &'a [Entry<T>],
    name: &str,
    brand: Option<Brand>,
    category: Option<Category>,
) -> Naming<'a> {
    let mut written = canonical(name, brand);
    let mut naming = named(entries, &written, category);
    if naming == Naming::None {
        let known = entries.iter().flat_map(|entry| entry.words.iter().map(String::as_str)).collect();
        if let Some(words) = joined::apart(&written, &known) {
            written = words;
            naming = named(entries, &written, category);
        }
    }
    // EliteBook 840 14 inch G10: a laptop that has a name without the size of its screen. A tablet with another size is
    // another tablet.
    if naming != Naming::None || category != Some(Category::Laptop) || brand == Some(Brand::Apple) {
        return naming;
    }
    let inches = inches(name);
    written.retain(|word| !inches.contains(word));
    match named(entries, &written, category) {
        one @ Naming::One(_) if !inches.is_empty() => one,
        Naming::One(_) | Naming::Several(_) | Naming::None => Naming::None,
    }
}

/// Which models of one brand have a name with these words.
fn named<'a, T: Deref<Target = CatalogueItem>>(
    entries: &'a [Entry<T>],
    written: &BTreeSet<String>,
    category: Option<Category>,
) -> Naming<'a> {
    if written.is_empty() {
        return Naming::None;
    }
    let (mut same, mut near) = (Vec::new(), Vec::new());
    for Entry { words, item } in entries {
        let item: &CatalogueItem = item;
        if category.is_some_and(|category| item.device_type != category) || !written.is_subset(words) {
            continue;
        }
        // "苹果 14" is an iPhone only where it is said to be a phone.
        let left_out = |word: &String| LEFT_OUT.contains(&word.as_str()) && category.is_some();
        if words.difference(written).all(left_out) { same.push(item) } else { near.push(item) }
    }
    match (&same[..], near.is_empty()) {
        ([one], _) => Naming::One(one),
        ([], true) => Naming::None,
        ([], false) => Naming::Several(near),
        _ => Naming::Several(same),
    }
}

#[cfg(test)]
mod tests;
