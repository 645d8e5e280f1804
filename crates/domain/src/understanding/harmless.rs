//! Clauses that say nothing of what works, what is broken, or what was repaired, though their words may.

use crate::words::names_a_part;

/// Whether a clause says that another device took the place of this one, which is no repair: replaced by new laptop.
pub(super) fn says_it_was_replaced(clause: &str) -> bool {
    const REPLACED: [&str; 12] = [
        "replaced by",
        "replaced with new",
        "replaced with a new",
        "replaced under",
        "replaced in refresh",
        "replaced as part of",
        "due for replacement",
        "replacement issued",
        "replacement ordered",
        "replacement given",
        "replacement supplied",
        "user has replacement",
    ];
    let lower = clause.to_lowercase();
    REPLACED.iter().any(|words| lower.starts_with(words)) && !names_a_part(clause)
}

/// Whether a clause says what did not mend the fault beside it: 换电源也不行, tried another charger.
pub(super) fn says_what_did_not_help(lower: &str) -> bool {
    let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    has(&["也不行", "也没用", "还是不行", "仍不行", "还是一样", "也一样", "无效"])
        || ["tried", "even with", "even after"].iter().any(|word| lower.starts_with(word))
}

/// Whether a clause in lower case is about the label of a device: 型号看不清.
pub(super) fn is_about_its_label(lower: &str) -> bool {
    ["型号", "序列号", "串号", "标签", "model number", "serial", "label", "asset tag"]
        .iter()
        .any(|word| lower.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_took_the_place_of_a_device_and_what_did_not_help_say_nothing() {
        for clause in ["Replaced by new laptop", "due for replacement", "replacement issued 2024"] {
            assert!(says_it_was_replaced(clause), "{clause}");
        }
        for clause in ["battery replaced", "replaced by Apple: screen", "Replaced"] {
            assert!(!says_it_was_replaced(clause), "{clause}");
        }
        assert!(says_what_did_not_help("换电源也不行") && says_what_did_not_help("tried another charger"));
        assert!(!says_what_did_not_help("换过电池"));
        assert!(is_about_its_label("型号看不清") && !is_about_its_label("屏幕看不清"));
    }
}
