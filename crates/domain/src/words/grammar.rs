//! What a clause says, from what its words say by themselves.
//!
//! One rule stands above the others: a clause is sound only where every word of it is known. What is
//! not understood is a fault in the person's own words, better asked of the partner than priced as
//! sound.

mod outcome;

use self::outcome::Found;
use super::Clause;
use super::lexicon::{Defect, Sense, Token, normalised, tokens};
use super::parts::Part;
use crate::{FaultKind, RepairKind};

/// Reads one clause: all that it says, never nothing.
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

/// Whether what comes next is denied.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Denied {
    #[default]
    No,
    /// The denial has not met what it denies.
    Open(By),
    /// It denied a defect, and may deny more of the same list.
    Met,
}

/// The kind of word that denies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    Nothing,
    Denial,
    Inability,
}

/// The last thing that was not a filler.
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

/// What was read so far.
#[derive(Debug, Default)]
struct Reading {
    denied: Denied,
    /// The parts that were named last: more than one where they were joined.
    parts: Vec<&'static Part>,
    /// The part between a denial and what it denies.
    lacking: Option<&'static Part>,
    last: Last,
    /// What came before the last denial.
    before_denial: Last,
    faults: Vec<Found>,
    repairs: Vec<Option<RepairKind>>,
    /// How many of the faults came before the first repair.
    before_repair: Option<usize>,
    /// Words for sound so far.
    sound: u32,
    never_repaired: bool,
    /// How many of the repairs were made, where others have yet to be.
    needs_repair: Option<usize>,
    ability: bool,
    unclear: bool,
    doubt: bool,
    unknown: bool,
    /// Whether a percentage is the battery's.
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
            // 没有用 is not 没有.
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
                    // Not needed: the denial goes on to what is not.
                    Denied::Open(_) => {}
                    // No repairs needed.
                    Denied::Met if self.never_repaired => self.sound += 1,
                    _ => {
                        // What is needed was not made: replacement needed.
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

    /// A word for sound; denied, it is a fault of the part beside it.
    fn works(&mut self) -> Last {
        self.ability = false;
        match self.denied {
            Denied::Open(_) => {
                self.denied = Denied::No;
                self.parts.extend(self.lacking.take());
                self.broken(Defect::BROKEN);
                Last::Defect
            }
            _ => {
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

    /// A part that was denied by itself: 无声音.
    fn lack(&mut self) {
        if let Some(part) = self.lacking.take() {
            let by = std::mem::take(&mut self.denied);
            // No account is one that is signed out.
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
            // A charging port is one part, by two words.
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
            match (last, self.repairs.last_mut()) {
                (Last::New, _) => {
                    self.sound = self.sound.saturating_sub(1);
                    self.repaired(Some(kind));
                }
                (Last::Repair, Some(repair @ None)) => *repair = Some(kind),
                (Last::Joint, Some(_)) => self.repairs.push(Some(kind)),
                _ => {}
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
            // 无划痕磕碰, no dents and scratches: flaws of a kind.
            Denied::Met
                if matches!(last, Last::Defect | Last::Joint) && defect.noun && defect.kind.is_none() => {}
            _ => {
                self.lack();
                self.denied = Denied::No;
                self.broken(defect);
            }
        }
        self.ability = false;
        Last::Defect
    }

    /// The parts that were named last are broken; if none was, something is.
    fn broken(&mut self, defect: Defect) {
        if self.parts.is_empty() {
            self.faults.push(Found { defect, part: None });
        }
        for part in &self.parts {
            self.faults.push(Found { defect, part: Some(part) });
        }
    }

    /// 故障无, scratch free: what was named is not there.
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
            _ => {
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
            _ => self.unknown = true,
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
            _ => {
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
