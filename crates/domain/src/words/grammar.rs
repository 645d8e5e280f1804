//! Derives what a clause says from the meanings of its words.
//!
//! The first rule: a clause is sound only if every word in it is known. Anything else is a fault in the
//! person's own words, which the partner judges, so that no broken device is priced as sound.

mod outcome;

use self::outcome::Found;
use super::clause::Clause;
use super::lexicon::{Token, normalised, tokens};
use super::parts::Part;
use super::sense::{Defect, Sense};
use crate::{FaultKind, RepairKind};

/// Reads one clause: everything that it says; the result is never empty.
pub(super) fn read(clause: &str) -> Vec<Clause> {
    let tokens = tokens(&normalised(clause));
    let mut reading = Reading::default();
    for token in &tokens {
        match token {
            Token::Known(sense) => reading.take(*sense),
            Token::Number(number, percent) => reading.number(*number, *percent),
            Token::Unknown => reading.unknown(),
        }
    }
    reading.end()
}

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
    fn take(&mut self, sense: Sense) {
        let last = self.last;
        let now = match sense {
            // 没有用: the denial is part of another word.
            Sense::Filler if last == Last::Denial => Last::Other,
            Sense::Filler => return,
            Sense::Sound => self.works(),
            Sense::New => {
                self.works();
                Last::New
            }
            Sense::Nothing => self.deny(By::Nothing),
            Sense::Denial => self.deny(By::Denial),
            Sense::Inability => self.deny(By::Inability),
            Sense::Ability => {
                self.ability = true;
                Last::Other
            }
            Sense::Free => self.none_of_that(last),
            Sense::Part(part) => self.part(part, last),
            Sense::Does(part) => {
                // Turns on slowly: only what is denied is a fault of the part.
                if matches!(self.denied, Denied::Open(_)) {
                    self.name(part, last);
                }
                self.works()
            }
            Sense::Defect(defect) => self.defect(defect, last),
            Sense::Repair(kind) => self.repair(kind),
            Sense::Touched => self.touched(),
            Sense::Original => self.original(),
            Sense::Yet => {
                match self.denied {
                    // "Not needed": the denial applies to the next word.
                    Denied::Open(_) => {}
                    // "No repairs needed."
                    Denied::Met if self.never_repaired => self.sound += 1,
                    Denied::Met | Denied::No => {
                        // "Replacement needed": this repair was not made.
                        let made =
                            self.repairs.len() - usize::from(last == Last::Repair).min(self.repairs.len());
                        self.needs_repair.get_or_insert(made);
                    }
                }
                Last::Other
            }
            Sense::Unclear => {
                self.unclear = true;
                Last::Other
            }
            Sense::Doubt => {
                self.doubt = true;
                Last::Other
            }
            Sense::Verified => {
                self.unclear |= matches!(self.denied, Denied::Open(_));
                Last::Other
            }
            Sense::Health => {
                self.battery = true;
                Last::Battery
            }
            Sense::Cycles => {
                self.cycles = true;
                Last::Other
            }
            Sense::Below => {
                self.below = true;
                Last::Other
            }
            Sense::And => Last::Joint,
            Sense::Or => Last::Or,
        };
        self.last = now;
    }

    /// A word for sound. After a denial it is a fault of the part beside it.
    fn works(&mut self) -> Last {
        self.ability = false;
        match self.denied {
            Denied::Open(_) => {
                self.denied = Denied::No;
                self.parts.extend(self.lacking.take());
                self.broken(Defect::BROKEN);
                Last::Defect
            }
            Denied::Met | Denied::No => {
                self.denied = Denied::No;
                self.sound += 1;
                Last::Other
            }
        }
    }

    fn deny(&mut self, by: By) -> Last {
        self.lack();
        self.denied = Denied::Open(by);
        self.before_denial = self.last;
        Last::Denial
    }

    /// A denied part with nothing else said of it: 无声音 (no sound).
    fn lack(&mut self) {
        if let Some(part) = self.lacking.take() {
            let by = std::mem::take(&mut self.denied);
            // "No account" means that it is signed out.
            if part.fault == Some(FaultKind::Account) && by != Denied::Open(By::Inability) {
                self.sound += 1;
            } else {
                self.faults.push(Found { defect: Defect::UNWELL, part: Some(part) });
                self.parts = vec![part];
            }
        }
    }

    fn name(&mut self, part: &'static Part, last: Last) {
        if !matches!(last, Last::Joint | Last::Or) || self.parts.is_empty() {
            self.parts.clear();
        }
        self.parts.push(part);
        self.battery |= part.fault == Some(FaultKind::Battery);
    }

    fn part(&mut self, part: &'static Part, last: Last) -> Last {
        self.battery |= part.fault == Some(FaultKind::Battery);
        if matches!(self.denied, Denied::Open(_)) {
            // "Charging port" is one part with two words.
            if self.lacking.is_some_and(|it| it.fault != part.fault) {
                self.lack();
            } else {
                self.lacking = Some(part);
                return Last::Part;
            }
        }
        if self.denied == Denied::Met && last != Last::Or {
            self.denied = Denied::No;
        }
        let before = self.faults.last_mut().filter(|found| last == Last::Defect && found.part.is_none());
        if let Some(found) = before {
            // A cracked screen.
            found.part = Some(part);
        }
        if let Some(kind) = part.repair {
            match last {
                Last::New => {
                    self.sound = self.sound.saturating_sub(1);
                    self.repaired(Some(kind));
                }
                Last::Repair => {
                    if let Some(repair @ None) = self.repairs.last_mut() {
                        *repair = Some(kind);
                    }
                }
                Last::Joint if !self.repairs.is_empty() => self.repairs.push(Some(kind)),
                Last::Joint
                | Last::Nothing
                | Last::Defect
                | Last::Part
                | Last::Or
                | Last::Battery
                | Last::Number
                | Last::Denial
                | Last::Other => {}
            }
        }
        self.name(part, last);
        if self.ability {
            // 能开机
            self.works();
        }
        Last::Part
    }

    fn defect(&mut self, defect: Defect, last: Last) -> Last {
        match self.denied {
            // 无屏幕划痕; but no sound, cracked.
            Denied::Open(By::Nothing | By::Denial) if self.lacking.is_none() || defect.noun => {
                self.lacking = None;
                self.denied = Denied::Met;
                self.sound += 1;
            }
            Denied::Met if last == Last::Or => {}
            // 无划痕磕碰, "no dents and scratches": one denial for similar flaws.
            Denied::Met
                if matches!(last, Last::Defect | Last::Joint) && defect.noun && defect.kind.is_none() => {}
            Denied::Open(_) | Denied::Met | Denied::No => {
                self.lack();
                self.denied = Denied::No;
                self.broken(defect);
            }
        }
        self.ability = false;
        Last::Defect
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

    /// 故障无, scratch free: the defect that was just named does not exist.
    fn none_of_that(&mut self, after: Last) -> Last {
        if after == Last::Defect && self.faults.last().is_some_and(|found| found.defect.noun) {
            self.faults.pop();
            self.sound += 1;
        } else {
            self.unknown = true;
        }
        Last::Other
    }

    fn repair(&mut self, kind: Option<RepairKind>) -> Last {
        match self.denied {
            Denied::Open(By::Nothing | By::Denial) => {
                self.lacking = None;
                self.denied = Denied::Met;
                self.never_repaired = true;
            }
            Denied::Open(By::Inability) => {
                self.denied = Denied::No;
                self.needs_repair.get_or_insert(self.repairs.len());
            }
            Denied::Met if matches!(self.last, Last::Or | Last::Joint) => self.never_repaired = true,
            Denied::Met | Denied::No => {
                let part = self.parts.last().filter(|_| matches!(self.last, Last::Part | Last::Defect));
                self.repaired(kind.or(part.and_then(|part| part.repair)));
                self.denied = Denied::No;
            }
        }
        Last::Repair
    }

    fn repaired(&mut self, kind: Option<RepairKind>) {
        self.before_repair.get_or_insert(self.faults.len());
        self.repairs.push(kind);
    }

    fn touched(&mut self) -> Last {
        match self.denied {
            Denied::Open(By::Nothing | By::Denial) | Denied::Met => {
                self.denied = Denied::Met;
                self.never_repaired = true;
            }
            Denied::Open(By::Inability) | Denied::No => self.unknown = true,
        }
        Last::Other
    }

    fn original(&mut self) -> Last {
        match self.denied {
            Denied::Open(_) => {
                self.denied = Denied::No;
                let kind = self.lacking.take().or(self.parts.last().copied()).and_then(|part| part.repair);
                self.repaired(kind);
                Last::Repair
            }
            Denied::Met | Denied::No => {
                self.never_repaired = true;
                Last::Other
            }
        }
    }

    fn number(&mut self, number: u32, percent: bool) {
        if matches!(self.denied, Denied::Open(_)) {
            // Not 100 %.
            self.unknown();
        }
        let of_battery = self.parts.last().is_some_and(|part| part.fault == Some(FaultKind::Battery));
        let beside = self.last == Last::Battery || (self.last == Last::Part && of_battery);
        self.numbers.push((number, percent, percent || beside));
        // 换过1次电池
        if self.last != Last::Repair {
            self.last = Last::Number;
        }
    }

    fn unknown(&mut self) {
        self.unknown = true;
        if let Some((_, percent, health)) = self.numbers.last_mut().filter(|_| self.last == Last::Number) {
            // Battery 3 months old.
            *health = *percent;
        }
        if matches!(self.denied, Denied::Open(_)) {
            self.parts.extend(self.lacking.take());
            self.broken(Defect::UNWELL);
            self.denied = Denied::No;
        }
        self.ability = false;
        self.last = Last::Other;
    }
}
