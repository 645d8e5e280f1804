//! The cell of the repairs.

use super::spelling::is_blank;
use crate::words::{Clause, clauses, names_a_part, read};

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
    !is_blank(cell) && clauses(cell).iter().all(|clause| was_not_made(clause) && !names_a_part(clause))
}

/// Whether a clause says that a repair was not made: quoted, declined.
fn was_not_made(clause: &str) -> bool {
    const NOT_MADE: [&str; 22] = [
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
        "拒修",
        "不修",
        "未修",
        "客户不修",
        "放弃维修",
        "不值得修",
        "修不了",
        "未维修",
    ];
    let lower = clause.to_lowercase();
    NOT_MADE.iter().any(|words| lower.contains(words))
}

#[cfg(test)]
mod tests {
    use super::*;

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
