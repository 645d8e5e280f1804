use domain::Money;
use proptest::prelude::*;

use super::*;
use crate::{Currency, OfferView, samples};

const END: i64 = 86_400;

fn order(name: &str) -> OrderId {
    OrderId::parse(name).unwrap()
}

fn redeem(order_id: &str, fen: i64) -> Command {
    Command::Redeem { order_id: order(order_id), amount: Amount::cny(Money::from_fen(fen)) }
}

fn release(order_id: &str) -> Command {
    Command::Release { order_id: order(order_id), reason: None }
}

fn after(standing: &Standing, command: &Command, seconds: i64) -> Result<Outcome, Refusal> {
    decide(&samples::offer(), standing, command, samples::moment(seconds))
}

fn changed_to(outcome: Result<Outcome, Refusal>) -> (Standing, OfferEvent) {
    match outcome {
        Ok(Outcome::Changed { standing, event }) => (standing, event),
        other => panic!("{other:?}"),
    }
}

fn redeemed() -> Standing {
    changed_to(after(&Standing::NEW, &redeem("A1", 470_000), 1)).0
}

#[test]
fn an_offer_is_redeemed_by_an_order_with_the_right_amount() {
    let (standing, event) = changed_to(after(&Standing::NEW, &redeem("A1", 470_000), 1));
    assert_eq!(standing.state, State::Redeemed { order_id: order("A1"), at: samples::moment(1) });
    assert_eq!((standing.version, event), (2, OfferEvent::Redeemed));
}

#[test]
fn the_same_order_again_gets_the_same_answer_even_after_the_end() {
    for seconds in [1, END, END + 999] {
        assert_eq!(after(&redeemed(), &redeem("A1", 470_000), seconds), Ok(Outcome::Unchanged));
    }
}

#[test]
fn another_order_is_refused_whatever_amount_it_states() {
    for fen in [470_000, 1] {
        assert_eq!(after(&redeemed(), &redeem("A2", fen), 2), Err(Refusal::AlreadyRedeemed));
    }
}

#[test]
fn another_amount_or_currency_is_refused_with_both_amounts() {
    let expected = Amount::cny(Money::from_fen(470_000));
    let dollars = Amount { currency: Currency::parse("USD").unwrap(), ..expected };
    for given in [Amount::cny(Money::from_fen(469_999)), Amount::cny(Money::from_fen(-470_000)), dollars] {
        let command = Command::Redeem { order_id: order("A1"), amount: given };
        for standing in [Standing::NEW, redeemed()] {
            assert_eq!(after(&standing, &command, 2), Err(Refusal::AmountMismatch { expected, given }));
        }
    }
}

#[test]
fn an_offer_is_redeemed_until_its_end_and_not_at_it() {
    assert!(after(&Standing::NEW, &redeem("A1", 470_000), END - 1).is_ok());
    assert_eq!(after(&Standing::NEW, &redeem("A1", 470_000), END), Err(Refusal::Expired));
}

#[test]
fn a_release_before_the_end_makes_it_redeemable_again_and_one_after_it_does_not() {
    let (standing, event) = changed_to(after(&redeemed(), &release("A1"), END - 1));
    assert_eq!((&standing.state, standing.version, event), (&State::Accepted, 3, OfferEvent::Released));
    assert!(after(&standing, &redeem("A2", 470_000), END - 1).is_ok());
    let (standing, event) = changed_to(after(&redeemed(), &release("A1"), END));
    assert_eq!((standing.state, event), (State::Expired, OfferEvent::Released));
}

#[test]
fn only_the_order_that_holds_an_offer_gives_it_back() {
    let expired = Standing::NEW.changed(State::Expired);
    let withdrawn = Standing::NEW.changed(State::Withdrawn);
    assert_eq!(after(&redeemed(), &release("A2"), 2), Err(Refusal::Conflict));
    for standing in [Standing::NEW, expired, withdrawn] {
        assert_eq!(after(&standing, &release("A1"), 2), Err(Refusal::Conflict));
    }
}

