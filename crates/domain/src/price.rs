//! The price and the steps to it.

mod label;
#[cfg(test)]
mod tests;

pub use label::{Label, LabelledStep};

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
    /// The buyer's own steps; empty for a price that the parts explain.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    steps: Vec<LabelledStep>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Currency {
    #[serde(rename = "CNY")]
    Cny,
}

/// What a step of the price is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepKind<'a> {
    /// An undamaged device.
    Base,
    /// What the grade takes off.
    Condition,
    /// What faults take off.
    Faults,
    /// What the market adds to or takes off the faults' deduction.
    Market,
    /// What the buyer names itself.
    Own(&'a Label),
    /// The part of the partner's price that the steps before it do not explain.
    Difference,
    /// The price.
    Final,
}

/// One line of the calculation from the base price to the final price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PriceStep<'a> {
    /// What the line is for.
    pub kind: StepKind<'a>,
    /// What it adds; negative when it takes off. For [`StepKind::Base`] and
    /// [`StepKind::Final`] the amount itself.
    pub amount: Money,
}

impl Price {
    /// The largest difference between price and formula that counts as consistent.
    pub const TOLERANCE: Money = Money::YUAN;
    /// The most steps that a buyer may name.
    pub const MOST_STEPS: usize = 20;

    /// Checks the partner's price against the formula `base × discount − deduction × coefficient`. The
    /// partner's price is kept, whatever the result.
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
            steps: Vec::new(),
        }
    }

    /// With a buyer's own steps from the base to the final price, which are shown in place of those that follow from
    /// the parts. The price is consistent if they add up to it. They are left out if the base is unknown, or if
    /// there are more than [`Self::MOST_STEPS`].
    #[must_use]
    pub fn with_steps(mut self, steps: Vec<LabelledStep>) -> Self {
        if let Some(base) = self.base
            && (1..=Self::MOST_STEPS).contains(&steps.len())
        {
            let sum = steps.iter().fold(base, |sum, step| sum + step.amount);
            self.consistent = Some((sum - self.final_price).abs() <= Self::TOLERANCE);
            self.steps = steps;
        }
        self
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
    pub fn steps(&self) -> Vec<PriceStep<'_>> {
        let mut steps = Vec::with_capacity(6);
        let mut add = |kind, amount| {
            // A step that changes nothing explains nothing.
            if kind == StepKind::Base || amount != Money::ZERO {
                steps.push(PriceStep { kind, amount });
            }
        };
        if let Some(base) = self.base {
            add(StepKind::Base, base);
            for step in &self.steps {
                add(StepKind::Own(&step.label), step.amount);
            }
            let by_parts = self.steps.is_empty();
            let discount = self.condition_discount.filter(|_| by_parts);
            if let Some(kept) = discount.and_then(|discount| base.scaled(discount.value())) {
                add(StepKind::Condition, kept - base);
            }
            if let Some(deduction) = self.function_deduction.filter(|_| by_parts) {
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

/// The price by the formula; `None` if a part of it is unknown or the result does not fit.
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
