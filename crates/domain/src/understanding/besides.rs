//! What stands beside a model's name besides colours and sizes: lenses, makers' own numbers, the word for the kind.

use super::brands::Brand;
use super::families::family;
use super::spelling::tidied;
use crate::{Category, Term};

/// Where the lenses of a camera stand in a text in lower case: `18-45mm kit lens`, `RF24-105 F4L 镜头`, with the words
/// that join them. Empty for other makers.
pub(super) fn lenses(lower: &str, brand: Option<Brand>) -> Vec<(usize, usize)> {
    let Some(brand) = brand.filter(|brand| sells_cameras(*brand)) else { return Vec::new() };
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    while let Some((from, until)) = focal_lengths(lower, at) {
        let from = beginning(lower, from);
        found.push((from, end(lower, until)));
        at = until;
    }
    // An Xperia is no camera.
    found.retain(|_| !(brand == Brand::Sony && lower.contains("xperia")));
    found
}

/// Whether a text in lower case is a lens by itself, and no camera that comes with one.
pub(super) fn is_a_lens(lower: &str) -> bool {
    let ends = ["镜头", " lens"].iter().any(|word| lower.ends_with(word));
    let with = ["套机", "机身", "单机", "kit", "body", "with", "w/", "带", "含", "配", "+", "&"];
    (ends || focal_lengths(lower, 0).is_some_and(|(from, _)| beginning(lower, from) == 0))
        && focal_lengths(lower, 0).is_some()
        && !with.iter().any(|word| lower.contains(word))
}

/// Whether a camera's name in lower case has a lens beside it.
pub(super) fn has_a_lens(lower: &str) -> bool {
    focal_lengths(lower, 0).is_some()
}

fn sells_cameras(brand: Brand) -> bool {
    matches!(
        brand,
        Brand::Sony
            | Brand::Canon
            | Brand::Nikon
            | Brand::Fujifilm
            | Brand::Panasonic
            | Brand::Olympus
            | Brand::Leica
    )
}

/// The next focal lengths of a zoom lens, such as `18-45mm`, from a place on.
fn focal_lengths(lower: &str, from: usize) -> Option<(usize, usize)> {
    let bytes = lower.as_bytes();
    let digits = |at: usize| bytes[at..].iter().take_while(|it| it.is_ascii_digit()).count();
    for (dash, _) in lower[from..].match_indices('-').map(|(at, dash)| (from + at, dash)) {
        let before = bytes[from..dash].iter().rev().take_while(|it| it.is_ascii_digit()).count();
        let after = digits(dash + 1);
        let number = |from: usize, length: usize| lower[from..from + length].parse::<u32>().unwrap_or(0);
        if !(1..=3).contains(&before) || !(2..=3).contains(&after) {
            continue;
        }
        let (short, long) = (number(dash - before, before), number(dash + 1, after));
        let point = before < dash && bytes[dash - before - 1] == b'.';
        let until = dash + 1 + after;
        let of_a_lens = !bytes.get(until).is_some_and(|it| it.is_ascii_alphabetic())
            || lower[until..].starts_with("mm")
            || lower[until..].starts_with('f');
        if (7..long).contains(&short) && long <= 800 && !point && of_a_lens {
            return Some((dash - before, until));
        }
    }
    None
}

/// Where the words before a lens begin that belong to it: `w/ rf`.
fn beginning(lower: &str, mut from: usize) -> usize {
    const BEFORE: [&str; 18] = [
        "rf-s", "rf", "ef-s", "ef-m", "ef", "fe", "xf", "xc", "nikkor", "lumix", "w/", "with", "+", "&",
        "带", "含", "配", ",",
    ];
    loop {
        let rest = lower[..from].trim_end_matches([' ', '(']);
        let word = BEFORE.iter().find(|word| {
            rest.strip_suffix(**word).is_some_and(|before| {
                !(word.starts_with(|it: char| it.is_ascii_alphabetic())
                    && before.ends_with(|it: char| it.is_ascii_alphanumeric()))
            })
        });
        match word {
            Some(word) => from = rest.len() - word.len(),
            None => return from,
        }
    }
}

