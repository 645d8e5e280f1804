//! What a clause says, from what its words say by themselves.
//!
//! One rule stands above the others: a clause is sound only where every word of it is known. What is
//! not understood is a fault in the person's own words, better asked of the partner than priced as
//! sound.

use super::Clause;
use super::lexicon::{Defect, Sense, Token, normalised, tokens};
use super::parts::Part;
use crate::{FaultKind, RepairKind};

/// Battery health below this is a fault of the list, in percent.
const HEALTHY: u32 = 80;
/// A battery's cycles beyond this are a fault: makers count on no more.
const MOST_CYCLES: u32 = 1_000;

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
    /// An "and" or an "or".
    Joint,
    Or,
    Repair,
    New,
    Denial,
    Other,
}

/// A defect that was found, and of which part.
#[derive(Clone, Copy, Debug)]
struct Found {
    defect: Defect,
    part: Option<&'static Part>,
}

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
    needs_repair: bool,
    ability: bool,
    unclear: bool,
    unknown: bool,
    /// Whether a percentage is the battery's.
    battery: bool,
    cycles: bool,
    below: bool,
    above: bool,
    numbers: Vec<(u32, bool)>,
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
                self.name(part, last);
                self.works()
            }
            Sense::Defect(defect) => self.defect(defect, last),
            Sense::Repair(kind) => self.repair(kind),
            Sense::Touched => self.touched(),
            Sense::Original => self.original(),
            Sense::Yet => {
                // Not needed: the denial goes on to what is not.
                self.needs_repair |= !matches!(self.denied, Denied::Open(_)) && !self.never_repaired;
                Last::Other
            }
            Sense::Unclear => {
                self.unclear = true;
                Last::Other
            }
            Sense::Verified => {
                self.unclear |= matches!(self.denied, Denied::Open(_));
                Last::Other
            }
            Sense::Health => {
                self.battery = true;
                Last::Other
            }
            Sense::Cycles => {
                self.cycles = true;
                Last::Other
            }
            Sense::Below => {
                self.below = true;
                Last::Other
            }
            Sense::Above => {
                self.above = true;
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
            self.denied = Denied::No;
            if part.fault == Some(FaultKind::Account) {
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
                self.needs_repair = true;
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
        self.numbers.push((number, percent));
        self.last = Last::Other;
    }

    fn unknown(&mut self) {
        self.unknown = true;
        if matches!(self.denied, Denied::Open(_)) {
            self.parts.extend(self.lacking.take());
            self.broken(Defect::UNWELL);
            self.denied = Denied::No;
        }
        self.ability = false;
        self.last = Last::Other;
    }

    fn end(mut self) -> Vec<Clause> {
        if self.unclear {
            return vec![Clause::Unclear];
        }
        self.open_end();
        self.weigh_numbers();
        let mut said = self.faults();
        said.extend(self.repairs.iter().map(|kind| Clause::Repair(*kind)));
        said.dedup();
        match said.is_empty() {
            false => said,
            true if self.bare() => vec![Clause::Bare],
            true if self.unknown => vec![Clause::Fault(None)],
            true if self.sound > 0 => vec![Clause::Sound],
            true => vec![Clause::NeverRepaired],
        }
    }

    /// Whether all of it is known, and says nothing: it names parts at most.
    fn bare(&self) -> bool {
        self.sound == 0 && !self.never_repaired && !self.unknown
    }

    /// A denial at the end.
    fn open_end(&mut self) {
        self.lack();
        let Denied::Open(by) = self.denied else { return };
        self.denied = Denied::No;
        let silent = self.faults.is_empty() && self.repairs.is_empty() && self.parts.is_empty();
        match by {
            // 正常无: more words than needed.
            _ if self.sound > 0 && by == By::Nothing => {}
            By::Nothing if silent && !self.unknown && self.last == Last::Denial => self.sound = 1,
            By::Nothing if !self.faults.is_empty() => drop(self.none_of_that(self.before_denial)),
            _ => self.broken(if by == By::Inability { Defect::BROKEN } else { Defect::UNWELL }),
        }
    }

    fn weigh_numbers(&mut self) {
        let numbers = std::mem::take(&mut self.numbers);
        let percents = numbers.iter().any(|(_, percent)| *percent);
        for (number, percent) in numbers {
            if self.cycles && !percent {
                self.aged(number > MOST_CYCLES);
            } else if self.battery && (percent || !percents) && (1..=100).contains(&number) {
                self.aged(self.below || number < HEALTHY);
            } else if number != 100 {
                self.unknown = true;
            }
            self.below = false;
        }
        if self.below {
            // 电量不足; only the screen works.
            self.broken(Defect::BROKEN);
        }
    }

    /// What a number says of the battery.
    fn aged(&mut self, worn: bool) {
        if worn {
            self.faults.push(Found { defect: Defect::of(FaultKind::Battery), part: None });
        } else {
            self.sound += 1;
        }
    }

    /// The faults, each kind once.
    fn faults(&mut self) -> Vec<Clause> {
        if self.needs_repair {
            let part = self.parts.last().copied();
            self.faults.push(Found { defect: Defect::UNWELL, part });
            self.repairs.clear();
            self.before_repair = None;
        }
        // A part that was broken and is repaired since is history. Water and locks stay.
        let earlier = self.before_repair.unwrap_or(0).min(self.faults.len());
        let repairs = self.repairs.clone();
        let mended = |found: &Found| {
            let repair = match found.kind() {
                Some(FaultKind::Water | FaultKind::Account | FaultKind::Dead) => return false,
                Some(FaultKind::OuterGlass | FaultKind::Display) => Some(RepairKind::Screen),
                Some(FaultKind::Battery) => Some(RepairKind::Battery),
                _ => found.part.and_then(|part| part.repair),
            };
            repair.is_none() || repairs.contains(&repair) || repairs == [None]
        };
        let mut left: Vec<Found> = self.faults[..earlier].iter().filter(|it| !mended(it)).copied().collect();
        left.extend_from_slice(&self.faults[earlier..]);
        let mut said: Vec<Clause> = Vec::new();
        for found in left {
            let clause = match found.kind() {
                None if found.part.is_none() && !found.defect.named && !self.unknown => Clause::Unnamed,
                kind => Clause::Fault(kind),
            };
            if !said.contains(&clause) {
                said.push(clause);
            }
        }
        // Named once is enough.
        for vague in [Clause::Unnamed, Clause::Fault(None)] {
            if said.len() > 1 {
                said.retain(|clause| *clause != vague);
            }
        }
        said
    }
}

impl Found {
    /// The fault of the list, if it is one.
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
