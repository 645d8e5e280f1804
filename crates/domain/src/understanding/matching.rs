//! Compares a model's name in people's words with the names of the partner's catalogue.
//!
//! Two names are of the same model if they have the same words, in any order and spelling: `iPhone13`,
//! `iPad Air5` and `iPad Air (第五代)`. Words that are written and not in the catalogue's name make it another model. Of the
//! words that are not written, only those may be missing that every model of the series has. A generation, a year or a
//! size that is not written is asked.

mod apple;

use std::collections::BTreeSet;

use super::brands::{Brand, brand};
use super::spelling::{tidied, words};
use crate::{CatalogueItem, Category};

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
const LEFT_OUT: [&str; 8] = ["iphone", "galaxy", "thinkpad", "eos", "alpha", "lumix", "latitude", "osmo"];

/// Which models of `catalogue` a name means, of that brand and kind.
pub fn candidates<'a>(
    name: &str,
    brand_name: &str,
    category: Option<Category>,
    catalogue: impl Iterator<Item = &'a CatalogueItem>,
) -> Naming<'a> {
    let known = brand(brand_name).map(|(brand, _)| brand);
    let written = canonical(name, known);
    if written.is_empty() {
        return Naming::None;
    }
    let (mut same, mut near) = (Vec::new(), Vec::new());
    for item in catalogue {
        let of_brand = match known {
            Some(known) => brand(&item.brand).is_some_and(|(brand, _)| brand == known),
            None => item.brand.eq_ignore_ascii_case(brand_name.trim()),
        };
        if !of_brand || category.is_some_and(|category| item.device_type != category) {
            continue;
        }
        let name = canonical(&item.model, known);
        if !written.is_subset(&name) {
            continue;
        }
        // "苹果 14" is an iPhone only where it is said to be a phone.
        let left_out = |word: &String| LEFT_OUT.contains(&word.as_str()) && category.is_some();
        if name.difference(&written).all(left_out) { same.push(item) } else { near.push(item) }
    }
    match (&same[..], near.is_empty()) {
        ([one], _) => Naming::One(one),
        ([], true) => Naming::None,
        ([], false) => Naming::Several(near),
        _ => Naming::Several(same),
    }
}

/// Spellings that are replaced before the words are compared.
const SPELLINGS: [(&str, &str); 34] = [
    ("macbook", "macbook "),
    ("ipad", "ipad "),
    ("iphone", "iphone "),
    ("promax", "pro max"),
    ("战", "战 "),
    ("pocket", "pocket "),
    ("matebook", "matebook "),
    ("小米平板", "pad "),
    ("红米", "redmi "),
    ("平板", "pad "),
    ("灵越", "inspiron "),
    ("小新", "xiaoxin "),
    ("拯救者", "legion "),
    ("真我", "realme "),
    ("α", "alpha "),
    ("英寸", "\" "),
    ("吋", "\" "),
    ("寸", "\" "),
    ("-inch", "\" "),
    ("inches", "\" "),
    ("inch", "\" "),
    ("generation", "gen "),
    ("代", "代 "),
    ("第", " 第"),
    ("ilce-7m4", "alpha 7 iv"),
    ("ilce-7m3", "alpha 7 iii"),
    ("ilce-7cm2", "alpha 7c ii"),
    ("ilce-6700", "alpha 6700"),
    ("a7c2", "alpha 7c ii"),
    ("a7cii", "alpha 7c ii"),
    ("a7m4", "alpha 7 iv"),
    ("a7m3", "alpha 7 iii"),
    ("mark", " "),
    ("smartphone", " "),
];

/// The words of a name in one spelling.
fn canonical(name: &str, brand: Option<Brand>) -> BTreeSet<String> {
    let mut text = tidied(name).to_lowercase();
    for (from, to) in SPELLINGS {
        text = text.replace(from, to);
    }
    let mut words = without_brands(words(&text), brand);
    generations(&mut words, brand);
    if brand == Some(Brand::Apple) {
        return apple::words(words);
    }
    if brand == Some(Brand::Sony) && words.first().is_some_and(|word| word == "a") {
        words[0] = "alpha".to_owned();
    }
    let plus = |word: String| if word == "+" { "plus".to_owned() } else { word };
    words.into_iter().map(plus).filter(|word| word != "\"").collect()
}

/// The words without the brand's own names.
fn without_brands(words: Vec<String>, brand: Option<Brand>) -> Vec<String> {
    let Some(brand) = brand else { return words };
    let own = |word: &String| brand.names().any(|name| name.to_lowercase() == *word);
    words.into_iter().filter(|word| !own(word)).collect()
}

/// Joins the words of generations and of sizes: `5 th gen`, `gen 5`, `第五代` are `gen5`; `11 "` is `11in`.
fn generations(words: &mut Vec<String>, brand: Option<Brand>) {
    let mut joined: Vec<String> = Vec::with_capacity(words.len());
    let is_number = |word: &String| word.bytes().all(|it| it.is_ascii_digit() || it == b'.');
    let mut rest = std::mem::take(words).into_iter().peekable();
    while let Some(word) = rest.next() {
        match word.as_str() {
            "th" | "rd" | "nd" | "st" if joined.last().is_some_and(is_number) => {
                if rest.peek().is_some_and(|next| next == "gen") {
                    rest.next();
                }
                let number = joined.pop().unwrap_or_default();
                joined.push(format!("gen{number}"));
            }
            "gen" if rest.peek().is_some_and(is_number) => {
                joined.push(format!("gen{}", rest.next().unwrap_or_default()));
            }
            "g" if brand == Some(Brand::Lenovo) && rest.peek().is_some_and(is_number) => {
                joined.push(format!("gen{}", rest.next().unwrap_or_default()));
            }
            // Only Apple's names have sizes as well as generations.
            "\"" if brand == Some(Brand::Apple) && joined.last().is_some_and(is_number) => {
                let number = joined.pop().unwrap_or_default();
                joined.push(format!("{number}in"));
            }
            "第" => {}
            "代" if joined.last().is_some_and(is_number) => {
                let number = joined.pop().unwrap_or_default();
                joined.push(format!("gen{number}"));
            }
            _ => match chinese_generation(&word) {
                Some(number) => joined.push(format!("gen{number}")),
                None => joined.push(word),
            },
        }
    }
    *words = joined;
}

/// The number of `第五代` and `六代`.
fn chinese_generation(word: &str) -> Option<u32> {
    let number = word.trim_start_matches('第').strip_suffix('代')?;
    let digit =
        |letter: char| "一二三四五六七八九".chars().position(|it| it == letter).map(|at| at as u32 + 1);
    let letters: Vec<char> = number.chars().collect();
    match letters[..] {
        ['十'] => Some(10),
        ['十', one] => Some(10 + digit(one)?),
        [one] => digit(one),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
