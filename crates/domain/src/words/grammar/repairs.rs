//! Repairs: made, needed, or denied.

use super::{By, Denied, Last, Reading};
use crate::RepairKind;

impl Reading {
    /// A word for a repair: made, never made, or not possible and therefore still needed.
    pub(super) fn repair(&mut self, kind: Option<RepairKind>) -> Last {
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
                let is_about_them = matches!(self.last, Last::Part | Last::Defect);
                let parts = if is_about_them { self.parts.as_slice() } else { &[] };
                let kinds: Vec<_> = parts.iter().filter_map(|part| part.repair).collect();
                match (kind, &kinds[..]) {
                    (Some(kind), _) => self.repaired(Some(kind)),
                    (None, []) => self.repaired(None),
                    // "Screen and battery replaced" are two repairs.
                    (None, _) => kinds.into_iter().for_each(|kind| self.repaired(Some(kind))),
                }
                self.denied = Denied::No;
            }
        }
        Last::Repair
    }

    /// Notes a repair that was made.
    pub(super) fn repaired(&mut self, kind: Option<RepairKind>) {
        // 换过国产屏 is one repair.
        if let (Last::Repair, Some(last @ None)) = (self.last, self.repairs.last_mut()) {
            *last = kind;
            return;
        }
        self.before_repair.get_or_insert(self.faults.len());
        self.repairs.push(kind);
    }

    /// A word that says that a repair is needed.
    pub(super) fn still_needed(&mut self, last: Last) -> Last {
        match self.denied {
            // "Not needed": the denial applies to the next word.
            Denied::Open(_) => {}
            // "No repairs needed."
            Denied::Met if self.never_repaired => self.sound += 1,
            Denied::Met | Denied::No => {
                // "Replacement needed": this repair was not made.
                let made = self.repairs.len() - usize::from(last == Last::Repair).min(self.repairs.len());
                self.needs_repair.get_or_insert(made);
            }
        }
        Last::Other
    }

    /// 修 (repair), 拆 (open). Without a denial it is not known what was done.
    pub(super) fn touched(&mut self) -> Last {
        match self.denied {
            Denied::Open(By::Nothing | By::Denial) | Denied::Met => {
                self.denied = Denied::Met;
                self.never_repaired = true;
            }
            Denied::Open(By::Inability) | Denied::No => self.unknown = true,
        }
        Last::Other
    }

    /// Original parts: never repaired. After a denial, the part was replaced.
    pub(super) fn original(&mut self) -> Last {
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
}
