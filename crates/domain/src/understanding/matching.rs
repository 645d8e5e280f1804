//! Compares a model's name in people's words with the names of the partner's catalogue.
//!
//! Two names are of the same model if they have the same words, in any order and spelling: `iPhone13`,
//! `iPad Air5` and `iPad Air (第五代)`. Words that are written and not in the catalogue's name make it another model. Of the
//! words that are not written, only those may be missing that every model of the series has. A generation, a year or a
//! size that is not written is asked.

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
        return of_apple(words);
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

/// Apple's names: chips, sizes, generations and years stand in many orders, and some of them follow from others.
fn of_apple(words: Vec<String>) -> BTreeSet<String> {
    let mut names: Vec<String> = Vec::with_capacity(words.len());
    let mut rest = words.into_iter().peekable();
    while let Some(word) = rest.next() {
        let number =
            rest.peek().is_some_and(|next| next.len() == 1 && next.bytes().all(|it| it.is_ascii_digit()));
        if word == "m" && number {
            let mut chip = format!("m{}", rest.next().unwrap_or_default());
            if let Some(level) = rest.next_if(|next| matches!(next.as_str(), "pro" | "max" | "ultra")) {
                chip.push_str(&level);
            }
            names.push(chip);
        } else {
            names.push(if word == "+" { "plus".to_owned() } else { word });
        }
    }
    let mut names: BTreeSet<String> =
        names.into_iter().filter(|word| word != "\"" && word != "chip").collect();
    let has = |names: &BTreeSet<String>, word: &str| names.contains(word);
    let swap = |names: &mut BTreeSet<String>, from: &str, to: &str| {
        if names.remove(from) {
            names.insert(to.to_owned());
        }
    };
    if has(&names, "macbook") {
        for (from, to) in [
            ("13", "13in"),
            ("14", "14in"),
            ("15", "15in"),
            ("16", "16in"),
            ("13.3", "13in"),
            ("13.6", "13in"),
            ("14.2", "14in"),
            ("15.3", "15in"),
            ("16.2", "16in"),
            ("13.3in", "13in"),
            ("13.6in", "13in"),
            ("14.2in", "14in"),
            ("15.3in", "15in"),
            ("16.2in", "16in"),
        ] {
            swap(&mut names, from, to);
        }
        // The year of a chip's first model says which size it is, where only one came out in that year.
        for (line, chip, year, size) in [
            ("air", "m1", "2020", "13in"),
            ("air", "m2", "2022", "13in"),
            ("air", "m2", "2023", "15in"),
            ("air", "m3", "2024", ""),
            ("pro", "m1", "2020", "13in"),
            ("pro", "m2", "2022", "13in"),
            ("pro", "m1pro", "2021", ""),
            ("pro", "m1max", "2021", ""),
            ("pro", "m2pro", "2023", ""),
            ("pro", "m2max", "2023", ""),
            ("pro", "m3", "2023", "14in"),
            ("pro", "m3pro", "2023", ""),
            ("pro", "m3max", "2023", ""),
        ] {
            if has(&names, line) && has(&names, chip) && names.remove(year) && !size.is_empty() {
                names.insert(size.to_owned());
            }
        }
        // There was only one size of it.
        if has(&names, "air") && has(&names, "m1") {
            names.insert("13in".to_owned());
        }
    }
    if has(&names, "ipad") {
        of_ipads(&mut names);
    }
    if has(&names, "iphone") && has(&names, "se") {
        for (from, to) in [("2", "gen2"), ("3", "gen3"), ("2020", "gen2"), ("2022", "gen3")] {
            swap(&mut names, from, to);
        }
    }
    names
}

