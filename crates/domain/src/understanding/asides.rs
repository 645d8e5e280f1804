//! Words in a model's name that tell no models apart: colour, network, region, what the trade adds.

mod tables;

use std::sync::LazyLock;

use self::tables::{ASIDES, COLOURS, PROCESSORS};
use super::spelling::Phrases;

/// All phrases, and whether they are of processors. Built once, from constants.
static PHRASES: LazyLock<Phrases<bool>> = LazyLock::new(|| {
    let asides = ASIDES.iter().map(|phrase| (*phrase, false));
    Phrases::new(asides.chain(PROCESSORS.iter().map(|phrase| (*phrase, true))))
});

/// Where a text in lower case has words that tell no models apart, from left to right.
pub(crate) fn found(lower: &str, of_apple: bool) -> Vec<(usize, usize)> {
    let all = PHRASES.found(lower).into_iter().filter(|(.., processor)| !(of_apple && *processor));
    let mut found: Vec<(usize, usize)> = all.map(|(from, until, _)| (from, until)).collect();
    found.extend(colours(lower, &found));
    if !of_apple {
        found.extend(processors(lower));
    }
    found.sort_unstable();
    found.dedup_by(|next, before| next.0 < before.1);
    found
}

/// Where the names of processors and graphics stand: `i7-1365U`, `R7-7840HS`, `RTX4060`. Apple's tell models apart.
fn processors(lower: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut from = 0;
    for chunk in lower.split_inclusive([' ', '/', ',', '(', ')', '|']) {
        let word = chunk.trim_end_matches([' ', '/', ',', '(', ')', '|']);
        // R7/16G: a processor before the sizes.
        let before_sizes =
            chunk.ends_with('/') && lower[from + chunk.len()..].starts_with(|it: char| it.is_ascii_digit());
        let is_short = matches!(word, "r3" | "r5" | "r7" | "r9");
        if is_processor(word) || is_short && before_sizes {
            found.push((from, from + word.len()));
        }
        from += chunk.len();
    }
    found
}

fn is_processor(word: &str) -> bool {
    let digits = |text: &str| text.len() >= 3 && text.starts_with(|it: char| it.is_ascii_digit());
    if let Some(rest) = word.strip_prefix("rtx").or_else(|| word.strip_prefix("gtx")) {
        return digits(rest);
    }
    let intel = ["i3", "i5", "i7", "i9"].iter().find_map(|name| word.strip_prefix(name));
    // R5 alone is a camera.
    let amd = ["r3-", "r5-", "r7-", "r9-"].iter().find_map(|name| word.strip_prefix(name));
    intel.is_some_and(|rest| rest.is_empty() || rest.strip_prefix('-').is_some_and(digits))
        || amd.is_some_and(digits)
}

/// Chinese words that are colours by their last letter: 亮黑色, 昆仑青, （红）. The words left out already separate them.
fn colours(lower: &str, known: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let taken = |at: usize| known.iter().any(|(from, until)| (*from..*until).contains(&at));
    let mut found = Vec::new();
    let mut run: Option<(usize, usize)> = None;
    let ends = lower.char_indices().map(Some).chain([None]);
    for letter in ends {
        match letter {
            Some((at, letter)) if !letter.is_ascii() && letter.is_alphabetic() && !taken(at) => {
                run = Some((run.map_or(at, |(from, _)| from), at + letter.len_utf8()));
            }
            _ => {
                if let Some(place) = run.take().filter(|(from, until)| is_colour(&lower[*from..*until])) {
                    found.push(place);
                }
            }
        }
    }
    found
}

fn is_colour(word: &str) -> bool {
    let length = word.chars().count();
    let last = word.chars().next_back();
    match last {
        Some('色') => (2..=5).contains(&length),
        Some(last) => length <= 4 && COLOURS.contains(&last),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_networks_and_words_of_the_trade_are_found_and_models_are_not() {
        for (text, left) in [
            ("iphone13 黑色 国行", "iphone13  "),
            ("iphone 11 (红)", "iphone 11 ()"),
            ("荣耀100 亮黑色", "荣耀100 "),
            ("ipad air (5th generation) wi-fi blue", "ipad air (5th generation)  "),
            ("galaxy s23 ultra phantom black", "galaxy s23 ultra "),
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
