//! What a cell with the name of a model says besides it: brand, sizes, colour, network.

use super::accessories::are_accessories;
use super::brands::{self, Brand, leading_brand};
use super::families::{begins_with_one, family};
use super::kinds::{self, Kind};
use super::kits::kit;
use super::spelling::tidied;
use super::{asides, besides, lenses};
use crate::Term;

/// The name of a model without what does not belong to it: sizes at `sizes`, colours, networks, and the brand where
/// the model has a name without it. `series` is a series that stood in the brand's place.
pub(crate) fn name(
    text: &str,
    sizes: &[(usize, usize)],
    brand: Option<Brand>,
    series: Option<&str>,
) -> String {
    let lower = text.to_ascii_lowercase();
    let mut places = sizes.to_vec();
    places.extend(asides::found(&lower, brand == Some(Brand::Apple)));
    places.extend(lenses::lenses(&lower, brand));
    places.sort_unstable();
    let places = joined(places);
    let found = !places.is_empty();
    let mut rest = text.to_owned();
    for (from, until) in places.into_iter().rev() {
        if until <= rest.len() && rest.is_char_boundary(from) && rest.is_char_boundary(until) {
            rest.replace_range(from..until, " ");
        }
    }
    // A name in which nothing was found stays as it is, with its marks.
    let mut rest = if found { without_empty_brackets(&rest) } else { rest };
    while let Some((_, length)) = leading_brand(&rest.to_ascii_lowercase()) {
        let shorter = rest[length..].trim_start_matches([' ', '-', '/', '(', ')', '_']).to_owned();
        let named = |text: &str| family(&text.to_ascii_lowercase(), brand).is_some();
        let keeps = match named(&shorter) {
            true => false,
            false => named(&rest) || brand.is_some_and(Brand::names_its_models),
        };
        if keeps || shorter.is_empty() {
            break;
        }
        rest = shorter;
    }
    if let Some(shorter) = without_a_note(&rest).or_else(|| without_accessories(&rest)) {
        rest.truncate(shorter);
    }
    if let Some(shorter) = besides::without_numbers_and_kind(&rest, brand) {
        rest = shorter;
    }
    let lower = rest.to_lowercase();
    match (series, brand) {
        (Some(series), _) if !lower.contains(series) && !rest.is_empty() => {
            let mut letters = series.chars();
            let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
            format!("{first}{} {rest}", letters.as_str())
        }
        (None, Some(brand))
            if brand.names_its_models() && rest.starts_with(|it: char| it.is_ascii_digit()) =>
        {
            format!("{} {rest}", brand.word())
        }
        _ => rest,
    }
}

/// A name behind the number of its line and the person who wrote it, as lists of a chat have them: `3. 小周 小米14pro`.
pub(super) fn behind_a_person(text: &str) -> Option<&str> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let numbered = (1..=3).contains(&digits).then(|| text[digits..].strip_prefix(['.', '、', ')'])).flatten();
    let rest = numbered.unwrap_or(text).trim_start();
    let begins_a_name = |text: &str| {
        let lower = text.to_ascii_lowercase();
        leading_brand(&lower).is_some() || begins_with_one(&lower)
    };
    let is_a_person = |word: &str| {
        let lower = word.to_lowercase();
        let letters = word.chars().count();
        let is_chinese = word.chars().all(|letter| !letter.is_ascii() && letter.is_alphabetic());
        (is_chinese && (2..=4).contains(&letters)
            || numbered.is_some() && word.chars().all(char::is_alphabetic))
            && !asides::are_all(&lower)
            && kit(&lower).is_none()
            && matches!(kinds::read(word), Kind::Unknown)
    };
    let behind = rest
        .split_once(' ')
        .filter(|(word, rest)| !begins_a_name(word) && is_a_person(word) && begins_a_name(rest.trim_start()));
    match behind {
        Some((_, name)) => Some(name.trim_start()),
        None => (numbered.is_some() && begins_a_name(rest)).then_some(rest),
    }
}

