//! Numbers: the health and the cycles of a battery.

use super::super::sense::Defect;
use super::{Denied, Found, Last, Reading};
use crate::FaultKind;

/// Battery health below this, in percent, is a fault.
const HEALTHY: u32 = 80;
/// More battery cycles than this are a fault: makers design for 1,000 at most.
const MOST_CYCLES: u32 = 1_000;

/// A smaller number beside a battery, without a percent sign, counts batteries.
const FEWEST_PERCENT: u32 = 20;

impl Reading {
    /// A number; what it says is known at the end of the clause.
    pub(super) fn number(&mut self, number: u32, percent: bool) {
        if matches!(self.denied, Denied::Open(_)) {
            // "Not 100 %" is a fault.
            self.unknown_word();
        }
        let of_battery = self.parts.last().is_some_and(|part| part.fault == Some(FaultKind::Battery));
        let beside = self.last == Last::Battery || (self.last == Last::Part && of_battery);
        self.numbers.push((number, percent, percent || beside));
        // 换过1次电池: the number says how often, and the part that was repaired follows it.
        if self.last != Last::Repair {
            self.last = Last::Number;
        }
    }

    /// At the end of a clause: what its numbers say of the battery. Another number is an unknown word.
    pub(super) fn weigh_numbers(&mut self) {
        let numbers = std::mem::take(&mut self.numbers);
        let percents = numbers.iter().any(|(_, percent, _)| *percent);
        for (number, percent, health) in numbers {
            if self.cycles && !percent {
                self.aged(number > MOST_CYCLES);
            } else if self.battery && !percent && number < FEWEST_PERCENT && !self.below {
                // 电池*2: so many batteries.
                self.never_repaired = true;
            } else if self.battery && health && (percent || !percents) && (1..=100).contains(&number) {
                self.aged(self.below || number < HEALTHY);
            } else if self.parts.iter().any(|part| part.fault == Some(FaultKind::Shutter)) {
                // 快门8000次: it says how old the camera is, and nothing of what works.
                self.never_repaired = true;
            } else if self.below {
                // 续航不足1小时
                self.broken(Defect::BROKEN);
            } else if number != 100 {
                self.unknown = true;
            }
            self.below = false;
        }
        if self.below {
            // 电量不足: "below" without a number.
            self.broken(Defect::BROKEN);
        }
    }

    /// Notes that the battery is worn, or that it is sound.
    fn aged(&mut self, worn: bool) {
        if worn {
            self.faults.push(Found { defect: Defect::of(FaultKind::Battery), part: None });
        } else {
            self.sound += 1;
        }
    }
}
