//! Where one fault ends and the next begins.

#[cfg(feature = "words")]
use super::{Clause, read};

/// Marks that part clauses wherever they stand outside of brackets: a detail in brackets
/// belongs to its fault.
const MARKS: [char; 12] = ['、', ';', '；', '|', ',', '，', '。', '!', '！', '\n', '\t', '\r'];

/// Words and marks that part clauses only where each part says something by itself: a name may
/// hold them too, such as `Face ID / Touch ID`.
#[cfg(feature = "words")]
const JOINTS: [&str; 13] =
    ["/", "／", "+", "但是", "但", "以及", "和", "及", "与", " and ", " but ", " with ", " "];

/// The clauses of a text, without those that are empty.
pub(crate) fn clauses(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut depth, mut start) = (0_u32, 0);
    for (at, letter) in text.char_indices() {
        match letter {
            '(' | '（' | '[' | '【' => depth += 1,
            ')' | '）' | ']' | '】' => depth = depth.saturating_sub(1),
            _ if depth == 0 && MARKS.contains(&letter) => {
                parts.push(&text[start..at]);
                start = at + letter.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    let parts = parts.into_iter().map(str::trim).filter(|part| !part.is_empty());
    #[cfg(feature = "words")]
    return parts.flat_map(joined).collect();
    #[cfg(not(feature = "words"))]
    parts.collect()
}

/// The parts of a clause that says several things, such as `正常但换过电池`; else the clause.
#[cfg(feature = "words")]
fn joined(clause: &str) -> Vec<&str> {
    // `没有 问题` says one thing, though 问题 alone says another.
    let one = matches!(read(clause), Clause::Sound | Clause::NeverRepaired | Clause::Unclear);
    if one || clause.contains(['(', '（']) {
        return vec![clause];
    }
    // English words are parted by spaces whatever they say.
    for joint in JOINTS.iter().filter(|joint| **joint != " " || !clause.is_ascii()) {
        let parts: Vec<&str> = clause.split(joint).map(str::trim).filter(|part| !part.is_empty()).collect();
        if parts.len() > 1 && parts.iter().all(|part| !matches!(read(part), Clause::Fault(None))) {
            return parts;
        }
    }
    vec![clause]
}

#[cfg(all(test, feature = "words"))]
mod tests {
    use super::clauses;

    #[test]
    fn marks_part_clauses_outside_of_brackets() {
        assert_eq!(clauses("屏碎,电池不行"), ["屏碎", "电池不行"]);
        assert_eq!(clauses("外屏损坏(外屏碎裂，显示正常)、进水；"), ["外屏损坏(外屏碎裂，显示正常)", "进水"]);
        assert_eq!(clauses(" ，、"), [""; 0]);
    }

    #[test]
    fn joints_part_them_where_each_part_is_known() {
        assert_eq!(clauses("屏碎 电池不行"), ["屏碎", "电池不行"]);
        assert_eq!(clauses("正常但换过电池"), ["正常", "换过电池"]);
        assert_eq!(clauses("cracked screen and weak battery"), ["cracked screen", "weak battery"]);
        assert_eq!(clauses("转轴/铰链松"), ["转轴/铰链松"]);
    }
}
