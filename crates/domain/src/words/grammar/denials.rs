//! Denials, and the word that each denies.

use super::super::sense::Defect;
use super::{By, Denied, Found, Last, Reading};
use crate::FaultKind;

impl Reading {
    /// A word that denies what follows. An earlier denial that denied only a part ends here.
    pub(super) fn deny(&mut self, by: By) -> Last {
        self.lack();
        self.denied = Denied::Open(by);
        self.before_denial = self.last;
        Last::Denial
    }

    /// A part that was denied itself, because no word for sound or defect followed: 无声音 (no sound).
    pub(super) fn lack(&mut self) {
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

    /// A word for sound. After a denial it is a fault of the part beside it.
    pub(super) fn works(&mut self) -> Last {
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

    /// A word that is not known. After a denial it is a fault.
    pub(super) fn unknown_word(&mut self) {
        self.unknown = true;
        if let Some((_, percent, health)) = self.numbers.last_mut().filter(|_| self.last == Last::Number) {
            // "Battery 3 months old": the number before the word is not the battery's health.
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

    /// 故障无, scratch free: the defect that was just named does not exist.
    pub(super) fn none_of_that(&mut self, after: Last) -> Last {
        if after == Last::Defect && self.faults.last().is_some_and(|found| found.defect.noun) {
            self.faults.pop();
            self.sound += 1;
        } else {
            self.unknown = true;
        }
        Last::Other
    }

    /// At the end of a clause: the last denial, if it has not denied anything yet.
    pub(super) fn open_end(&mut self) {
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
}
