//! Whether the parts explain a price, and the steps that are shown.

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
    let without = PriceParts { function_deduction: Some(Money::ZERO), market_coefficient: None, ..parts() };
    let price = Price::new(PriceParts { final_price: Money::from_fen(450_000), ..without });
    assert_eq!(price.consistent(), Some(true));
    let kinds: Vec<_> = price.steps().iter().map(|step| step.kind).collect();
    assert_eq!(kinds, [StepKind::Base, StepKind::Condition, StepKind::Final]);
}

#[test]
fn a_step_that_changes_nothing_is_left_out() {
    let flawless = PriceParts {
        condition_discount: Some(Ratio::ONE),
        function_deduction: Some(Money::ZERO),
        final_price: Money::from_fen(500_000),
        ..parts()
    };
    let kinds: Vec<_> = Price::new(flawless).steps().iter().map(|step| step.kind).collect();
    assert_eq!(kinds, [StepKind::Base, StepKind::Final]);
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
