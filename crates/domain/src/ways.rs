//! Reads which ways to hand a device over a text offers, and which it denies.

use crate::half_width;

/// The ways to hand a device over, in the words of the text.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Ways {
    pub(crate) offered: Vec<String>,
    pub(crate) denied: Vec<String>,
}

/// Marks that end a clause. A denial applies to its own clause only.
const CLAUSES: [char; 12] = ['/', ',', ';', '。', '|', ' ', '(', ')', '[', ']', '【', '】'];
/// Words and marks between two ways, such as `上门、到店或邮寄` (decision 25 of the partner's
/// protocol). A word that contains another comes before it.
const JOINTS: [&str; 14] =
    ["或者", "以及", "还是", "并且", "或", "及", "和", "与", "跟", "并", "、", "+", "&", "·"];
/// Words that deny what follows them or, at the end of a clause, what precedes them.
const DENIALS: [&str; 16] = [
    "暂不支持",
    "不支持",
    "暂不提供",
    "不提供",
    "暂未开通",
    "未开通",
    "暂不可用",
    "不可用",
    "无法",
    "不能",
    "不可",
    "无需",
    "不用",
    "暂停",
    "没有",
    "暂无",
];

impl Ways {
    /// Reads a text such as `上门/到店`, `到店或者上门` or `上门（暂不支持到店）`.
    pub(crate) fn read(text: &str) -> Self {
        let mut ways = Self::default();
        // The space after a denial is removed, so that it does not end the clause.
        let text =
            DENIALS.iter().fold(half_width(text), |text, word| text.replace(&format!("{word} "), word));
        // Where the ways of the previous clause begin in `offered`.
        let mut before_that = 0;
        for clause in text.split(CLAUSES).filter(|clause| !clause.is_empty()) {
            let denial = DENIALS.iter().find_map(|word| clause.split_once(word));
            let clause_before = std::mem::replace(&mut before_that, ways.offered.len());
            let (offered, denied) = match denial {
                None => (clause, ""),
                // 到店（暂停）
                Some(("", "")) => {
                    ways.denied.extend(ways.offered.drain(clause_before..));
                    before_that = ways.offered.len();
                    continue;
                }
                // 到店暂不可用
                Some((before, "")) => ("", before),
                Some((before, after)) => (before, after),
            };
            ways.offered.extend(parts(offered));
            ways.denied.extend(parts(denied));
        }
        ways
    }
}

/// The ways that a text lists.
fn parts(text: &str) -> impl Iterator<Item = String> {
    let joined = JOINTS.iter().fold(text.to_owned(), |text, joint| text.replace(joint, "\n"));
    let parts: Vec<String> = joined.split('\n').map(|part| part.trim().to_owned()).collect();
    parts.into_iter().filter(|part| !part.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_denial_applies_to_its_clause() {
        let read = |text| {
            let Ways { offered, denied } = Ways::read(text);
            (offered.join(" "), denied.join(" "))
        };
        for (text, offered, denied) in [
            ("上门／到店", "上门 到店", ""),
            ("到店或者上门", "到店 上门", ""),
            ("上门暂不支持到店或邮寄", "上门", "到店 邮寄"),
            ("上门，不支持到店、邮寄；自提点", "上门 自提点", "到店 邮寄"),
            ("上门，到店暂停", "上门", "到店"),
            ("上门，到店（暂停）", "上门", "到店"),
            ("上门 不支持 到店", "上门", "到店"),
        ] {
            assert_eq!(read(text), (offered.to_owned(), denied.to_owned()), "{text}");
        }
    }
}
