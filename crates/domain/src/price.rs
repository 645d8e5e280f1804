//! The price and the steps to it.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{Money, Ratio};

/// What the partner told of the price. Unknown is `None`, never 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PriceParts {
    /// What the device would bring undamaged.
    pub base: Option<Money>,
    /// The factor of the grade, such as 0.9.
    pub condition_discount: Option<Ratio>,
    /// What faults take off, before the market.
    pub function_deduction: Option<Money>,
    /// The factor of the market, 0.9 to 1.1.
    pub market_coefficient: Option<Ratio>,
    /// What the partner pays. The only part that counts.
    pub final_price: Money,
}

/// A price with its parts, and whether they agree.
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
    /// What the partner's price differs from the steps above by.
    Difference,
    /// The price.
    Final,
}

/// One line of the way from the base price to the final price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PriceStep {
    /// What the line stands for.
    pub kind: StepKind,
    /// What it adds; negative when it takes off. For [`StepKind::Base`] and
    /// [`StepKind::Final`] the amount itself.
    pub amount: Money,
}

impl Price {
    /// How far the partner's price may lie from the formula before it is flagged.
    pub const TOLERANCE: Money = Money::YUAN;

    /// Takes what the partner told and checks it against the formula
    /// `base × discount − deduction × coefficient`. The partner's price holds in any case.
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

    /// Fills a missing market coefficient with an estimate, for the explanation only:
    /// neither the price nor its consistency changes. One that is known stays.
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

    /// What the device would bring undamaged.
    pub fn base(&self) -> Option<Money> {
        self.base
    }

    /// The factor of the grade.
    pub fn condition_discount(&self) -> Option<Ratio> {
        self.condition_discount
    }

    /// What faults take off, before the market.
    pub fn function_deduction(&self) -> Option<Money> {
        self.function_deduction
    }

    /// The factor of the market.
    pub fn market_coefficient(&self) -> Option<Ratio> {
        self.market_coefficient
    }

    /// Whether the market coefficient is our estimate.
    pub fn market_coefficient_estimated(&self) -> bool {
        self.market_coefficient_estimated
    }

    /// Whether the partner's price follows from its parts; `None` when parts are unknown.
    pub fn consistent(&self) -> Option<bool> {
        self.consistent
    }

    /// The lines from the base price to the final price. All but the last add up to the
    /// last; what the parts do not explain is a [`StepKind::Difference`].
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
    // Nothing is deducted: the coefficient does not bear on the price.
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
