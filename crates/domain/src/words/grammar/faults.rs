//! Parts and defects, and which part has which defect.

use super::super::parts::Part;
use super::super::sense::Defect;
use super::{By, Denied, Last, Reading};
use crate::FaultKind;

impl Reading {
    /// The name of a part.
    pub(super) fn part(&mut self, part: &'static Part, last: Last) -> Last {
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
            // "A cracked screen": the part has the defect before it.
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
            // 能开机, can switch on.
            self.works();
        }
        Last::Part
    }

    /// A word for something that is wrong. After a denial it is none.
    pub(super) fn defect(&mut self, defect: Defect, last: Last) -> Last {
        match self.denied {
            // 无屏幕划痕: the denial skips the part. But in "no sound, cracked" it denies the part alone.
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
}
