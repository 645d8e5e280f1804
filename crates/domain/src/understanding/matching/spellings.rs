//! The words of a model's name in one spelling, so that two spellings of a name have the same words.

use std::collections::BTreeSet;

use super::super::brands::Brand;
use super::super::spelling::{tidied, words};

/// Spellings that are replaced before the words are compared.
const SPELLINGS: [(&str, &str); 68] = [
    ("zfold", "z fold"),
    ("zflip", "z flip"),
    ("magicv", "magic v"),
    ("zve10", "zv e10"),
    ("zve1", "zv e1"),
    ("findx", "find x "),
    ("findn", "find n "),
    ("小米笔记本", "xiaomi book "),
    ("matex", "mate x"),
    ("黑卡rx", "rx"),
    ("黑卡七", "rx100 vii"),
    ("黑卡六", "rx100 vi"),
    ("rx100m7", "rx100 vii"),
    ("rx100m6", "rx100 vi"),
    ("rx100m5", "rx100 v"),
    ("mbp", "macbook pro "),
    ("mba", "macbook air "),
    ("x1carbon", "x1 carbon"),
    ("x1c", "x1 carbon "),
    ("黑卡7", "rx100 vii"),
    ("黑卡6", "rx100 vi"),
    ("黑卡5", "rx100 v"),
    ("dsc-", " "),
    ("微单", " "),
    ("5d4", "5d iv"),
    ("5d3", "5d iii"),
    ("5d2", "5d ii"),
    ("6d2", "6d ii"),
    ("7d2", "7d ii"),
    ("g7x3", "g7 x iii"),
    ("g7x2", "g7 x ii"),
    ("ilce-", "alpha "),
    ("zfc", "z fc"),
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
    ("thgen", "th gen"),
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
pub(super) fn canonical(name: &str, brand: Option<Brand>) -> BTreeSet<String> {
    let mut text = tidied(name).to_lowercase();
    for (from, to) in SPELLINGS {
        if text.contains(from) {
            text = text.replace(from, to);
        }
    }
    let mut words = without_brands(words(&text), brand);
    // 13.5in
    for place in 1..words.len() {
        let is_number = |word: &String| word.bytes().all(|it| it.is_ascii_digit() || it == b'.');
        let ends = words.get(place + 1).is_none_or(|next| !is_number(next));
        if words[place] == "in" && is_number(&words[place - 1]) && ends {
            words[place] = "\"".to_owned();
        }
    }
    generations(&mut words, brand);
    // ThinkPad X1 Carbon 2022 (Gen10): a generation came out in one year.
    if brand == Some(Brand::Lenovo) && words.iter().any(|word| word.starts_with("gen")) {
        words.retain(|word| {
            !(word.len() == 4 && word.starts_with("20") && word.bytes().all(|it| it.is_ascii_digit()))
        });
    }
    if brand == Some(Brand::Apple) {
        return super::apple::words(words);
    }
    if brand == Some(Brand::Sony) && words.first().is_some_and(|word| word == "a") {
        words[0] = "alpha".to_owned();
    }
    // Alpha a7 III
    if brand == Some(Brand::Sony) && words.iter().any(|word| word == "alpha") {
        words.retain(|word| word != "a");
    }
    if brand.is_some_and(numbers_its_cameras) {
        marks(&mut words);
    }
    // 富士 XS20
    if brand == Some(Brand::Fujifilm) {
        let apart = |word: String| match word.strip_prefix('x').filter(|rest| rest.len() == 1) {
            Some(line) => vec!["x".to_owned(), line.to_owned()],
            None => vec![word],
        };
        words = words.into_iter().flat_map(apart).collect();
    }
    // 三星 Fold5
    if brand == Some(Brand::Samsung) && words.iter().any(|word| word == "fold" || word == "flip") {
        words.push("z".to_owned());
    }
    if brand.is_some_and(names_levels_by_a_letter) {
        for place in 1..words.len() {
            let is_number = words[place - 1].bytes().all(|it| it.is_ascii_digit());
            // Mate60P, X100P
            if words[place] == "p" && is_number {
                words[place] = "pro".to_owned();
            }
        }
    }
    let plus = |word: String| match word.as_str() {
        "+" => "plus".to_owned(),
        // S24U
        "u" if matches!(brand, Some(Brand::Samsung | Brand::Xiaomi)) => "ultra".to_owned(),
        _ => word,
    };
    words.into_iter().map(plus).filter(|word| word != "\"").collect()
}

/// Makers of phones whose Pro the trade writes as one letter.
fn names_levels_by_a_letter(brand: Brand) -> bool {
    matches!(brand, Brand::Huawei | Brand::Honor | Brand::Xiaomi | Brand::Vivo | Brand::Oppo | Brand::OnePlus)
}

/// Makers that count the models of a camera with Roman numbers.
fn numbers_its_cameras(brand: Brand) -> bool {
    matches!(brand, Brand::Sony | Brand::Canon | Brand::Nikon | Brand::Panasonic | Brand::Olympus)
}

/// Writes the number of a camera's model as its maker does: `7 m 4`, `7 gen4` are `7 iv`.
fn marks(words: &mut Vec<String>) {
    const ROMAN: [&str; 6] = ["ii", "iii", "iv", "v", "vi", "vii"];
    let mut joined: Vec<String> = Vec::with_capacity(words.len());
    let mut rest = std::mem::take(words).into_iter().peekable();
    let roman =
        |number: &str| ROMAN.get(number.parse::<usize>().ok()?.checked_sub(2)?).map(|it| (*it).to_owned());
    while let Some(word) = rest.next() {
        // R62, Z62: the second R6, the second Z 6.
        if let ([line @ b'5'..=b'9', b'2' | b'3'], Some("r" | "z")) =
            (word.as_bytes(), joined.last().map(String::as_str))
        {
            joined.push(char::from(*line).to_string());
            joined.extend(roman(&word[1..]));
            continue;
        }
        let behind = joined.last().is_some_and(|last| last.bytes().all(|it| it.is_ascii_digit()));
        let mark = match word.as_str() {
            "mk" if rest.peek().is_some_and(|next| ROMAN.contains(&next.as_str())) => rest.next(),
            "m" | "mk" if behind => rest.peek().and_then(|next| roman(next)).inspect(|_| drop(rest.next())),
            generation if behind => generation.strip_prefix("gen").and_then(roman),
            _ => None,
        };
        joined.push(mark.unwrap_or(word));
    }
    *words = joined;
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

/// The numbers of a name that are sizes of a screen.
pub(super) fn inches(name: &str) -> Vec<String> {
    let mut text = tidied(name).to_lowercase();
    for (from, to) in SPELLINGS.iter().filter(|(_, to)| to.starts_with('"')) {
        text = text.replace(from, to);
    }
    let words = words(&text);
    let decimal = |word: &String| word.len() == 4 && word.as_bytes()[2] == b'.';
    let bare: Vec<String> = words.iter().filter(|word| decimal(word)).cloned().collect();
    let words: Vec<String> =
        words.into_iter().map(|word| if word == "in" { "\"".to_owned() } else { word }).collect();
    let marked = words.windows(2).filter(|pair| pair[1] == "\"").map(|pair| pair[0].clone());
    // Surface Laptop 5 13.5
    marked.chain(bare).collect()
}
