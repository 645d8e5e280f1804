//! Words in a model's name that tell no models apart: colour, network, region, what the trade adds.

mod colours;
mod tables;

use std::sync::LazyLock;

use self::colours::{colours, named_colours};
use self::tables::{ASIDES, PROCESSORS};
use super::spelling::Phrases;
use crate::words::{Clause, faults_of_parts, read};

/// All phrases, and whether they are of processors. Built once, from constants.
static PHRASES: LazyLock<Phrases<bool>> = LazyLock::new(|| {
    let asides = ASIDES.iter().map(|phrase| (*phrase, false));
    Phrases::new(asides.chain(PROCESSORS.iter().map(|phrase| (*phrase, true))))
});

/// Where a text in lower case has words that tell no models apart, from left to right.
pub(crate) fn found(lower: &str, of_apple: bool) -> Vec<(usize, usize)> {
    let all = PHRASES.found(lower).into_iter().filter(|(.., processor)| !(of_apple && *processor));
    let mut found: Vec<(usize, usize)> = all.map(|(from, until, _)| (from, until)).collect();
    found.extend(named_colours(lower));
    found.extend(colours(lower, &found));
    if !of_apple {
        found.extend(processors(lower));
    }
    found.sort_unstable();
    found.dedup_by(|next, before| {
        let overlaps = next.0 < before.1;
        if overlaps {
            before.1 = before.1.max(next.1);
        }
        overlaps
    });
    found
}

/// Whether a text in lower case has words that tell no models apart, and no others: 国行, 银色 Silver.
pub(super) fn are_all(lower: &str) -> bool {
    let lower = lower.trim();
    // 屏幕发黄 ends as a colour does.
    let is_of_a_part = || {
        !faults_of_parts(lower).is_empty()
            || read(lower).iter().any(|said| matches!(said, Clause::Fault(Some(_))))
    };
    // 银色 Silver has two, with nothing but a space between them.
    let places = found(lower, true);
    let is_left = |(at, letter): (usize, char)| {
        letter.is_alphanumeric() && !places.iter().any(|(from, until)| (*from..*until).contains(&at))
    };
    !places.is_empty() && !lower.char_indices().any(is_left) && !is_of_a_part()
}

/// Where the names of processors and graphics stand: `i7-1365U`, `R7-7840HS`, `RTX4060`. Apple's tell models apart.
pub(super) fn processors(lower: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut from = 0;
    for chunk in lower.split_inclusive([' ', '/', ',', '(', ')', '|']) {
        let word = chunk.trim_end_matches([' ', '/', ',', '(', ')', '|']);
        // R7/16G: a processor before the sizes.
        let before_sizes =
            chunk.ends_with('/') && lower[from + chunk.len()..].starts_with(|it: char| it.is_ascii_digit());
        let is_short = matches!(word, "r3" | "r5" | "r7" | "r9");
        // i7/32G/1T/4060: the graphics behind the sizes.
        let before = || lower[..from].trim_end().rsplit([' ', '/']).next();
        let behind_one = lower[..from].ends_with(' ')
            && before().is_some_and(|word| is_processor(word) || is_a_size(word));
        let behind_sizes = (behind_one || lower[..from].ends_with(['/', '+', '|'])) && is_graphics(word);
        // 小新 Pro 16 R7; but Canon's R5 is a camera.
        let is_short_alone = is_short
            && from > 0
            && !["eos", "canon", "佳能", "powershot"].iter().any(|it| lower.contains(it));
        if is_short_alone || is_processor(word) || is_short && before_sizes || behind_sizes {
            found.push((from, from + word.len()));
        }
        from += chunk.len();
    }
    found
}

/// Whether a word is the number of a graphics card: `4060`, `3050ti`.
fn is_graphics(word: &str) -> bool {
    let number = word.trim_end_matches("ti");
    number.len() == 4
        && number.ends_with("50") | number.ends_with("60") | number.ends_with("70") | number.ends_with("80")
        && ["10", "16", "20", "30", "40", "50"].contains(&&number[..2])
}

/// Whether a word is a size with its unit: `512g`, `1tb`.
fn is_a_size(word: &str) -> bool {
    let number = word.trim_end_matches('b').trim_end_matches(['g', 't']);
    number.len() < word.len() && !number.is_empty() && number.bytes().all(|it| it.is_ascii_digit())
}

fn is_processor(word: &str) -> bool {
    let digits = |text: &str| text.len() >= 3 && text.starts_with(|it: char| it.is_ascii_digit());
    if let Some(rest) = word.strip_prefix("rtx").or_else(|| word.strip_prefix("gtx")) {
        return digits(rest);
    }
    if matches!(word, "ultra5" | "ultra7" | "ultra9" | "u5" | "u7" | "u9") {
        return true;
    }
    let intel = ["i3", "i5", "i7", "i9"].iter().find_map(|name| word.strip_prefix(name));
    // R5 alone is a camera.
    let amd = ["r3-", "r5-", "r7-", "r9-"].iter().find_map(|name| word.strip_prefix(name));
    intel.is_some_and(|rest| rest.is_empty() || rest.strip_prefix('-').is_some_and(digits))
        || amd.is_some_and(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_that_has_a_colour_is_more_than_an_aside() {
        for text in ["国行", "亮黑色", "在保", "美版无锁"] {
            assert!(are_all(text), "{text}");
        }
        for text in ["屏幕发黄", "屏幕发黑", "屏幕偏红", "镜头发白", "屏碎"] {
            assert!(!are_all(text), "{text}");
        }
    }

    #[test]
    fn colours_networks_and_words_of_the_trade_are_found_and_models_are_not() {
        for (text, left) in [
            ("iphone13 黑色 国行", "iphone13  "),
            ("iphone 11 (红)", "iphone 11 ()"),
            ("荣耀100 亮黑色", "荣耀100 "),
            ("ipad air (5th generation) wi-fi blue", "ipad air (5th generation)  "),
            ("galaxy s23 ultra phantom black", "galaxy s23 ultra "),
            ("pixel 8 pro bay blue", "pixel 8 pro "),
            ("oneplus 12 flowy emerald", "oneplus 12 "),
            ("galaxy s24 ultra (titanium violet)", "galaxy s24 ultra ()"),
            ("galaxy z flip5 (mint)", "galaxy z flip5 ()"),
            ("thinkpad x1 carbon black", "thinkpad x1 carbon "),
            ("galaxy s23 fe", "galaxy s23 fe"),
            ("eos r50 with lens", "eos r50 "),
            ("surface laptop studio platinum", "surface laptop studio "),
            ("redmi k60 昆仑青", "redmi k60 "),
            ("小米14 ultra", "小米14 ultra"),
            ("mate 60 pro雅川青全网通", "mate 60 pro"),
            ("eos r5", "eos r5"),
        ] {
            let mut rest = text.to_owned();
            let mut places = found(text, true);
            places.sort_unstable();
            for (from, until) in places.into_iter().rev() {
                rest.replace_range(from..until, "");
            }
            assert_eq!(rest, left, "{text}");
        }
    }
}
