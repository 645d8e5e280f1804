//! Derives what a clause says from the meanings of its words.
//!
//! The first rule: a clause is sound only if every word in it is known. Anything else is a fault in the
//! person's own words, which the partner is sent, so that no broken device is priced as sound.
//!
//! `senses` takes the words of a clause in order and changes a [`Reading`] by the rules for `faults`,
//! `denials`, `repairs` and `numbers`. At the end, `outcome` derives what the clause says.

mod denials;
mod faults;
mod numbers;
mod outcome;
mod repairs;
mod senses;

pub(super) use senses::read;

use super::parts::Part;
use super::sense::Defect;
use crate::{FaultKind, RepairKind};

/// Whether the next words are denied.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Denied {
    /// There was no denial, or what it denied has ended.
    #[default]
    No,
    /// A denial was read, and no word that it denies yet.
    Open(By),
    /// The denial has denied a defect, and may deny more of the same list.
    Met,
}

/// The kind of word that makes a denial.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    /// 无, no.
    Nothing,
    /// 不, not.
    Denial,
    /// 无法, cannot.
    Inability,
}

/// The last word that was not a filler.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Last {
    #[default]
    Nothing,
    Defect,
    Part,
    /// "and"
    Joint,
    /// "or"
    Or,
    Repair,
    New,
    /// The battery's health.
    Battery,
    /// A number that may be the battery's health.
    Number,
    Denial,
    Other,
}

/// What has been read so far.
#[derive(Debug, Default)]
struct Reading {
    denied: Denied,
    /// The parts that were named last; several where they were joined by "and".
    parts: Vec<&'static Part>,
    /// A part that was named after a denial, before any word that the denial denies: 无屏幕划痕.
    lacking: Option<&'static Part>,
    last: Last,
    /// The word before the last "and" or "or".
    before_joint: Last,
    /// The word before the last denial.
    before_denial: Last,
    faults: Vec<Found>,
    repairs: Vec<Option<RepairKind>>,
    /// How many faults were named before the first repair.
    before_repair: Option<usize>,
    /// How many words or denials say that something works.
    sound: u32,
    /// A repair is denied.
    never_repaired: bool,
    /// Set where a repair is still needed: how many of `repairs` were made.
    needs_repair: Option<usize>,
    /// 能, can: what follows works.
    ability: bool,
    /// A word says that it is not known whether anything works.
    unclear: bool,
    /// 可能, maybe.
    doubt: bool,
    /// A word is not known.
    unknown: bool,
    /// Whether a percentage is the battery's health.
    battery: bool,
    /// Whether a number is the battery's cycles.
    cycles: bool,
    /// 低于, below: a number in the clause is an upper limit.
    below: bool,
    /// Numbers, whether they are percentages, and whether they can be the battery's health.
    numbers: Vec<(u32, bool, bool)>,
}

impl Reading {
    /// Notes the part that the next words are about; several where "and" or "or" joins them.
    fn name(&mut self, part: &'static Part, last: Last) {
        // "Screen good and battery replaced": what was said of the screen has ended.
        if !matches!(last, Last::Joint | Last::Or) || self.before_joint != Last::Part {
            self.parts.clear();
        }
        self.parts.push(part);
    }

    /// Notes a fault of each part that was named last; without such a part, of an unnamed one.
    fn broken(&mut self, defect: Defect) {
        // What is dead is an unknown part: "lid sensor dead".
        let dead = !defect.sure && defect.kind == Some(FaultKind::Dead);
        let defect = if dead && self.unknown { Defect::BROKEN } else { defect };
        if self.parts.is_empty() {
            self.faults.push(Found { defect, part: None });
        }
        for part in &self.parts {
            self.faults.push(Found { defect, part: Some(part) });
        }
    }
}

/// A defect, and the part that has it.
#[derive(Clone, Copy, Debug)]
struct Found {
    defect: Defect,
    part: Option<&'static Part>,
}

impl Found {
    /// The fault's kind, if the list has it.
    fn kind(&self) -> Option<FaultKind> {
        let Self { defect, part } = self;
        let of_part = part.and_then(|part| part.fault);
        match (defect.kind, of_part) {
            // 前置摄像头黑屏
            (Some(FaultKind::Display), Some(FaultKind::Camera)) => Some(FaultKind::Camera),
            (Some(kind), _) if defect.sure => Some(kind),
            (_, Some(FaultKind::Display)) if defect.crack && part.is_some_and(|part| !part.inner) => {
                Some(FaultKind::OuterGlass)
            }
            (_, Some(kind)) => Some(kind),
            (kind, None) if part.is_none() => kind,
            _ => None,
        }
    }
}
