//! Clauses of a cell that say nothing more beside its others.

use super::accessories::{is_of_a_cover, lacks_an_accessory};
use super::alarms::{is_alarming_word, is_doubtful};
use super::asides;
use super::function_cell::is_of_its_use;
use super::harmless::{says_it_was_replaced, says_what_did_not_help};
use super::remarks::{is_all_that_works, is_cosmetic};
use super::spelling::is_blank;
use crate::FaultKind;
use crate::words::{
    Clause, clauses, faults_of_parts, names_a_defect, names_a_part, read, says_it_needs_repair,
};

/// Whether a clause that is not understood only says more of a fault that another clause names: of the same part
/// (`locked, his account still on it`), or how it came (`black spot, spreading`).
pub(super) fn adds_nothing(clause: &str, all: &[&str]) -> bool {
    let faults: Vec<FaultKind> = all
        .iter()
        .filter(|other| **other != clause)
        .flat_map(|other| read(other))
        .filter_map(|it| if let Clause::Fault(kind) = it { kind } else { None })
        .collect();
    let lower = clause.to_lowercase();
    let of_a_camera =
        |kind: &FaultKind| matches!(kind, FaultKind::Lens | FaultKind::Shutter | FaultKind::Camera);
    let takes_no_picture = matches!(lower.as_str(), "拍不了" | "拍不了照" | "无法拍摄");
    if takes_no_picture && faults.iter().any(of_a_camera) {
        return true;
    }
    if !faults.is_empty() && is_an_error(&lower) {
        return true;
    }
    if !faults.is_empty() && (says_it_needs_repair(clause) || says_how_often(&lower) && !names_a_part(clause))
    {
        return true;
    }
    if faults.is_empty() || is_doubtful(&lower) || is_cosmetic(&lower) || names_a_defect(clause) {
        return false;
    }
    match faults_of_parts(clause)[..] {
        // locked to his Apple ID, pupil left
        [] if faults.contains(&FaultKind::Account) && lower.ends_with(" left") => true,
        [] => tells_how_it_came(&lower),
        ref parts => parts.iter().all(|kind| faults.contains(kind)),
    }
}

/// Whether a clause says how often something happens: of the fault beside it, if it names no other part.
fn says_how_often(lower: &str) -> bool {
    const OFTEN: [&str; 12] = [
        "sometimes",
        "occasionally",
        "now and then",
        "at times",
        "intermittent",
        "often",
        "偶尔",
        "有时",
        "时不时",
        "经常",
        "时好时坏",
        "间歇",
    ];
    OFTEN.iter().any(|word| lower.starts_with(word))
}

/// Whether a clause names an error, as by its number, which the fault beside it caused: 开机报错, 报Err20.
fn is_an_error(lower: &str) -> bool {
    if matches!(lower, "报错" | "开机报错" | "开机出错") {
        return true;
    }
    let number =
        ["报", "显示", "shows"].iter().find_map(|word| lower.strip_prefix(word)).unwrap_or(lower).trim();
    number.strip_prefix("err").is_some_and(|rest| {
        let rest = rest.trim_start_matches("or").trim();
        !rest.is_empty() && rest.bytes().all(|it| it.is_ascii_digit())
    })
}

/// Whether a clause only tells how a fault came about or grows: dropped, spreading, recovered after theft. Other words that
/// no table knows may be another fault, and are asked: runs hot.
fn tells_how_it_came(lower: &str) -> bool {
    const STORIES: [&str; 17] = [
        "原机主",
        "机主",
        "失主",
        "shows in",
        "visible in",
        "seen in",
        "dropped",
        "fell",
        "was dropped",
        "sat on",
        "stepped on",
        "knocked over",
        "recovered after",
        "spreading",
        "growing",
        "getting bigger",
        "getting worse",
    ];
    STORIES.iter().any(|story| lower.starts_with(story)) && lower.split_whitespace().count() <= 4
}

/// Whether a cell of faults names none: it is empty, or has words about the looks, which the grade says.
pub(super) fn names_no_fault(function: &str) -> bool {
    if is_blank(function) {
        return true;
    }
    clauses(function).iter().all(|clause| {
        let lower = clause.to_lowercase();
        is_cosmetic(&lower) && !is_alarming_word(&lower) || is_of_a_cover(&lower)
    })
}

/// The clauses of a cell that say nothing beside its others: where a device is (闲置，屏碎), words that name nothing
/// (快门损坏，费用过高), and the looks (边框磕碰，换过电池), because the grade says them. Those of a screen say nothing where the
/// whole device works.
pub(super) fn says_nothing_beside_others(function: &str) -> Vec<&str> {
    let all = clauses(function);
    let works = all.iter().any(|clause| is_all_that_works(clause));
    let tells = |clause: &&str| {
        read(clause).iter().any(|it| matches!(it, Clause::Fault(Some(_)) | Clause::Sound | Clause::Repair(_)))
    };
    if all.len() < 2 || !all.iter().any(tells) {
        return Vec::new();
    }
    let says_nothing = |clause: &&str| {
        is_of_its_use(clause)
            || is_of_a_cover(&clause.to_lowercase())
            || lacks_an_accessory(&clause.to_lowercase())
            || says_it_was_replaced(clause)
            || says_what_did_not_help(clause)
            || is_cosmetic(&clause.to_lowercase()) && (works || is_of_the_housing(clause))
            || asides::are_all(&clause.to_lowercase())
            || read(clause)[..] == [Clause::Bare] && !names_a_part(clause)
            || matches!(read(clause)[..], [Clause::Fault(None) | Clause::Bare])
                && adds_nothing(clause, &clauses(function))
    };
    all.into_iter().filter(says_nothing).collect()
}

/// Whether a clause names a part of the housing: scratches of a screen or a lens may be a fault.
fn is_of_the_housing(clause: &str) -> bool {
    names_a_part(clause) && faults_of_parts(clause).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_words_beside_a_fault_may_be_another_and_are_asked() {
        for (clause, other, nothing) in [
            ("spreading", "black spot on screen", true),
            ("his account still on it", "locked", true),
            ("dropped", "shutter broken", true),
            ("needs repair", "cracked screen", true),
            ("sometimes no click", "trackpad sticks", true),
            ("偶尔ERR20", "快门卡", true),
            ("sometimes no sound", "trackpad sticks", false),
            ("shows in photos", "lens scratched", true),
            ("报Err20", "快门坏", true),
            ("pupil left", "still locked to pupil Apple ID", true),
            ("开机报错", "镜头坏", true),
            ("拍不了", "快门坏", true),
            ("拍不了", "电池不行", false),
            ("Err 20", "shutter broken", true),
            ("runs hot", "cracked screen", false),
            ("reboots by itself", "battery weak", false),
            ("no picture on hdmi", "battery weak", false),
        ] {
            assert_eq!(adds_nothing(clause, &[other, clause]), nothing, "{other}, {clause}");
        }
    }
}