/// Where the words after the focal lengths of a lens end that belong to it: `mm f/2.8 is stm kit lens`.
fn end(lower: &str, mut until: usize) -> usize {
    const AFTER: [&str; 16] = [
        "mm",
        "is",
        "stm",
        "usm",
        "oss",
        "ois",
        "vr",
        "dn",
        "gm",
        "kit lens",
        "lens",
        "kit",
        "套机镜头",
        "镜头",
        "套机",
        "套",
    ];
    loop {
        let rest = &lower[until..];
        let text = rest.trim_start_matches(' ');
        let space = rest.len() - text.len();
        let ends = |length: usize| !text[length..].starts_with(|it: char| it.is_ascii_alphanumeric());
        let word = AFTER.iter().find(|word| text.starts_with(**word) && ends(word.len()));
        let length = match word {
            Some(word) => word.len(),
            None => match text.strip_prefix("f/").or_else(|| text.strip_prefix('f')) {
                Some(aperture) if aperture.starts_with(|it: char| it.is_ascii_digit()) => {
                    let marks = |it: char| !(it.is_ascii_digit() || matches!(it, '.' | '-' | 'l'));
                    text.len() - aperture.len() + aperture.find(marks).unwrap_or(aperture.len())
                }
                _ => return until,
            },
        };
        until += space + length;
    }
}

/// A name without makers' own numbers (`A2890`, `SM-S9180`, `ALN-AL80`) and without the word for its kind
/// (`MatePad Air 平板`), where the rest still names the same family.
pub(super) fn without_numbers_and_kind(name: &str, brand: Option<Brand>) -> Option<String> {
    let is_left_out = |word: &str| {
        let plain = word.trim_matches(['(', ')', '[', ']', ',', ':']);
        // The shortest of these words has five letters.
        plain.eq_ignore_ascii_case("nb")
            || plain.len() >= 5
                && (plain.eq_ignore_ascii_case("2-in-1")
                    || KINDS.iter().any(|kind| kind.eq_ignore_ascii_case(plain))
                    || is_own_number(plain))
    };
    // Most names have neither.
    if name.is_ascii() && !name.split(' ').any(|word| is_left_out(word) || is_a_build(word)) {
        return None;
    }
    let rest = name.split(' ').filter(|word| !is_left_out(word));
    // HP's code of a build begins with its inches: 14-ef2xxx.
    let rest: Vec<&str> = rest.map(|word| if is_a_build(word) { &word[..2] } else { word }).collect();
    let mut rest = rest.join(" ");
    let named = family(&name.to_ascii_lowercase(), brand);
    for kind in KINDS.iter().filter(|kind| !kind.is_ascii()) {
        if let Some(shorter) = rest.strip_prefix(kind).or_else(|| rest.strip_suffix(kind)) {
            rest = shorter.trim().to_owned();
        } else if named.is_some_and(|family| Category::find(kind) == Some(family.category)) {
            // ThinkPad笔记本 X1 Carbon
            let shorter = tidied(&rest.replacen(kind, " ", 1));
            if family(&shorter.to_ascii_lowercase(), brand) == named {
                rest = shorter;
            }
        }
    }
    if rest.len() == name.len() || rest.is_empty() {
        return None;
    }
    let left = family(&rest.to_ascii_lowercase(), brand);
    let of_a_camera = named.is_none() && brand.is_some_and(sells_cameras);
    ((named == left && left.is_some()) || of_a_camera).then_some(rest)
}

/// The kind of device that a name says beside the model, as 佳能相机 G7X3 does. 手机壳, a case, is no kind of device.
pub(super) fn kind_beside(lower: &str) -> Option<Category> {
    let after = |until: usize| lower[until..].chars().next();
    KINDS.iter().find_map(|kind| {
        let apart = |(from, _): &(usize, &str)| {
            let before = lower[..*from].chars().next_back();
            let word = |letter: Option<char>| letter.is_some_and(|it| it.is_ascii_alphanumeric());
            match kind.is_ascii() {
                true => !word(before) && !word(after(from + kind.len())),
                false => after(from + kind.len()).is_none_or(|it| it.is_ascii()),
            }
        };
        lower.match_indices(kind).any(|place| apart(&place)).then(|| Category::find(kind))?
    })
}

/// Words for kinds of device that stand beside a model's name.
const KINDS: [&str; 18] = [
    "notebook",
    "ultrabook",
    "chromebook",
    "手机",
    "平板电脑",
    "平板",
    "笔记本电脑",
    "笔记本",
    "电脑",
    "数码相机",
    "照相机",
    "微单相机",
    "单反相机",
    "相机",
    "phone",
    "tablet",
    "laptop",
    "camera",
];

