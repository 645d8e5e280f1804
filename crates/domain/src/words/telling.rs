//! What the words of a clause tell apart from what they say together.

use super::lexicon::{Token, normalised, pieces, tokens};
use super::sense::Sense;
use crate::{FaultKind, RepairKind};

/// Whether a clause has a known word for something that is wrong, missing or repaired. A single letter that begins an
/// unknown word is none: 卡贴机, 断货. After the name of a part it is one: 屏幕碎一块.
pub(crate) fn names_a_defect(clause: &str) -> bool {
    let normal = normalised(clause);
    let pieces = pieces(&normal);
    let names = |place: usize| match pieces[place].0 {
        Token::Known(sense) => matches!(
            sense,
            Sense::Defect(_)
                | Sense::Nothing
                | Sense::Denial
                | Sense::Inability
                | Sense::Repair(_)
                | Sense::Yet
        ),
        Token::Number(..) | Token::Unknown => false,
    };
    (0..pieces.len()).any(|place| names(place) && !is_in_another_word(&pieces, place))
}

/// Whether a piece is a single Chinese letter, and its neighbour an unknown one, so that both may be another word.
fn is_in_another_word(pieces: &[(Token, &str)], place: usize) -> bool {
    /// Letters that end other words too: 双卡, 小花.
    const ENDS: [&str; 2] = ["卡", "花"];
    let (before, after) = pieces.split_at(place);
    let [(_, word), after @ ..] = after else { return false };
    let is_letter = |word: &str| word.chars().count() == 1 && !word.is_ascii();
    let is_unknown = |piece: Option<&(Token, &str)>| {
        piece.is_some_and(|(token, word)| matches!(token, Token::Unknown) && is_letter(word))
    };
    let of_a_part = before.iter().any(|(token, _)| matches!(token, Token::Known(Sense::Part(_))));
    is_letter(word)
        && !of_a_part
        && (is_unknown(after.first()) || ENDS.contains(word) && is_unknown(before.last()))
}

/// Whether a clause of known words says that something is wrong. Within an unknown word, a defect may be another word:
/// 双卡.
pub(crate) fn says_what_is_wrong(clause: &str) -> bool {
    let normal = normalised(clause);
    let pieces = pieces(&normal);
    let known = !pieces.iter().any(|(token, _)| matches!(token, Token::Unknown));
    // 测光不准: two letters or more that say that something is broken are in no other word.
    let is_whole = |word: &str| word.chars().count() > 1 && !word.is_ascii();
    pieces.iter().any(|(token, word)| match token {
        Token::Known(Sense::Defect(defect)) => known || is_whole(word) && defect.is_broken(),
        Token::Known(_) | Token::Number(..) | Token::Unknown => false,
    })
}

/// Whether a clause of known words says of the whole device that it works: "tested & working", 使用正常. It names no part,
/// nothing that is wrong; of a denial, it denies that anything is. `is_sound` is whether the clause was read as
/// [`Clause::Sound`](super::Clause) only.
pub(crate) fn says_that_it_works(clause: &str, is_sound: bool) -> bool {
    const WORKS: [&str; 9] =
        ["works", "working", "functional", "functions", "functioning", "正常", "好用", "可用", "能用"];
    let normal = normalised(clause);
    let pieces = pieces(&normal);
    let is_plain = |token: &Token| {
        matches!(
            token,
            Token::Known(Sense::Sound | Sense::Filler | Sense::And | Sense::Verified | Sense::Ability)
                | Token::Number(100, true)
        )
    };
    // 功能全好, everything fine; but 外观良好 is the looks.
    const FINE: [&str; 10] =
        ["好", "很好", "完好", "良好", "ok", "okay", "good", "fine", "perfect", "perfectly"];
    const ALL: [&str; 10] = ["全", "功能", "全部", "一切", "所有", "各项", "其他", "都", "everything", "all"];
    let has = |words: &[&str]| pieces.iter().any(|(_, word)| words.contains(word));
    // 没毛病, no fault found.
    let is_denied = |token: &Token| match token {
        Token::Known(Sense::Nothing | Sense::Denial) => true,
        Token::Known(Sense::Defect(defect)) => defect.noun && defect.kind.is_none() && !defect.named,
        Token::Known(_) | Token::Number(..) | Token::Unknown => is_plain(token),
    };
    let denied = pieces.iter().any(|(token, _)| matches!(token, Token::Known(Sense::Defect(_))));
    if denied && pieces.iter().all(|(token, _)| is_denied(token)) {
        return is_sound;
    }
    // 检测OK
    let is_tested = pieces.iter().any(|(token, _)| matches!(token, Token::Known(Sense::Verified)));
    let all_fine = has(&FINE) && (has(&ALL) || is_tested) && !has(&["外观", "成色"]);
    pieces.iter().all(|(token, _)| is_plain(token)) && (has(&WORKS) || all_fine)
}

/// Whether a clause names a known part or function.
pub(crate) fn names_a_part(clause: &str) -> bool {
    tokens(&normalised(clause)).iter().any(|token| matches!(token, Token::Known(Sense::Part(_))))
}

/// Whether a clause says only that a repair is needed: 需维修, in repair.
pub(crate) fn says_it_needs_repair(clause: &str) -> bool {
    // Of 系统提示建议维修, the system is no part of the list.
    let is_of_it = |token: Token| match token {
        Token::Known(Sense::Part(part)) => part.fault.is_none() && part.repair.is_none(),
        Token::Known(sense) => matches!(
            sense,
            Sense::Filler | Sense::Yet | Sense::Repair(_) | Sense::Inability | Sense::Denial | Sense::Touched
        ),
        Token::Number(..) | Token::Unknown => false,
    };
    let tokens = tokens(&normalised(clause));
    !tokens.is_empty() && tokens.into_iter().all(is_of_it)
}

/// The faults of the parts that a clause names, as far as they are in the list.
pub(crate) fn faults_of_parts(clause: &str) -> Vec<FaultKind> {
    let fault = |token: Token| match token {
        Token::Known(Sense::Part(part)) => part.fault,
        Token::Known(_) | Token::Number(..) | Token::Unknown => None,
    };
    tokens(&normalised(clause)).into_iter().filter_map(fault).collect()
}

/// The repair of the parts that a clause names, if they have the same one: a back housing is a new housing.
pub(crate) fn repair_of_parts(clause: &str) -> Option<RepairKind> {
    let repair = |token: Token| match token {
        Token::Known(Sense::Part(part)) => part.repair,
        Token::Known(_) | Token::Number(..) | Token::Unknown => None,
    };
    let mut repairs = tokens(&normalised(clause)).into_iter().filter_map(repair);
    let first = repairs.next()?;
    repairs.all(|other| other == first).then_some(first)
}
