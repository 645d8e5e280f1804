//! Clauses in English, read word by word.

use super::Clause;
use super::parts::{PARTS, Part, REPAIRED};
use crate::{FaultKind, RepairKind};

/// Words for sound.
const SOUND: [&str; 17] = [
    "normal",
    "ok",
    "okay",
    "good",
    "fine",
    "works",
    "working",
    "work",
    "functional",
    "functions",
    "perfect",
    "excellent",
    "great",
    "sound",
    "intact",
    "undamaged",
    "unlocked",
];

/// Words that say nothing by themselves.
const AROUND: [&str; 38] = [
    "is",
    "are",
    "was",
    "it",
    "its",
    "the",
    "a",
    "an",
    "all",
    "everything",
    "every",
    "fully",
    "in",
    "order",
    "condition",
    "well",
    "very",
    "and",
    "known",
    "perfectly",
    "otherwise",
    "rest",
    "of",
    "device",
    "phone",
    "laptop",
    "tablet",
    "any",
    "found",
    "100",
    "completely",
    "has",
    "have",
    "been",
    "with",
    "still",
    "on",
    "health",
];

/// Words that deny what follows.
const DENIALS: [&str; 14] = [
    "no", "not", "none", "nothing", "without", "never", "doesnt", "dont", "does", "isnt", "wont", "cannot",
    "cant", "zero",
];

/// Defects, beside the part that has them.
const DEFECTS: [&str; 36] = [
    "issue",
    "issues",
    "problem",
    "problems",
    "fault",
    "faults",
    "faulty",
    "defect",
    "defects",
    "defective",
    "damage",
    "damaged",
    "broken",
    "crack",
    "cracks",
    "cracked",
    "shattered",
    "wrong",
    "dead",
    "swollen",
    "weak",
    "bad",
    "poor",
    "stuck",
    "loose",
    "locked",
    "lock",
    "fails",
    "failing",
    "failed",
    "blurry",
    "lines",
    "missing",
    "worn",
    "scratched",
    "fungus",
];

/// Repairs that were made.
const REPAIRS: [&str; 11] = [
    "replaced",
    "replacement",
    "changed",
    "repaired",
    "repair",
    "repairs",
    "refurbished",
    "swapped",
    "fixed",
    "refurb",
    "reconditioned",
];

/// What has yet to be repaired is broken.
const YET: [&str; 7] = ["need", "needs", "needed", "requires", "required", "should", "must"];

/// Clauses of which no price can be made, as whole clauses or words of them.
const UNCLEAR: [&str; 14] = [
    "unknown",
    "unsure",
    "untested",
    "unchecked",
    "tbd",
    "tba",
    "tbc",
    "idle",
    "na",
    "n/a",
    "unclear",
    "spare",
    "pending",
    "unspecified",
];

pub(super) fn read(text: &str) -> Clause {
    // An apostrophe parts no words: `doesn't` is `doesnt`.
    let plain: String = text.chars().filter(|letter| *letter != '\'').collect();
    let words: Vec<&str> =
        plain.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let has = |list: &[&str]| words.iter().any(|word| list.contains(word));
    let denied = has(&DENIALS);
    if is_unclear(&words, denied) {
        return Clause::Unclear;
    }
    let part = named(&words);
    if let Some(percent) = battery_health(&words, part) {
        return if percent < 80 { Clause::Fault(Some(FaultKind::Battery)) } else { Clause::Sound };
    }
    if has(&REPAIRS) || (words.contains(&"new") && part.is_some_and(|part| part.repair.is_some())) {
        return match (denied, has(&YET) || words.contains(&"replacing")) {
            (_, true) => Clause::Fault(part.map(|part| part.fault)),
            (true, false) => Clause::NeverRepaired,
            (false, false) => Clause::Repair(repaired(&words, part)),
        };
    }
    if has(&YET) {
        return Clause::Fault(part.map(|part| part.fault));
    }
    if does_not_start(&words) {
        return Clause::Fault(Some(FaultKind::Dead));
    }
    if has(&["water", "liquid"]) && !denied {
        return Clause::Fault(Some(FaultKind::Water));
    }
    let (sound, defect) = (has(&SOUND), has(&DEFECTS));
    let known = |word: &&&str| {
        [&SOUND[..], &AROUND, &DENIALS, &DEFECTS].iter().any(|list| list.contains(word))
            || PARTS.iter().any(|part| part.english.contains(word))
    };
    let all_known = words.iter().all(|word| known(&word));
    match (sound, defect, denied) {
        // "sound" is a word for sound as well as a part.
        _ if part.is_some_and(|part| part.fault == FaultKind::Audio)
            && denied
            && words.len() == 2
            && !defect =>
        {
            Clause::Fault(Some(FaultKind::Audio))
        }
        (true, false, false) if all_known => Clause::Sound,
        // No issues, not cracked, nothing wrong; none.
        (false, true, true) if all_known => Clause::Sound,
        (false, false, true) if all_known && part.is_none() => Clause::Sound,
        // Broken; not working.
        (false, true, false) | (true, false, true) if all_known && part.is_none() => Clause::Unnamed,
        (_, true, false) | (true, _, true) | (false, false, true) => fault(&words, part),
        _ if has(&["pixel", "pixels", "flicker", "flickers", "burn"]) => {
            Clause::Fault(Some(FaultKind::Display))
        }
        _ => Clause::Fault(None),
    }
}

fn is_unclear(words: &[&str], denied: bool) -> bool {
    let has = |word: &str| words.contains(&word);
    UNCLEAR.iter().any(|word| has(word))
        || words == ["n", "a"]
        || (denied && ["sure", "tested", "checked", "know", "certain"].iter().any(|word| has(word)))
        || (has("to") && has("be"))
}

/// The part that a clause names.
fn named(words: &[&str]) -> Option<&'static Part> {
    PARTS.iter().find(|part| words.iter().any(|word| part.english.contains(word)))
}

/// A fault of that part; of the glass, where a screen is cracked.
fn fault(words: &[&str], part: Option<&Part>) -> Clause {
    let cracked = ["crack", "cracks", "cracked", "shattered"].iter().any(|word| words.contains(word));
    if words.iter().any(|word| ["pixel", "pixels"].contains(word)) {
        return Clause::Fault(Some(FaultKind::Display));
    }
    Clause::Fault(part.map(|part| match part.fault {
        FaultKind::Display if cracked => FaultKind::OuterGlass,
        other => other,
    }))
}

/// The percentage that a clause on the battery tells.
fn battery_health(words: &[&str], part: Option<&Part>) -> Option<u32> {
    part.filter(|part| part.fault == FaultKind::Battery)?;
    words.iter().find_map(|word| word.parse().ok()).filter(|percent| (1..=100).contains(percent))
}

/// Won't power on, does not turn on, dead.
fn does_not_start(words: &[&str]) -> bool {
    let denied = words.iter().any(|word| DENIALS.contains(word));
    let starts = ["power", "turn", "switch", "boot", "start", "turns", "powers", "boots"];
    words == ["dead"] || (denied && words.iter().any(|word| starts.contains(word)))
}

fn repaired(words: &[&str], part: Option<&Part>) -> Option<RepairKind> {
    let other = REPAIRED.iter().find(|(.., english)| words.iter().any(|word| english.contains(word)));
    part.and_then(|part| part.repair).or(other.map(|(kind, ..)| *kind))
}
