//! What all words of a clause say together.

use super::super::clause::Clause;
use super::super::parts::Part;
use super::super::sense::Defect;
use super::{By, Denied, Last, Reading};
use crate::{FaultKind, RepairKind};

/// Battery health below this, in percent, is a fault.
const HEALTHY: u32 = 80;
/// More battery cycles than this are a fault: makers design for 1,000 at most.
const MOST_CYCLES: u32 = 1_000;

/// A defect, and the part that has it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub(super) defect: Defect,
    pub(super) part: Option<&'static Part>,
}

impl Reading {
    /// What the clause says.
    pub(super) fn end(mut self) -> Vec<Clause> {
        if self.unclear {
            return vec![Clause::Unclear];
        }
        self.open_end();
        self.weigh_numbers();
        let mut said = self.faults();
        if self.doubt && !said.iter().any(|clause| matches!(clause, Clause::Fault(_))) {
            return vec![Clause::Unclear];
        }
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

    /// Whether all words are known, but the clause at most names parts.
    fn bare(&self) -> bool {
        self.sound == 0 && !self.never_repaired && !self.unknown
    }

    /// Ends a clause whose last denial denies nothing yet.
    fn open_end(&mut self) {
        self.lack();
        let Denied::Open(by) = self.denied else { return };
        self.denied = Denied::No;
        let silent = self.faults.is_empty() && self.repairs.is_empty() && self.parts.is_empty();
        match by {
            // 正常无: "normal, none".
            By::Nothing if self.sound > 0 => {}
            By::Nothing if silent && !self.unknown && self.last == Last::Denial => self.sound = 1,
            By::Nothing if !self.faults.is_empty() => drop(self.none_of_that(self.before_denial)),
            By::Inability => self.broken(Defect::BROKEN),
            By::Nothing | By::Denial => self.broken(Defect::UNWELL),
        }
    }

    fn weigh_numbers(&mut self) {
        let numbers = std::mem::take(&mut self.numbers);
        let percents = numbers.iter().any(|(_, percent, _)| *percent);
        for (number, percent, health) in numbers {
            if self.cycles && !percent {
                self.aged(number > MOST_CYCLES);
            } else if self.battery && health && (percent || !percents) && (1..=100).contains(&number) {
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

    /// The faults, each kind once. Faults that a repair has fixed are left out.
    fn faults(&mut self) -> Vec<Clause> {
        if let Some(made) = self.needs_repair {
            let part = self.parts.last().copied();
            self.faults.push(Found { defect: Defect::UNWELL, part });
            self.repairs.truncate(made);
        }
        // A part that was broken and then repaired is no fault now. Water damage and locks stay.
        let earlier =
            self.before_repair.filter(|_| !self.repairs.is_empty()).unwrap_or(0).min(self.faults.len());
        let repairs = self.repairs.clone();
        let repaired = |found: &Found| {
            let repair = match found.kind() {
                Some(FaultKind::Water | FaultKind::Account | FaultKind::Dead) => return false,
                Some(FaultKind::OuterGlass | FaultKind::Display) => Some(RepairKind::Screen),
                Some(FaultKind::Battery) => Some(RepairKind::Battery),
                Some(
                    FaultKind::Camera
                    | FaultKind::Lens
                    | FaultKind::Shutter
                    | FaultKind::Biometrics
                    | FaultKind::Buttons
                    | FaultKind::Audio
                    | FaultKind::Ports,
                )
                | None => found.part.and_then(|part| part.repair),
            };
            let unsaid = found.kind().is_none() && found.part.is_none();
            unsaid || repairs == [None] || (repair.is_some() && repairs.contains(&repair))
        };
        let mut left: Vec<Found> =
            self.faults[..earlier].iter().filter(|it| !repaired(it)).copied().collect();
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
        // A vague fault beside a named one adds nothing.
        for vague in [Clause::Unnamed, Clause::Fault(None)] {
            if said.len() > 1 {
                said.retain(|clause| *clause != vague);
            }
        }
        said
    }
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