/// The rest of a name behind words that end with a dash or a colon, where the rest alone begins with a brand or a family:
/// `Loan tablet - Apple iPad`.
pub(crate) fn behind_a_dash(text: &str) -> Option<&str> {
    // 旧苹果手机一部
    if let Some(rest) = ["旧", "二手", "闲置"].iter().find_map(|word| text.strip_prefix(word))
        && leading_brand(&rest.to_lowercase()).is_some()
    {
        return Some(rest);
    }
    // Dad's iPhone 12
    if let Some((_, rest)) = text.split_once("'s ").or_else(|| text.split_once("’s "))
        && super::families::begins_with_one(&rest.to_lowercase())
    {
        return Some(rest);
    }
    let (before, rest) = [" - ", ": ", "：", " – "].iter().find_map(|mark| text.split_once(mark))?;
    let rest = rest.trim();
    let (first, lower) = (before.to_lowercase(), rest.to_lowercase());
    let is_named = leading_brand(&lower).is_some() || super::families::begins_with_one(&lower);
    let says_more = before.bytes().any(|it| it.is_ascii_digit())
        || leading_brand(&first).is_some()
        || family(&first, None).is_some();
    (is_named && !says_more).then_some(rest)
}

/// Where a note in brackets begins at the end of a name: `MacBook Air M1 (music)`, `iPhone SE 2022 (trips phone)`. Words
/// that tell models apart are no note.
fn without_a_note(name: &str) -> Option<usize> {
    const TELLING: [&str; 20] = [
        "pro", "max", "plus", "mini", "ultra", "air", "se", "fe", "lite", "gen", "intel", "amd", "mark",
        "ii", "iii", "iv", "retina", "touch", "early", "late",
    ];
    let (before, note) = name.trim_end().strip_suffix(')')?.rsplit_once('(')?;
    let is_note = |word: &str| {
        let lower = word.to_ascii_lowercase();
        word.len() > 1
            && word.bytes().all(|it| it.is_ascii_alphabetic())
            && !TELLING.contains(&lower.as_str())
    };
    let named = before.bytes().any(|it| it.is_ascii_digit()) && note.split(' ').all(is_note);
    named.then(|| before.trim_end_matches([' ', ',']).len())
}

/// Where a name ends that has accessories behind it: Surface Pro 9 w/ type cover.
fn without_accessories(name: &str) -> Option<usize> {
    [" w/ ", " w/", " with ", " incl ", " inc ", " + "].iter().find_map(|mark| {
        let at = name.find(mark)?;
        are_accessories(name[at + mark.len()..].trim().to_lowercase().as_str()).then_some(at)
    })
}

/// Places from left to right, those that overlap as one.
fn joined(sorted: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    let mut joined: Vec<(usize, usize)> = Vec::with_capacity(sorted.len());
    for (from, until) in sorted {
        match joined.last_mut() {
            Some(last) if from < last.1 => last.1 = last.1.max(until),
            _ => joined.push((from, until)),
        }
    }
    joined
}

/// The text without brackets that hold nothing any more, and without marks at its ends.
fn without_empty_brackets(text: &str) -> String {
    let mut text = tidied(text);
    for (from, to) in
        [(" )", ")"), ("( ", "("), ("(,", "("), (", )", ")"), (",)", ")"), ("()", " "), (" ,", ",")]
    {
        while text.contains(from) {
            text = text.replace(from, to);
        }
    }
    let text = tidied(&text);
    let opens = |text: &str| text.matches('(').count() != text.matches(')').count();
    let trimmed = text.trim_matches([' ', ',', ';', '/', '|', '-', '_', ':', '、', '·', '*']);
    if opens(trimmed) { trimmed.trim_end_matches('(').trim_end().to_owned() } else { trimmed.to_owned() }
}

