//! Spaces that people leave out in a model's name: vivoX100Pro12+256, SurfacePro9, 16G512G.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Words of names that people write together with others; commas separate them. Also notebook and promax, which are not
/// to be parted, though each consists of two such words.
const WORDS: &str = "apple, huawei, xiaomi, honor, samsung, oppo, vivo, oneplus, realme, motorola, google, lenovo, dell, asus, acer, \
    microsoft, sony, canon, nikon, fujifilm, panasonic, hp, iqoo, \
    macbook, ipad, iphone, matebook, matepad, magicbook, magicpad, redmibook, redmi, galaxy, surface, thinkpad, thinkbook, \
    ideapad, yoga, legion, xiaoxin, latitude, inspiron, vostro, precision, alienware, xps, elitebook, probook, zbook, \
    spectre, envy, pavilion, zenbook, vivobook, expertbook, swift, aspire, predator, nitro, xperia, pixel, eos, \
    powershot, coolpix, lumix, alpha, osmo, pocket, mate, nova, pura, reno, find, magic, \
    air, pro, max, mini, plus, ultra, lite, note, pad, tab, book, laptop, fold, flip, carbon, gen, edge, \
    promax, notebook";

/// Words behind which the number of a size stands without a space: Pro256G, Ultra16+512.
const LEVELS: [&str; 8] = ["pro", "max", "plus", "ultra", "mini", "lite", "fold", "flip"];

/// Storages in GB that are written without a unit.
const STORAGES: [&str; 5] = ["64", "128", "256", "512", "1024"];

/// The longest word of the table, in letters.
const LONGEST: usize = 10;

static KNOWN: LazyLock<HashSet<&str>> = LazyLock::new(|| WORDS.split(", ").collect());

/// The text with spaces between the words of a name and its sizes.
pub(super) fn spaced(text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let mut places = Vec::new();
    let mut from = 0;
    for run in runs(&lower) {
        let until = from + run.len();
        match run.as_bytes().first() {
            Some(b'a'..=b'z') => {
                places.extend(between_words(run, &lower[until..]).into_iter().map(|place| from + place));
                if is_a_unit(run, &lower[..from]) && begins_with_a_size(&lower[until..]) {
                    places.push(until);
                }
                if let Some(rest) = run.strip_prefix("gb")
                    && !rest.is_empty()
                    && lower[..from].ends_with(|it: char| it.is_ascii_digit())
                {
                    places.push(from + 2);
                }
            }
            Some(b'0'..=b'9') => {
                if is_behind_a_level(&lower[..from]) && is_a_size(run, &lower[until..]) {
                    places.push(from);
                }
                let own = own_number(&lower[..from], run, &lower[until..]);
                places.extend(own.map(|place| from + place));
                if STORAGES.contains(&run) && is_before_chinese(&lower[until..]) {
                    places.push(until);
                }
            }
            _ => {}
        }
        from = until;
    }
    let mut spaced = text.to_owned();
    places.sort_unstable();
    places.dedup();
    for place in places.into_iter().rev() {
        spaced.insert(place, ' ');
    }
    spaced
}

/// Where a run of letters is to be parted: between known words, the last of which may be the letter before a number.
fn between_words(run: &str, after: &str) -> Vec<usize> {
    let mut places = Vec::new();
    let mut from = 0;
    while from < run.len() {
        let rest = &run[from..];
        let known = (2..=rest.len().min(LONGEST)).rev().find(|length| KNOWN.contains(&rest[..*length]));
        match known {
            Some(length) => from += length,
            // Galaxy s 24
            None if from > 0 && rest.len() <= 2 && after.starts_with(|it: char| it.is_ascii_digit()) => {
                return places;
            }
            // MateBook x pro
            None if from > 0 && rest.len() > 2 && KNOWN.contains(&rest[1..]) => from += 1,
            None => return Vec::new(),
        }
        if from < run.len() {
            places.push(from);
        }
    }
    places
}

/// Whether a run of letters is the unit of a memory before it: 16G512G, and not 840G10.
fn is_a_unit(run: &str, before: &str) -> bool {
    let digits = before.len() - before.trim_end_matches(|it: char| it.is_ascii_digit()).len();
    matches!(run, "g" | "gb") && (1..=2).contains(&digits)
}

/// Whether a text begins with a size that has its unit, or is a storage: 512G, 1T, 256.
fn begins_with_a_size(text: &str) -> bool {
    let (digits, rest) = text.split_at(text.bytes().take_while(u8::is_ascii_digit).count());
    let unit: String = rest.chars().take_while(char::is_ascii_alphabetic).collect();
    !digits.is_empty() && (STORAGES.contains(&digits) || matches!(unit.as_str(), "g" | "gb" | "t" | "tb"))
}

