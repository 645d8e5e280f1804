//! Clauses that say nothing of what works, what is broken, or what was repaired, though their words may.

use crate::words::{Clause, names_a_part, read};

/// Whether a clause says that another device took the place of this one, which is no repair: replaced by new laptop.
pub(super) fn says_it_was_replaced(clause: &str) -> bool {
    const REPLACED: [&str; 13] = [
        "replaced by",
        "replaced with new",
        "replaced with a new",
        "replaced under refresh",
        "replaced under the refresh",
        "replaced in refresh",
        "replaced as part of",
        "due for replacement",
        "replacement issued",
        "replacement ordered",
        "replacement given",
        "replacement supplied",
        "user has replacement",
    ];
    // Replaced by Apple, under warranty: it is not said what.
    const BY_WHOM: [&str; 6] = ["apple", "samsung", "manufacturer", "maker", "shop", "store"];
    let lower = clause.to_lowercase();
    let name = lower.trim_end_matches(|it: char| it.is_ascii_digit() || it == ' ');
    if BY_WHOM.iter().any(|who| name.ends_with(who)) {
        return false;
    }
    REPLACED.iter().any(|words| lower.starts_with(words)) && !names_a_part(clause)
}

/// Whether a clause says what did not mend the fault beside it, and names no fault itself: 换电源也不行, tried another
/// charger.
pub(super) fn says_what_did_not_help(clause: &str) -> bool {
    const IN_VAIN: [&str; 5] = ["也不行", "也没用", "还是不行", "仍不行", "还是一样"];
    let lower = clause.to_lowercase();
    let tries = ["换", "试", "重启", "刷机"].iter().any(|word| lower.starts_with(word))
        && IN_VAIN.iter().any(|word| lower.ends_with(word))
        || ["tried ", "even with "].iter().any(|word| lower.starts_with(word));
    tries && !read(clause).iter().any(|said| matches!(said, Clause::Fault(Some(_))))
}

/// Whether a clause in lower case says that the label of a device cannot be read: 型号看不清.
pub(super) fn is_about_its_label(lower: &str) -> bool {
    const LABELS: [&str; 7] = ["型号", "序列号", "串号", "标签", "model number", "serial", "label"];
    const UNREADABLE: [&str; 6] = ["看不清", "模糊", "磨损", "unreadable", "illegible", "worn off"];
    LABELS.iter().any(|word| lower.starts_with(word)) && UNREADABLE.iter().any(|word| lower.ends_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_took_the_place_of_a_device_and_what_did_not_help_say_nothing() {
        for clause in ["Replaced by new laptop", "due for replacement", "replacement issued 2024"] {
            assert!(says_it_was_replaced(clause), "{clause}");
        }
        for clause in [
            "battery replaced",
            "replaced by Apple: screen",
            "Replaced by Apple 2023",
            "replaced under warranty",
            "Replaced",
        ] {
            assert!(!says_it_was_replaced(clause), "{clause}");
        }
        assert!(says_what_did_not_help("换电源也不行") && says_what_did_not_help("tried another charger"));
        for clause in ["换过电池", "指纹无效", "触摸也不行", "tried charging, won't turn on"] {
            assert!(!says_what_did_not_help(clause), "{clause}");
        }
        assert!(is_about_its_label("型号看不清") && !is_about_its_label("屏幕看不清"));
        assert!(!is_about_its_label("序列号被锁"));
    }
}