/// Whether a word is HP's code of a build: `14-ef2xxx`.
fn is_a_build(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    lower.split_once('-').is_some_and(|(inches, code)| {
        let digits = inches.bytes().all(|it| it.is_ascii_digit());
        inches.len() == 2 && digits && code.len() == 6 && (code.ends_with("xxx") || code.ends_with("nr"))
    })
}

/// Whether a word is a maker's own number: `A2890`, `SM-S918B`, `ALN-AL80`. `ILCE-7M4` is none.
pub(super) fn is_own_number(word: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|it| it.is_ascii_digit());
    if word.len() == 5 && word.starts_with(['a', 'A']) && digits(&word[1..]) {
        return true;
    }
    let Some((first, last)) = word.split_once('-').filter(|_| word.is_ascii()) else { return false };
    let plain = |text: &str| text.bytes().all(|it| it.is_ascii_alphanumeric());
    let of_samsung = first.eq_ignore_ascii_case("sm") && (4..=7).contains(&last.len()) && plain(last);
    let ends = ["al", "an", "tl", "w0", "l0"];
    let of_huawei = (2..=5).contains(&first.len())
        && plain(first)
        && (3..=5).contains(&last.len())
        && ends.iter().any(|end| end.eq_ignore_ascii_case(&last[..2]))
        && digits(&last[2..last.len().min(4)]);
    of_samsung || of_huawei
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lenses_are_found_with_their_words() {
        for (text, left) in [
            ("eos r50 w/ 18-45mm kit lens", "eos r50"),
            ("a7m4 套机 28-70", "a7m4 套机"),
            ("z 6ii 24-70套机", "z 6ii"),
            ("eos r5 + rf24-105 f4l is usm", "eos r5"),
            ("x-t5 (xf 18-55mm f/2.8-4)", "x-t5 ()"),
            ("om-1", "om-1"),
            ("ilce-7m4", "ilce-7m4"),
        ] {
            let mut rest = text.to_owned();
            for (from, until) in lenses(text, Some(Brand::Canon)).into_iter().rev() {
                rest.replace_range(from..until, "");
            }
            assert_eq!(rest.trim().replace(" )", ")").replace("( ", "("), left, "{text}");
        }
        assert!(is_a_lens("24-70mm f2.8 dg dn 镜头") && is_a_lens("rf 24-105mm f4 lens"));
        assert!(
            !is_a_lens("z fc 16-50套机") && !is_a_lens("eos r50 with 18-45mm lens") && !is_a_lens("om-1")
        );
    }

    #[test]
    fn numbers_of_the_maker_and_the_kind_are_left_out_where_the_family_stays() {
        let left = |name: &str, brand| without_numbers_and_kind(name, Some(brand));
        assert_eq!(left("A2890 iPhone14 Pro Max", Brand::Apple).as_deref(), Some("iPhone14 Pro Max"));
        assert_eq!(left("Galaxy S23 Ultra (SM-S9180)", Brand::Samsung).as_deref(), Some("Galaxy S23 Ultra"));
        assert_eq!(left("Mate 60 Pro ALN-AL80", Brand::Huawei).as_deref(), Some("Mate 60 Pro"));
        assert_eq!(left("平板 MatePad Air", Brand::Huawei).as_deref(), Some("MatePad Air"));
        assert_eq!(left("相机 G7X3", Brand::Canon).as_deref(), Some("G7X3"));
        assert_eq!(left("ThinkPad笔记本 X1 Carbon", Brand::Lenovo).as_deref(), Some("ThinkPad X1 Carbon"));
        assert_eq!(left("小新平板 Pro 12.7", Brand::Lenovo), None, "the tablet of that name is no laptop");
        assert_eq!((kind_beside("相机 g7x3"), kind_beside("手机壳")), (Some(Category::Camera), None));
        for (name, brand) in [
            ("小米平板 5", Brand::Xiaomi),
            ("荣耀平板 9", Brand::Honor),
            ("Pixel Tablet", Brand::Google),
            ("A2890", Brand::Apple),
            ("iPhone 14", Brand::Apple),
        ] {
            assert_eq!(left(name, brand), None, "{name}");
        }
    }
}