/// The brand that a text names in any of its parts, if they agree: `Apple/苹果`, `HUAWEI 华为`.
pub(crate) fn brand_of_cell(text: &str) -> Option<(Brand, Option<&'static str>)> {
    brands::brand(text).or_else(|| {
        let mut parts = text.split(|letter: char| !letter.is_alphanumeric()).filter(|part| !part.is_empty());
        let first = brands::brand(parts.next()?)?;
        parts.all(|part| brands::brand(part).is_some_and(|(brand, _)| brand == first.0)).then_some(first)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_and_the_person_before_a_name_are_left_out() {
        for (text, name) in [
            ("1. 王丽 iPhone13 128G 九成新", Some("iPhone13 128G 九成新")),
            ("6. Amy 苹果14plus", Some("苹果14plus")),
            ("小周 小米14pro", Some("小米14pro")),
            ("3、华为mate60", Some("华为mate60")),
            ("国行 iPhone13", None),
            ("机身 索尼A7M4", None),
            ("平板 苹果 iPad", None),
            ("Amy iPhone 13", None),
            ("14 Pro", None),
        ] {
            assert_eq!(behind_a_person(text), name, "{text}");
        }
    }

    #[test]
    fn a_note_behind_a_name_is_left_out() {
        let left = |name: &'static str| without_a_note(name).map(|until| &name[..until]);
        assert_eq!(left("MacBook Air M1, (music)"), Some("MacBook Air M1"));
        assert_eq!(left("iPhone SE 2022 (trips phone)"), Some("iPhone SE 2022"));
        for name in
            ["iPad Air (5th generation)", "iPad (mini)", "S23 (FE)", "MacBook Air (M1)", "iPhone 13 (max)"]
        {
            assert_eq!(left(name), None, "{name}");
        }
    }

    #[test]
    fn accessories_behind_a_name_are_left_out() {
        let left = |name: &'static str| without_accessories(name).map(|until| &name[..until]);
        assert_eq!(left("Surface Pro 9 w/ type cover"), Some("Surface Pro 9"));
        assert_eq!(left("Galaxy Tab S9 + pen, case"), Some("Galaxy Tab S9"));
        assert_eq!(left("EOS R50 with kit lens"), None);
    }

    #[test]
    fn words_before_a_dash_are_left_out() {
        assert_eq!(behind_a_dash("Loan tablet - Apple iPad 9th gen"), Some("Apple iPad 9th gen"));
        assert_eq!(behind_a_dash("备用机：iPhone 13"), Some("iPhone 13"));
        assert_eq!(behind_a_dash("Mum's iPad Air (5th gen)"), Some("iPad Air (5th gen)"));
        for text in ["iPhone 13 - blue", "X1 - Carbon", "Surface Pro - 9", "Dell - Latitude 7440"] {
            assert_eq!(behind_a_dash(text), None, "{text}");
        }
    }

    #[test]
    fn a_brand_is_left_out_where_the_model_has_a_name_without_it() {
        for (text, brand, left) in [
            ("华为(HUAWEI) Mate 60 Pro", Brand::Huawei, "Mate 60 Pro"),
            ("苹果 iPhone13  黑色", Brand::Apple, "iPhone13"),
            ("小米14", Brand::Xiaomi, "小米14"),
            ("小米 Redmi K60", Brand::Xiaomi, "Redmi K60"),
            ("小米平板 6 Pro", Brand::Xiaomi, "小米平板 6 Pro"),
            ("vivo X90", Brand::Vivo, "X90"),
            ("vivo Pad3 Pro", Brand::Vivo, "vivo Pad3 Pro"),
            ("14 Pro", Brand::Xiaomi, "小米 14 Pro"),
            ("HP EliteBook 840 G10", Brand::Hp, "EliteBook 840 G10"),
            ("iPhone 11 （红）", Brand::Apple, "iPhone 11"),
            ("Alpha 7 IV (ILCE-7M4), body only", Brand::Sony, "Alpha 7 IV (ILCE-7M4)"),
        ] {
            assert_eq!(name(&tidied(text), &[], Some(brand), None), left, "{text}");
        }
        assert_eq!(name("K60", &[], Some(Brand::Xiaomi), Some("redmi")), "Redmi K60");
    }
}