fn of_ipads(names: &mut BTreeSet<String>) {
    let line = ["pro", "air", "mini"].into_iter().find(|line| names.contains(*line));
    // Sizes that all models of a line and generation have.
    for size in ["10.2in", "10.9in", "8.3in", "10.2", "10.9", "8.3"] {
        if names.iter().any(|name| name.starts_with("gen")) {
            names.remove(size);
        }
    }
    let numbers: Vec<String> = names
        .iter()
        .filter(|name| name.bytes().all(|it| it.is_ascii_digit() || it == b'.'))
        .cloned()
        .collect();
    for number in numbers {
        let size = matches!(
            (line, number.as_str()),
            (Some("pro" | "air"), "11" | "13") | (Some("pro"), "12.9" | "10.5" | "9.7")
        );
        let generation = number.parse::<u32>().is_ok_and(|number| number <= 11);
        if size || generation {
            names.remove(&number);
            names.insert(if size { format!("{number}in") } else { format!("gen{number}") });
        }
    }
    // The generation that a chip is of.
    for (line, size, chip, generation) in [
        ("air", "", "m1", "gen5"),
        ("pro", "11in", "m1", "gen3"),
        ("pro", "11in", "m2", "gen4"),
        ("pro", "12.9in", "m1", "gen5"),
        ("pro", "12.9in", "m2", "gen6"),
    ] {
        if names.contains(line) && names.contains(chip) && (size.is_empty() || names.contains(size)) {
            names.remove(chip);
            names.insert(generation.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Term;

    fn catalogue() -> Vec<CatalogueItem> {
        [
            ("手机", "苹果", "iPhone 14 Pro"),
            ("手机", "苹果", "iPhone 14"),
            ("手机", "苹果", "iPhone SE (第三代)"),
            ("笔记本", "苹果", "MacBook Air 13 英寸 (M1)"),
            ("笔记本", "苹果", "MacBook Air 13 英寸 (M2)"),
            ("笔记本", "苹果", "MacBook Air 15 英寸 (M2)"),
            ("笔记本", "苹果", "MacBook Pro 14 英寸 (M3 Pro)"),
            ("平板", "苹果", "iPad Air (第五代)"),
            ("平板", "苹果", "iPad Pro 11 英寸 (第四代)"),
            ("平板", "苹果", "iPad (第九代)"),
            ("平板", "苹果", "iPad Pro 11 英寸 (M4)"),
            ("手机", "小米", "小米 14"),
            ("手机", "小米", "小米 14 Ultra"),
            ("手机", "小米", "Redmi K60"),
            ("平板", "小米", "小米平板 6 Pro"),
            ("相机", "索尼", "Alpha 7 IV"),
            ("笔记本", "华为", "MateBook 14 2023"),
            ("笔记本", "联想", "ThinkPad X1 Carbon Gen 11"),
            ("手机", "三星", "Galaxy S23"),
            ("手机", "三星", "Galaxy S23 Ultra"),
            ("笔记本", "惠普", "战 66 六代"),
        ]
        .map(|(kind, brand, model)| CatalogueItem {
            device_type: Category::find(kind).unwrap(),
            brand: brand.to_owned(),
            model: model.to_owned(),
            storages: Vec::new(),
            rams: Vec::new(),
        })
        .to_vec()
    }

    #[test]
    fn names_in_peoples_spelling_mean_one_model() {
        let catalogue = catalogue();
        for (name, brand, kind, model) in [
            ("iPhone14pro", "苹果", Category::Phone, "iPhone 14 Pro"),
            ("14 Pro", "苹果", Category::Phone, "iPhone 14 Pro"),
            ("iPhone SE 3rd Gen", "苹果", Category::Phone, "iPhone SE (第三代)"),
            ("iPhone SE3", "苹果", Category::Phone, "iPhone SE (第三代)"),
            ("MacBook Air M1", "苹果", Category::Laptop, "MacBook Air 13 英寸 (M1)"),
            ("MacBook Air (M1, 2020)", "苹果", Category::Laptop, "MacBook Air 13 英寸 (M1)"),
            ("MacBook Air (M2, 2022)", "苹果", Category::Laptop, "MacBook Air 13 英寸 (M2)"),
            ("MacBook Air (15-inch, M2, 2023)", "苹果", Category::Laptop, "MacBook Air 15 英寸 (M2)"),
            ("MacBook Air 13\" M2", "苹果", Category::Laptop, "MacBook Air 13 英寸 (M2)"),
            ("MacBook Pro 14 M3 Pro", "苹果", Category::Laptop, "MacBook Pro 14 英寸 (M3 Pro)"),
            ("iPad Air5", "苹果", Category::Tablet, "iPad Air (第五代)"),
            ("iPad Air (5th generation)", "苹果", Category::Tablet, "iPad Air (第五代)"),
            ("iPad Pro 11-inch (4th gen)", "苹果", Category::Tablet, "iPad Pro 11 英寸 (第四代)"),
            ("iPad Pro 11 英寸 (M4)", "苹果", Category::Tablet, "iPad Pro 11 英寸 (M4)"),
            ("iPad 9", "苹果", Category::Tablet, "iPad (第九代)"),
            ("iPad (9th generation)", "苹果", Category::Tablet, "iPad (第九代)"),
            ("Xiaomi 14", "小米", Category::Phone, "小米 14"),
            ("红米K60", "小米", Category::Phone, "Redmi K60"),
            ("Xiaomi Pad 6 Pro", "小米", Category::Tablet, "小米平板 6 Pro"),
            ("A7M4", "索尼", Category::Camera, "Alpha 7 IV"),
            ("Alpha 7 IV (ILCE-7M4)", "索尼", Category::Camera, "Alpha 7 IV"),
            ("X1 Carbon Gen11", "联想", Category::Laptop, "ThinkPad X1 Carbon Gen 11"),
            ("S23 Ultra", "三星", Category::Phone, "Galaxy S23 Ultra"),
            ("战66六代", "惠普", Category::Laptop, "战 66 六代"),
        ] {
            match candidates(name, brand, Some(kind), catalogue.iter()) {
                Naming::One(item) => assert_eq!(item.model, model, "{name}"),
                other @ (Naming::Several(_) | Naming::None) => panic!("{name}: {other:?}"),
            }
        }
    }

    #[test]
    fn a_name_that_leaves_out_what_tells_models_apart_is_asked() {
        let catalogue = catalogue();
        for (name, brand, kind, nearest) in [
            ("MacBook Air M2", "苹果", Category::Laptop, 2),
            ("MacBook Air", "苹果", Category::Laptop, 3),
            ("MacBook Pro 14 M3", "苹果", Category::Laptop, 0),
            ("MacBook Pro 14", "苹果", Category::Laptop, 1),
            ("MateBook 14", "华为", Category::Laptop, 1),
            ("iPad Pro 11", "苹果", Category::Tablet, 2),
            ("iPad", "苹果", Category::Tablet, 4),
            ("iPhone SE", "苹果", Category::Phone, 1),
            ("ThinkPad X1 Carbon", "联想", Category::Laptop, 1),
            ("iPhone14,2", "苹果", Category::Phone, 0),
            ("iPhone 14 Plus", "苹果", Category::Phone, 0),
            ("Galaxy S23+", "三星", Category::Phone, 0),
            ("小米 14 Pro", "小米", Category::Phone, 0),
        ] {
            let found = match candidates(name, brand, Some(kind), catalogue.iter()) {
                Naming::One(item) => panic!("{name} is no {}", item.model),
                Naming::Several(items) => items.len(),
                Naming::None => 0,
            };
            assert_eq!(found, nearest, "{name}");
        }
    }
}
