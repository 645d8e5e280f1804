//! The cell of the repairs.

use super::spelling::is_blank;
use crate::words::{Clause, clauses, faults_of_parts, names_a_part, read};
use crate::{FaultKind, RepairKind};

/// The repairs of their own cell: with 没修 or none beside them, only words that name one; 已好 says nothing of repairs.
pub(super) fn made(repairs: &str) -> String {
    let repairs = &repairs.replace(" - ", ", ").replace(" + ", ", ");
    let all = clauses(repairs);
    let said: Vec<Vec<Clause>> = all.iter().map(|clause| read(clause)).collect();
    let never = |said: &[Clause]| said == [Clause::NeverRepaired];
    let is_one = |said: &[Clause]| said.iter().any(|it| matches!(it, Clause::Repair(_)));
    let denied = all.len() > 1 && (is_blank(all[0]) || said.iter().any(|said| never(said)))
        || all.iter().any(|clause| was_not_made(clause));
    let some = said.iter().any(|said| is_one(said));
    let keeps = |(clause, said): &(&&str, &Vec<Clause>)| match denied {
        true => is_one(said),
        // Battery replaced, ready to collect
        false if some => is_one(said) || names_a_part(clause),
        false => said[..] != [Clause::Sound] || clause.len() == repairs.len(),
    };
    let kept: Vec<&str> = all.iter().zip(&said).filter(keeps).map(|(clause, _)| *clause).collect();
    match kept.is_empty() {
        true if denied => "无".to_owned(),
        _ if kept.len() == all.len() => repairs.to_owned(),
        _ => kept.join("、"),
    }
}

/// Whether a cell says only that the device was not repaired, and nothing of what works: 客户弃修, declined.
pub(super) fn says_only_that_none_was_made(cell: &str) -> bool {
    // 屏碎不修 names what is broken.
    let names_a_fault = |clause: &str| read(clause).iter().any(|said| matches!(said, Clause::Fault(Some(_))));
    let says_only_that =
        |clause: &&str| was_not_made(clause) && !names_a_part(clause) && !names_a_fault(clause);
    !is_blank(cell) && clauses(cell).iter().all(says_only_that)
}

/// What was reported broken, without what repairs have mended since: 屏碎 and 已换屏, 不开机 and 已修好. Water stays in.
pub(super) fn without_what_was_mended(reported: &str, repairs: &[&str]) -> String {
    let made: Vec<&str> = repairs.iter().flat_map(|text| clauses(text)).collect();
    let is_mended = |clause: &&str| {
        let said = read(clause);
        let is = |kind: FaultKind| said.contains(&Clause::Fault(Some(kind)));
        let mends = |repair: &&str| {
            let new = |kind: RepairKind| read(repair).contains(&Clause::Repair(Some(kind)));
            let parts = faults_of_parts(repair);
            // 主板已修好 mends what does not switch on, and 屏幕已修好 the screen.
            let of_it = match (names_a_part(repair), parts.is_empty()) {
                (false, _) => true,
                (true, true) => is(FaultKind::Dead),
                (true, false) => parts.into_iter().any(is),
            };
            (is(FaultKind::OuterGlass) || is(FaultKind::Display)) && new(RepairKind::Screen)
                || is(FaultKind::Battery) && new(RepairKind::Battery)
                || says_it_is_mended(repair) && of_it
        };
        !is(FaultKind::Water) && made.iter().any(mends)
    };
    let kept: Vec<&str> = clauses(reported).into_iter().filter(|clause| !is_mended(clause)).collect();
    kept.join("、")
}

/// Whether a clause says that what was broken is mended: 已修好, fixed. 没修好, 需修复 and 修复中 say that it is not.
fn says_it_is_mended(clause: &str) -> bool {
    const MENDED: [&str; 5] = ["已修好", "修好了", "已修复", "修复完成", "维修完成"];
    const NOT_YET: [&str; 9] = ["没", "未", "修不", "不能", "无法", "需", "可", "建议", "待"];
    let lower = clause.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    matches!(lower.as_str(), "fixed" | "now fixed" | "all fixed" | "mended" | "修好" | "修复")
        || has(&MENDED) && !has(&NOT_YET)
}

/// Whether a clause says that the device was repaired, and not what: 修好了 beside 换内屏 is the same repair.
pub(super) fn says_only_that_it_is_mended(clause: &str) -> bool {
    says_it_is_mended(clause) && !names_a_part(clause)
}

/// Whether a clause says that a repair was not made: quoted, declined.
fn was_not_made(clause: &str) -> bool {
    const NOT_MADE: [&str; 26] = [
        "declined",
        "quoted",
        "not repairable",
        "unrepairable",
        "irreparable",
        "beyond repair",
        "beyond economic",
        "no parts",
        "not worth",
        "uneconomic",
        "not repaired",
        "unrepaired",
        "no fix",
        "弃修",
        "没修",
        "解不了",
        "等配件",
        "等件",
        "客户放弃",
        "拒修",
        "不修",
        "未修",
        "放弃维修",
        "不值得修",
        "修不了",
        "未维修",
    ];
    // 没修好 was a repair.
    let lower = clause.to_lowercase().replace("没修好", "").replace("未修好", "");
    NOT_MADE.iter().any(|words| lower.contains(words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_names_what_is_broken_says_more_than_that_none_was_made() {
        assert!(says_only_that_none_was_made("客户弃修") && says_only_that_none_was_made("quote declined"));
        assert!(!says_only_that_none_was_made("屏碎不修") && !says_only_that_none_was_made("屏幕不修"));
    }

    #[test]
    fn what_was_reported_and_mended_is_no_fault() {
        for (reported, repairs, left) in [
            ("屏碎", "已换屏", ""),
            ("屏碎、没声音", "已换屏", "没声音"),
            ("电池不行", "换过屏", "电池不行"),
            ("不开机", "主板已修好", ""),
            ("no power", "fixed", ""),
            ("进水、不开机", "已修复", "进水"),
            ("不开机", "没修好", "不开机"),
            ("不开机", "未修", "不开机"),
            ("no power", "not fixed", "no power"),
            ("屏碎、电池不行", "屏幕已修好", "电池不行"),
            ("不开机", "需修复", "不开机"),
            ("no power", "Fixed asset 1203", "no power"),
        ] {
            assert_eq!(without_what_was_mended(reported, &[repairs]), left, "{reported}, {repairs}");
        }
    }

    #[test]
    fn the_cell_of_the_repairs_names_those_that_were_made() {
        for (text, left) in [
            ("quoted, declined", "无"),
            ("board dead, not repairable", "无"),
            ("no parts", "无"),
            ("没修，嫌贵", "无"),
            ("None, declined quote", "无"),
            ("none - customer declined quote", "无"),
            ("主板修过，已好", "主板修过"),
            ("battery replaced, ready to collect", "battery replaced"),
            ("new screen fitted, tested", "new screen fitted"),
            ("battery + screen", "battery, screen"),
            ("换过屏，换过电池", "换过屏，换过电池"),
            ("原装", "原装"),
            ("无", "无"),
        ] {
            assert_eq!(made(text), left, "{text}");
        }
    }
}
