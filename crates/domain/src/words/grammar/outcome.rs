//! What all words of a clause say together.

use super::super::clause::Clause;
use super::super::sense::Defect;
use super::{Found, Reading};
use crate::{FaultKind, RepairKind};

impl Reading {
    /// What the clause says.
    pub(super) fn end(mut self) -> Vec<Clause> {
        if self.unclear {
            return vec![Clause::Unclear];
        }
        self.open_end();
        self.weigh_numbers();
        let mut said = self.remaining_faults();
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

    /// Whether all words are known, but say nothing, except that they may name parts.
    fn bare(&self) -> bool {
        self.sound == 0 && !self.never_repaired && !self.unknown
    }

    /// The faults that no later repair has fixed, each kind once.
    fn remaining_faults(&mut self) -> Vec<Clause> {
        if let Some(made) = self.needs_repair {
            let part = self.parts.last().copied();
            self.faults.push(Found { defect: Defect::UNWELL, part });
            self.repairs.truncate(made);
        }
        let earlier =
            self.before_repair.filter(|_| !self.repairs.is_empty()).unwrap_or(0).min(self.faults.len());
        let mut left: Vec<Found> =
            self.faults[..earlier].iter().filter(|it| !is_fixed(it, &self.repairs)).copied().collect();
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

/// Whether one of the repairs that were made later has fixed the fault. No repair fixes water damage, a
/// lock, or a device that does not switch on.
fn is_fixed(found: &Found, repairs: &[Option<RepairKind>]) -> bool {
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
    unsaid || *repairs == [None] || (repair.is_some() && repairs.contains(&repair))
}