fn is_behind_a_level(before: &str) -> bool {
    // Surface Pro 8
    !before.contains("surface") && LEVELS.iter().any(|level| before.ends_with(level))
}

/// Whether digits begin a size: 256, 12+256, 16G, 1T. 5G is a network, and Pro 14 an own number.
fn is_a_size(digits: &str, after: &str) -> bool {
    let sizes = after.strip_prefix('+').is_some_and(|rest| rest.starts_with(|it: char| it.is_ascii_digit()));
    let letters: String = after.chars().take_while(char::is_ascii_alphabetic).collect();
    match letters.as_str() {
        "g" | "gb" => !matches!(digits, "4" | "5"),
        "t" | "tb" => matches!(digits, "1" | "2"),
        _ => sizes || STORAGES.contains(&digits),
    }
}

/// Where the number of a model ends within digits that are its number and a size: iPhone13128G, K6012+256. Without a unit,
/// only an iPhone's are: A1864 is a model's code.
fn own_number(before: &str, digits: &str, after: &str) -> Option<usize> {
    if !before.ends_with(char::is_alphabetic) {
        return None;
    }
    // The first that the digits end with: 118 is 11 and 8, and 1412 is 14 and 12.
    const MEMORIES: [&str; 8] = ["12", "16", "24", "8", "6", "4", "18", "3"];
    let ends_with = |sizes: &[&'static str]| sizes.iter().find(|size| digits.ends_with(*size)).copied();
    let is_an_iphone = ["iphone", "苹果"].iter().any(|name| before.ends_with(name));
    let ends = !after.starts_with(|it: char| it.is_ascii_alphanumeric() || it == '+');
    let storage = ends_with(&STORAGES[..4]).filter(|_| after.starts_with('g') || ends && is_an_iphone);
    let beside = after.strip_prefix('+').map(|rest| {
        rest.bytes().take_while(u8::is_ascii_digit).count() >= 3
            || rest.starts_with("1t")
            || rest.starts_with("64")
    });
    let memory = || ends_with(&MEMORIES).filter(|_| beside == Some(true));
    let size = storage.or_else(memory)?;
    let own = digits.len() - size.len();
    let is_known = STORAGES.contains(&digits) || MEMORIES.contains(&digits);
    ((1..=2).contains(&own) && !is_known).then_some(own)
}

/// Whether Chinese letters follow that are no unit: 128黑, and not 512位 or 256寸.
fn is_before_chinese(after: &str) -> bool {
    after.starts_with(|it: char| !it.is_ascii() && it.is_alphabetic() && !"寸英代款年位核".contains(it))
}

/// Cuts a text into runs of letters of one kind.
fn runs(text: &str) -> impl Iterator<Item = &str> {
    let kind = |letter: char| match letter {
        'a'..='z' => 1,
        '0'..='9' => 2,
        _ => 0,
    };
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = kind(rest.chars().next()?);
        let (run, after) = rest.split_at(rest.find(|letter| kind(letter) != first).unwrap_or(rest.len()));
        rest = after;
        Some(run)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_sizes_are_apart() {
        for (text, apart) in [
            ("苹果14Pro256G", "苹果14Pro 256G"),
            ("苹果14promax256", "苹果14promax 256"),
            ("小米14Pro16+512黑", "小米14Pro 16+512 黑"),
            ("苹果13 128黑", "苹果13 128 黑"),
            ("iPhone13128G", "iPhone13 128G"),
            ("苹果13128 黑", "苹果13 128 黑"),
            ("红米K6012+256", "红米K60 12+256"),
            ("小米138+256", "小米13 8+256"),
            ("Reno118+256", "Reno11 8+256"),
            ("vivoX100Pro12+256", "vivo X100Pro 12+256"),
            ("OPPOFindX7", "OPPO Find X7"),
            ("AppleiPhone 13 128GBblack", "Apple iPhone 13 128GB black"),
            ("SamsungGalaxyTabS9", "Samsung Galaxy Tab S9"),
            ("MacBookAirM1 8GB256GB", "MacBook Air M1 8GB 256GB"),
            ("MateBookXPro", "MateBook X Pro"),
            ("战66六代16G512G", "战66六代16G 512G"),
        ] {
            assert_eq!(spaced(text), apart);
        }
        for text in [
            "小新Pro16 2023",
            "荣耀X50 Pro5G",
            "VivoBook 14",
            "Notebook",
            "iPhone13ProMax",
            "Profile 3",
            "i5-1345U",
            "ThinkPad X1 Carbon",
            "MateBook 14",
            "EliteBook 840G10",
            "ThinkBook 16G6",
            "Surface Pro8+256",
            "vivo Y128",
            "iPhone 8 Plus A1864",
            "SM-T864",
            "Latitude 7440 16+512",
            "小米 512+16",
            "荣耀X50 1024GB",
        ] {
            assert_eq!(spaced(text), text);
        }
    }
}