#[test]
fn a_shopper_takes_an_offer_back_until_an_order_has_it() {
    let (standing, event) = changed_to(after(&Standing::NEW, &Command::Withdraw, 1));
    assert_eq!((&standing.state, event), (&State::Withdrawn, OfferEvent::Withdrawn));
    assert_eq!(after(&standing, &Command::Withdraw, 2), Ok(Outcome::Unchanged));
    assert_eq!(after(&standing, &redeem("A1", 470_000), 2), Err(Refusal::Withdrawn));
    assert_eq!(after(&redeemed(), &Command::Withdraw, 2), Err(Refusal::AlreadyRedeemed));
    assert_eq!(after(&Standing::NEW, &Command::Withdraw, END), Err(Refusal::Expired));
}

#[test]
fn an_offer_expires_at_its_end_unless_an_order_has_it() {
    assert_eq!(after(&Standing::NEW, &Command::Expire, END - 1), Ok(Outcome::Unchanged));
    let (standing, event) = changed_to(after(&Standing::NEW, &Command::Expire, END));
    assert_eq!((&standing.state, event), (&State::Expired, OfferEvent::Expired));
    assert_eq!(after(&standing, &Command::Expire, END), Ok(Outcome::Unchanged), "once");
    assert_eq!(after(&standing, &redeem("A1", 470_000), END), Err(Refusal::Expired));
    assert_eq!(after(&redeemed(), &Command::Expire, END + 1), Ok(Outcome::Unchanged));
}

fn commands() -> impl Strategy<Value = Command> {
    let order_id = prop::sample::select(vec!["A1", "A2", "A3"]);
    prop_oneof![
        4 => (order_id.clone(), prop::sample::select(vec![470_000, 470_000, 1])).prop_map(|(id, fen)| redeem(id, fen)),
        2 => order_id.prop_map(release),
        1 => Just(Command::Withdraw),
        1 => Just(Command::Expire),
    ]
}

proptest! {
    /// For any commands in any order: between a redemption and its release no other order succeeds, versions
    /// count the changes, and the amounts never change.
    #[test]
    fn an_offer_is_held_by_one_order_at_most_and_its_amounts_never_change(
        steps in prop::collection::vec((commands(), 0..END / 8), 1..40),
    ) {
        let offer = samples::offer();
        let (mut standing, mut holder, mut seconds) = (Standing::NEW, None::<OrderId>, 0);
        for (command, pause) in steps {
            seconds += pause;
            let now = samples::moment(seconds);
            let outcome = decide(&offer, &standing, &command, now);
            prop_assert_eq!(&outcome, &decide(&offer, &standing, &command, now), "a function of its arguments");
            if let Command::Redeem { order_id, amount } = &command && outcome.is_ok() {
                prop_assert_eq!(*amount, offer.credit().amount());
                prop_assert!(holder.as_ref().is_none_or(|holder| holder == order_id));
            }
            let Ok(Outcome::Changed { standing: new, event }) = outcome else { continue };
            prop_assert_eq!(new.version, standing.version + 1);
            prop_assert_ne!(&new.state, &standing.state);
            match (&command, event) {
                (Command::Redeem { order_id, .. }, OfferEvent::Redeemed) => holder = Some(order_id.clone()),
                (Command::Release { order_id, .. }, OfferEvent::Released) => {
                    let held = holder.take();
                    prop_assert_eq!(held.as_ref(), Some(order_id));
                }
                (Command::Withdraw, OfferEvent::Withdrawn) | (Command::Expire, OfferEvent::Expired) => {
                    prop_assert!(holder.is_none());
                }
                unexpected => prop_assert!(false, "{:?}", unexpected),
            }
            prop_assert_eq!(new.state.order_id(), holder.as_ref());
            let view = serde_json::to_value(OfferView::without_token(&offer, &new)).unwrap();
            prop_assert_eq!(&view["amount"], 470_000);
            standing = new;
        }
    }
}
