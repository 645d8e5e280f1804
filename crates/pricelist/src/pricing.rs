//! The calculation of a price: the grade's price, less a share of it or an amount for each fault and repair.

use domain::{FaultKind, Grade, Money, Ratio, RepairKind, Term};

use crate::Language;
use crate::names::{english_fault, english_grade, english_repair};

/// What a fault or repair takes off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cut {
    /// A share of the grade's price.
    Share(Ratio),
    /// An amount.
    Amount(Money),
}

/// What a step of a price is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// The grade.
    Grade(Grade),
    /// A fault.
    Fault(FaultKind),
    /// A repair.
    Repair(RepairKind),
}

impl Reason {
    /// The step's label.
    pub fn told(self, language: Language) -> String {
        match self {
            Self::Grade(grade) => language.of(
                format!("成色 {}", grade.word()),
                format!("Condition: {}", english_grade(grade).to_lowercase()),
            ),
            Self::Fault(kind) => language.of(kind.word(), english_fault(kind)),
            Self::Repair(kind) => language.of(kind.word(), english_repair(kind)),
        }
    }
}

/// One step from the base to the price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// What it is for.
    pub reason: Reason,
    /// What it adds; negative when it takes off.
    pub amount: Money,
}

/// A price and how it came about. Base and steps add up to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worked {
    /// The price in the list.
    pub base: Money,
    /// The steps that change something: the grade, then shares, then amounts.
    pub steps: Vec<Step>,
    /// The price, above 0.
    pub price: Money,
}

/// The price in the list, and the grade's share of it: 1 where the list has the grade's own price. Each step is rounded
/// half-even to the fen. `None` if nothing is left.
pub(crate) fn work(
    (base, grade, share): (Money, Grade, Ratio),
    cuts: impl Iterator<Item = (Reason, Cut)> + Clone,
) -> Option<Worked> {
    let of_grade = base.scaled(share.value())?;
    let mut steps = Vec::new();
    let mut price = base;
    let mut add = |reason, amount: Money| {
        price = price + amount;
        if amount != Money::ZERO {
            steps.push(Step { reason, amount });
        }
    };
    add(Reason::Grade(grade), of_grade - base);
    for (reason, cut) in cuts.clone() {
        if let Cut::Share(share) = cut {
            add(reason, -of_grade.scaled(share.value())?);
        }
    }
    for (reason, cut) in cuts {
        if let Cut::Amount(amount) = cut {
            add(reason, -amount);
        }
    }
    (price > Money::ZERO).then_some(Worked { base, steps, price })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(text: &str) -> Ratio {
        Ratio::new(text.parse().unwrap())
    }

    fn worked(base: i64, of_grade: &str, cuts: &[(Reason, Cut)]) -> Option<(Vec<i64>, i64)> {
        let worked = work((Money::from_fen(base), Grade::Good, share(of_grade)), cuts.iter().copied())?;
        let sum = worked.steps.iter().fold(worked.base, |sum, step| sum + step.amount);
        assert_eq!(sum, worked.price, "the steps add up");
        Some((worked.steps.iter().map(|step| step.amount.fen()).collect(), worked.price.fen()))
    }

    const SCREEN: Reason = Reason::Fault(FaultKind::Display);
    const BATTERY: Reason = Reason::Repair(RepairKind::Battery);

    #[test]
    fn shares_are_of_the_grades_price_and_amounts_come_after_them() {
        let cuts = [
            (SCREEN, Cut::Amount(Money::from_fen(10_000))),
            (BATTERY, Cut::Share(share("0.1"))),
            (Reason::Fault(FaultKind::Audio), Cut::Share(share("0.5"))),
        ];
        // 4,500 × 0.8 = 3,600; less 10 % and 50 % of it, then 100.
        assert_eq!(worked(450_000, "0.8", &cuts), Some((vec![-90_000, -36_000, -180_000, -10_000], 134_000)));
    }

    #[test]
    fn each_step_is_rounded_half_even_to_the_fen() {
        // 0.05 × 0.5 = 0.025, which is 0.02; of that, half is 0.01.
        assert_eq!(worked(5, "0.5", &[(SCREEN, Cut::Share(share("0.5")))]), Some((vec![-3, -1], 1)));
        // 0.15 × 0.5 = 0.075, which is 0.08.
        assert_eq!(worked(15, "0.5", &[]), Some((vec![-7], 8)));
        assert_eq!(
            worked(100, "1", &[(SCREEN, Cut::Share(share("0")))]),
            Some((vec![], 100)),
            "a step of 0 is none"
        );
    }

    #[test]
    fn a_price_of_0_or_less_is_none() {
        assert_eq!(worked(10_000, "1", &[(SCREEN, Cut::Amount(Money::from_fen(10_000)))]), None);
        assert_eq!(worked(10_000, "1", &[(SCREEN, Cut::Share(share("1")))]), None);
        assert_eq!(worked(10_000, "1", &[(SCREEN, Cut::Amount(Money::from_fen(20_000)))]), None);
        assert_eq!(worked(1, "0.1", &[]), None);
        assert_eq!(
            worked(10_000, "1", &[(SCREEN, Cut::Amount(Money::from_fen(9_999)))]),
            Some((vec![-9_999], 1))
        );
    }
}
