//! The price and the steps to it.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{Money, Ratio};

/// What the partner says about the price. Unknown is `None`, never 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PriceParts {
    /// The price of an undamaged device.
    pub base: Option<Money>,
    /// The factor of the grade, such as 0.9.
    pub condition_discount: Option<Ratio>,
    /// What faults take off, before the market's factor.
    pub function_deduction: Option<Money>,
    /// The factor of the market, 0.9 to 1.1.
    pub market_coefficient: Option<Ratio>,
    /// What the partner pays. The other parts only explain it.
    pub final_price: Money,
}

/// A price with its parts, and whether the parts explain it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Price {
    currency: Currency,
    base: Option<Money>,
    condition_discount: Option<Ratio>,
    function_deduction: Option<Money>,
    market_coefficient: Option<Ratio>,
    market_coefficient_estimated: bool,
    #[serde(rename = "final")]
    final_price: Money,
    consistent: Option<bool>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Currency {
    #[serde(rename = "CNY")]
    Cny,
}

/// What a step of the price stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StepKind {
    /// An undamaged device.
    Base,
    /// What the grade takes off.
    Condition,
    /// What faults take off.
    Faults,
    /// What the market adds to or takes off the faults' deduction.
    Market,
    /// What the steps before do not explain of the partner's price.
    Difference,
    /// The price.
    Final,
}

/// One line of the calculation from the base price to the final price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PriceStep {
    /// What the line stands for.
    pub kind: StepKind,
    /// What it adds; negative when it takes off. For [`StepKind::Base`] and
    /// [`StepKind::Final`] the amount itself.
    pub amount: Money,
}

impl Price {
    /// The largest difference between price and formula that counts as consistent.
    pub const TOLERANCE: Money = Money::YUAN;

    /// Checks the partner's price against the formula `base × discount − deduction × coefficient`. The
    /// partner's price stands, whatever the result.
    pub fn new(parts: PriceParts) -> Self {
        let expected = expected(&parts);
        Self {
            currency: Currency::Cny,
            base: parts.base,
            condition_discount: parts.condition_discount,
            function_deduction: parts.function_deduction,
            market_coefficient: parts.market_coefficient,
            market_coefficient_estimated: false,
            final_price: parts.final_price,
            consistent: expected.map(|expected| (expected - parts.final_price).abs() <= Self::TOLERANCE),
        }
    }

    /// Fills in an estimated market coefficient where the partner gave none. It only explains the price:
    /// neither the price nor its consistency changes.
    #[must_use]
    pub fn with_estimated_coefficient(mut self, estimate: Ratio) -> Self {
        if self.market_coefficient.is_none() {
            self.market_coefficient = Some(estimate);
            self.market_coefficient_estimated = true;
        }
        self
    }

    /// What the partner pays.
    pub fn final_price(&self) -> Money {
        self.final_price
    }

    /// The price of an undamaged device.
    pub fn base(&self) -> Option<Money> {
        self.base
    }

    /// The factor of the grade.
    pub fn condition_discount(&self) -> Option<Ratio> {
        self.condition_discount
    }

    /// What faults take off, before the market's factor.
    pub fn function_deduction(&self) -> Option<Money> {
        self.function_deduction
    }

    /// The factor of the market.
    pub fn market_coefficient(&self) -> Option<Ratio> {
        self.market_coefficient
    }

    /// Whether the market coefficient is an estimate.
    pub fn market_coefficient_estimated(&self) -> bool {
        self.market_coefficient_estimated
    }

    /// Whether the partner's price follows from its parts; `None` when parts are unknown.
    pub fn consistent(&self) -> Option<bool> {
        self.consistent
    }

    /// The lines from the base price to the final price. All lines before the last add up to the last;
    /// what the parts do not explain is a [`StepKind::Difference`].
    pub fn steps(&self) -> Vec<PriceStep> {
        let mut steps = Vec::with_capacity(6);
        let mut add = |kind, amount| steps.push(PriceStep { kind, amount });
        if let Some(base) = self.base {
            add(StepKind::Base, base);
            if let Some(kept) = self.condition_discount.and_then(|discount| base.scaled(discount.value())) {
                add(StepKind::Condition, kept - base);
            }
            if let Some(deduction) = self.function_deduction {
                add(StepKind::Faults, -deduction);
                let weighed =
                    self.market_coefficient.and_then(|coefficient| deduction.scaled(coefficient.value()));
                if let Some(weighed) = weighed.filter(|weighed| *weighed != deduction) {
                    add(StepKind::Market, deduction - weighed);
                }
            }
            let explained = steps.iter().fold(Money::ZERO, |sum, step| sum + step.amount);
            if explained != self.final_price {
                steps.push(PriceStep { kind: StepKind::Difference, amount: self.final_price - explained });
            }
        }
        steps.push(PriceStep { kind: StepKind::Final, amount: self.final_price });
        steps
    }
}

