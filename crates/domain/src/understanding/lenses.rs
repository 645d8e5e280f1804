//! Lenses beside the name of a camera.

use super::brands::{Brand, leading_brand};

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
    let lower = leading_brand(lower).map_or(lower, |(_, length)| lower[length..].trim_start());
    let ends = ["镜头", " lens"].iter().any(|word| lower.ends_with(word));
    let with = ["套机", "机身", "单机", "kit", "body", "with", "w/", "带", "含", "配", "+", "&"];
    let is_a_zoom = focal_lengths(lower, 0).is_some()
        && (ends || focal_lengths(lower, 0).is_some_and(|(from, _)| beginning(lower, from) == 0));
    (is_a_zoom || is_a_prime(lower)) && !with.iter().any(|word| lower.contains(word))
}

/// Whether a text in lower case names one focal length and an aperture: `nikkor z 50mm f/1.8 s`.
fn is_a_prime(lower: &str) -> bool {
    lower.match_indices("mm").any(|(at, _)| {
        let digits = lower[..at].bytes().rev().take_while(u8::is_ascii_digit).count();
        let rest = lower[at + 2..].trim_start();
        let aperture = rest.strip_prefix('f').map(|rest| rest.trim_start_matches('/'));
        (2..=3).contains(&digits)
            && beginning(lower, at - digits) == 0
            && aperture.is_some_and(|it| it.starts_with(|it: char| it.is_ascii_digit()))
    })
}

/// Whether a camera's name in lower case has a lens beside it.
pub(super) fn has_a_lens(lower: &str) -> bool {
    focal_lengths(lower, 0).is_some()
}

pub(super) fn sells_cameras(brand: Brand) -> bool {
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
            || lower[until..].starts_with("gm")
            || lower[until..].starts_with('f');
        if (7..long).contains(&short) && long <= 800 && !point && of_a_lens {
            return Some((dash - before, until));
        }
    }
    None
}

/// Where the words before a lens begin that belong to it: `w/ rf`.
fn beginning(lower: &str, mut from: usize) -> usize {
    const BEFORE: [&str; 20] = [
        "z", "附", "rf-s", "rf", "ef-s", "ef-m", "ef", "fe", "xf", "xc", "nikkor", "lumix", "w/", "with",
        "+", "&", "带", "含", "配", ",",
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
        assert!(is_a_lens("sony fe 70-200mm f/2.8 gm"));
        assert!(is_a_lens("24-70mm f2.8 dg dn 镜头") && is_a_lens("rf 24-105mm f4 lens"));
        assert!(
            !is_a_lens("z fc 16-50套机") && !is_a_lens("eos r50 with 18-45mm lens") && !is_a_lens("om-1")
        );
    }
}
