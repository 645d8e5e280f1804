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
    let price = Price::new(flawless);
    let kinds: Vec<_> = price.steps().iter().map(|step| step.kind).collect();
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

fn own(amounts: &[i64]) -> Vec<LabelledStep> {
    let label = Label::parse("电池", "Battery").unwrap();
    let step = |fen: &i64| LabelledStep { label: label.clone(), amount: Money::from_fen(*fen) };
    amounts.iter().map(step).collect()
}

#[test]
fn a_buyers_own_steps_take_the_place_of_those_from_the_parts() {
    let price = Price::new(parts()).with_steps(own(&[-100_000, -11_200]));
    let kinds: Vec<_> = price.steps().iter().map(|step| step.kind).collect();
    let label = Label::parse("电池", "Battery").unwrap();
    assert_eq!(kinds, [StepKind::Base, StepKind::Own(&label), StepKind::Own(&label), StepKind::Final]);
    assert_eq!((price.consistent(), adds_up(&price)), (Some(true), true));
}

#[test]
fn own_steps_that_do_not_lead_to_the_price_are_flagged_and_completed() {
    let price = Price::new(parts()).with_steps(own(&[-100_000]));
    assert_eq!((price.consistent(), adds_up(&price)), (Some(false), true));
    assert!(price.steps().iter().any(|step| step.kind == StepKind::Difference));
}

#[test]
fn own_steps_are_left_out_without_a_base_and_if_there_are_too_many() {
    let without = PriceParts { base: None, ..parts() };
    assert_eq!(Price::new(without).with_steps(own(&[-1])), Price::new(without));
    let most = own(&[-1; Price::MOST_STEPS]);
    assert_ne!(Price::new(parts()).with_steps(most), Price::new(parts()));
    let too_many = own(&[-1; Price::MOST_STEPS + 1]);
    assert_eq!(Price::new(parts()).with_steps(too_many), Price::new(parts()));
}

#[test]
fn a_price_with_own_steps_survives_json_and_one_without_has_no_such_key() {
    let price = Price::new(parts()).with_steps(own(&[-111_200]));
    let json = serde_json::to_value(&price).unwrap();
    assert_eq!(json["steps"][0]["label"], serde_json::json!({ "zh-CN": "电池", "en": "Battery" }));
    assert_eq!(serde_json::from_value::<Price>(json).unwrap(), price);
    assert_eq!(serde_json::to_value(Price::new(parts())).unwrap().get("steps"), None);
}

#[test]
fn a_label_is_one_short_line_in_both_languages() {
    assert_eq!(Label::parse(" 电池 ", "Battery").unwrap().chinese(), "电池");
    for (chinese, english) in
        [("", "Battery"), ("电池", " "), ("电\n池", "Battery"), ("电池", &"x".repeat(61))]
    {
        assert!(Label::parse(chinese, english).is_err(), "{chinese:?} {english:?}");
    }
    let bad = serde_json::json!({ "zh-CN": "电池", "en": "" });
    assert!(serde_json::from_value::<Label>(bad).is_err());
}