fn expected(parts: &PriceParts) -> Option<Money> {
    let kept = parts.base?.scaled(parts.condition_discount?.value())?;
    let deduction = parts.function_deduction?;
    // Without a deduction the coefficient does not change the price.
    let coefficient = match parts.market_coefficient {
        Some(coefficient) => coefficient.value(),
        None if deduction == Money::ZERO => Decimal::ONE,
        None => return None,
    };
    Some(kept - deduction.scaled(coefficient)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts() -> PriceParts {
        PriceParts {
            base: Some(Money::from_fen(500_000)),
            condition_discount: Some(Ratio::new("0.9".parse().unwrap())),
            function_deduction: Some(Money::from_fen(60_000)),
            market_coefficient: Some(Ratio::new("1.02".parse().unwrap())),
            final_price: Money::from_fen(388_800),
        }
    }

    fn adds_up(price: &Price) -> bool {
        let steps = price.steps();
        let (last, before) = steps.split_last().unwrap();
        before.iter().fold(Money::ZERO, |sum, step| sum + step.amount) == last.amount
    }

    #[test]
    fn the_deduction_is_weighed_by_the_market_before_it_is_taken_off() {
        let price = Price::new(parts());
        assert_eq!(price.consistent(), Some(true));
        let kinds: Vec<_> = price.steps().iter().map(|step| step.kind).collect();
        use StepKind::*;
        assert_eq!(kinds, [Base, Condition, Faults, Market, Final]);
        assert!(adds_up(&price));
    }

    #[test]
    fn a_price_off_the_formula_stands_is_flagged_and_explained() {
        let price = Price::new(PriceParts { final_price: Money::from_fen(400_000), ..parts() });
        assert_eq!(price.consistent(), Some(false));
        assert_eq!(price.final_price(), Money::from_fen(400_000));
        assert!(price.steps().iter().any(|step| step.kind == StepKind::Difference));
        assert!(adds_up(&price));
    }

    #[test]
    fn a_difference_of_more_than_a_yuan_is_inconsistent() {
        for (fen, consistent) in [(388_700, true), (388_699, false), (388_900, true), (388_901, false)] {
            let price = Price::new(PriceParts { final_price: Money::from_fen(fen), ..parts() });
            assert_eq!(price.consistent(), Some(consistent), "{fen}");
        }
    }

    #[test]
    fn a_price_returns_the_parts_that_it_was_made_of() {
        let price = Price::new(parts());
        let PriceParts { base, condition_discount, function_deduction, market_coefficient, final_price } =
            parts();
        assert_eq!((price.base(), price.condition_discount()), (base, condition_discount));
        assert_eq!(price.function_deduction(), function_deduction);
        assert_eq!((price.market_coefficient(), price.final_price()), (market_coefficient, final_price));
    }

    #[test]
    fn a_known_coefficient_is_not_replaced_by_an_estimate() {
        let price = Price::new(parts()).with_estimated_coefficient(Ratio::ONE);
        assert_eq!(price.market_coefficient(), parts().market_coefficient);
        assert!(!price.market_coefficient_estimated());
    }

    #[test]
    fn without_a_deduction_no_coefficient_is_needed_and_no_market_step_shown() {
        let without =
            PriceParts { function_deduction: Some(Money::ZERO), market_coefficient: None, ..parts() };
        let price = Price::new(PriceParts { final_price: Money::from_fen(450_000), ..without });
        assert_eq!(price.consistent(), Some(true));
        let kinds: Vec<_> = price.steps().iter().map(|step| step.kind).collect();
        assert_eq!(kinds, [StepKind::Base, StepKind::Condition, StepKind::Faults, StepKind::Final]);
    }

    #[test]
    fn each_step_has_the_amount_that_it_adds() {
        let amounts: Vec<_> = Price::new(parts()).steps().iter().map(|step| step.amount.fen()).collect();
        assert_eq!(amounts, [500_000, -50_000, -60_000, -1_200, 388_800]);
    }

    #[test]
    fn within_a_yuan_the_parts_still_agree() {
        let price = Price::new(PriceParts { final_price: Money::from_fen(388_900), ..parts() });
        assert_eq!(price.consistent(), Some(true));
        assert!(adds_up(&price));
    }

    #[test]
    fn what_is_unknown_is_not_judged() {
        let price = Price::new(PriceParts { market_coefficient: None, ..parts() });
        assert_eq!(price.consistent(), None);
        let estimated = price.with_estimated_coefficient(Ratio::ONE);
        assert!(estimated.market_coefficient_estimated());
        assert_eq!(estimated.consistent(), None);
        assert!(adds_up(&estimated));

        let bare = Price::new(PriceParts { base: None, ..parts() });
        assert_eq!(bare.steps().len(), 1);
    }
}
