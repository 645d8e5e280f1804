//! Numbers: the health and the cycles of a battery.

use super::super::sense::Defect;
use super::{Denied, Found, Last, Reading};
use crate::FaultKind;

/// Battery health below this, in percent, is a fault.
const HEALTHY: u32 = 80;
/// More battery cycles than this are a fault: makers design for 1,000 at most.
const MOST_CYCLES: u32 = 1_000;

impl Reading {
    pub(super) fn number(&mut self, number: u32, percent: bool) {
        if matches!(self.denied, Denied::Open(_)) {
            // Not 100 %.
            self.unknown_word();
        }
        let of_battery = self.parts.last().is_some_and(|part| part.fault == Some(FaultKind::Battery));
        let beside = self.last == Last::Battery || (self.last == Last::Part && of_battery);
        self.numbers.push((number, percent, percent || beside));
        // 换过1次电池
        if self.last != Last::Repair {
            self.last = Last::Number;
        }
    }

    pub(super) fn weigh_numbers(&mut self) {
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
}
