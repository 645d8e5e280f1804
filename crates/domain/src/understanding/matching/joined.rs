//! Words of a model's name that are written without a space between them: GalaxyS24, SurfacePro 9, MacBook AirM1.

use std::collections::{BTreeSet, HashSet};

/// The fewest letters of the longest part: XS is no X and S.
const LONGEST_PART: usize = 3;

/// The words with those that are known apart, where a word that is not known consists of known ones. `None` if that
/// changes nothing.
pub(super) fn apart(written: &BTreeSet<String>, known: &HashSet<&str>) -> Option<BTreeSet<String>> {
    let mut changed = false;
    let mut all = BTreeSet::new();
    for word in written {
        match known_parts(word, known) {
            Some(parts) => {
                changed = true;
                all.extend(parts.into_iter().map(str::to_owned));
            }
            None => {
                all.insert(word.clone());
            }
        }
    }
    changed.then_some(all)
}

/// The known words that a word consists of, if it is not known itself and one of them is long enough.
fn known_parts<'a>(word: &'a str, known: &HashSet<&str>) -> Option<Vec<&'a str>> {
    let is_of_letters = word.bytes().all(|letter| letter.is_ascii_alphabetic());
    let parts = (is_of_letters && !known.contains(word)).then(|| parts(word, known)).flatten()?;
    parts.iter().any(|part| part.len() >= LONGEST_PART).then_some(parts)
}

/// The known words that a word consists of, the longer ones first.
fn parts<'a>(word: &'a str, known: &HashSet<&str>) -> Option<Vec<&'a str>> {
    if word.is_empty() {
        return Some(Vec::new());
    }
    let ends = word.char_indices().map(|(at, letter)| at + letter.len_utf8()).collect::<Vec<_>>();
    ends.into_iter().rev().filter(|end| known.contains(&word[..*end])).find_map(|end| {
        let mut rest = parts(&word[end..], known)?;
        rest.insert(0, &word[..end]);
        Some(rest)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_is_not_known_is_read_as_the_known_ones_that_it_consists_of() {
        let known = HashSet::from(["galaxy", "s", "24", "surface", "pro", "x", "air", "m"]);
        let apart = |words: &[&str]| {
            let written = words.iter().map(|&word| word.to_owned()).collect();
            super::apart(&written, &known).map(|words| words.into_iter().collect::<Vec<_>>().join(" "))
        };
        assert_eq!(apart(&["galaxys", "24"]).as_deref(), Some("24 galaxy s"));
        assert_eq!(apart(&["surfacepro"]).as_deref(), Some("pro surface"));
        assert_eq!(apart(&["airm", "1"]).as_deref(), Some("1 air m"));
        assert_eq!(apart(&["xs"]), None);
        assert_eq!(apart(&["galaxyfe"]), None);
        assert_eq!(apart(&["pro", "max"]), None);
    }
}
