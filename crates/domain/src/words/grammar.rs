//! Derives what a clause says from the meanings of its words.
//!
//! The first rule: a clause is sound only if every word in it is known. Anything else is a fault in the
//! person's own words, which the partner judges, so that no broken device is priced as sound.
//!
//! A [`Reading`] goes through the words of a clause in order and notes what they say (`senses`, with the
//! rules for `faults`, `denials`, `repairs` and `numbers`). At the end, `outcome` puts it together.

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

/// Whether the next word is denied.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Denied {
    #[default]
    No,
    /// A denial is waiting for the word that it denies.
    Open(By),
    /// The denial has denied a defect, and may deny more of the same list.
    Met,
}

/// The kind of word that makes a denial.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    Nothing,
    Denial,
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
    /// The part between a denial and what it denies.
    lacking: Option<&'static Part>,
    last: Last,
    /// The word before the last denial.
    before_denial: Last,
    faults: Vec<Found>,
    repairs: Vec<Option<RepairKind>>,
    /// How many faults were named before the first repair.
    before_repair: Option<usize>,
    /// How many words for sound there were.
    sound: u32,
    never_repaired: bool,
    /// Where a repair is still needed: how many of the repairs were made.
    needs_repair: Option<usize>,
    ability: bool,
    unclear: bool,
    doubt: bool,
    unknown: bool,
    /// Whether a percentage is the battery's health.
    battery: bool,
    cycles: bool,
    below: bool,
    /// Numbers, whether they are percentages, and whether they can be the battery's health.
    numbers: Vec<(u32, bool, bool)>,
}

impl Reading {
    fn name(&mut self, part: &'static Part, last: Last) {
        if !matches!(last, Last::Joint | Last::Or) || self.parts.is_empty() {
            self.parts.clear();
        }
        self.parts.push(part);
        self.battery |= part.fault == Some(FaultKind::Battery);
    }

    /// The parts that were named last are broken; if there are none, an unnamed one is.
    fn broken(&mut self, defect: Defect) {
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
            (Some(kind), _) if defect.sure => Some(kind),
            (_, Some(FaultKind::Display)) if defect.crack => Some(FaultKind::OuterGlass),
            (_, Some(kind)) => Some(kind),
            (kind, None) if part.is_none() => kind,
            _ => None,
        }
    }
}
