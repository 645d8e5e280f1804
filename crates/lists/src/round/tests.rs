use std::time::Duration;

use domain::Moment;
use jiff::Timestamp;

use super::*;
use crate::ended::Next;

const WELL: Standing = Standing { used_up: false, refused: false, down: false };

fn midnight() -> Moment {
    Moment::new(Timestamp::from_second(1_767_110_400).unwrap())
}

fn no_quota() -> Failure {
    Failure::QuotaExhausted { resets_at: midnight() }
}

fn price(device: u32) -> Result<QuoteId, Failure> {
    Ok(QuoteId::from_random(device.into()))
}

impl Rounds {
    /// Takes an answer to a call for the device, while nothing is known to be wrong with the partner.
    fn ask(&mut self, device: u32, answer: Result<QuoteId, Failure>) -> Vec<Settled> {
        let now = self.mark();
        self.take(device, answer, Some(now), WELL)
    }

    /// Ends the round. Returns what that settles, and what follows.
    fn finish(&mut self, doubted: bool) -> (Vec<Settled>, Next) {
        let ended = self.end(doubted);
        let next = ended.next(WELL);
        (ended.settled, next)
    }
}

#[test]
fn a_price_settles_its_device_and_the_refusals_before_it() {
    let mut rounds = Rounds::default();
    assert!(rounds.ask(1, Err(Failure::PartnerRefused)).is_empty());
    assert!(rounds.ask(2, Err(no_quota())).is_empty());
    let settled = rounds.ask(3, price(3));
    assert_eq!(settled, [(3, price(3)), (1, Err(Failure::PartnerRefused)), (2, Err(no_quota()))]);
}

#[test]
fn a_price_that_was_known_before_says_nothing_of_refusals() {
    let mut rounds = Rounds::default();
    rounds.ask(1, Err(Failure::PartnerRefused));
    assert_eq!(rounds.take(2, price(2), None, WELL), [(2, price(2))]);
    assert_eq!(rounds.finish(true), (vec![], Next::Refused));
}

#[test]
fn a_refusal_that_no_price_followed_is_the_accounts_if_the_account_is_in_doubt() {
    for (doubted, settled, next) in [
        (true, vec![], Next::Refused),
        (false, vec![(1, Err(Failure::PartnerRefused))], Next::WaitForPartner),
    ] {
        let mut rounds = Rounds::default();
        rounds.ask(1, Err(Failure::PartnerRefused));
        assert_eq!(rounds.finish(doubted), (settled, next));
    }
}

#[test]
fn an_account_that_gave_a_price_once_is_in_order_in_later_rounds() {
    let mut rounds = Rounds::default();
    rounds.ask(1, price(1));
    rounds.end(false);
    rounds.ask(2, Err(Failure::PartnerRefused));
    assert_eq!(rounds.finish(true).0, [(2, Err(Failure::PartnerRefused))]);
}

#[test]
fn three_refusals_in_a_row_end_the_round_and_are_no_devices_fault() {
    let mut rounds = Rounds::default();
    for device in 1..=3 {
        assert!(!rounds.is_halted());
        rounds.ask(device, Err(Failure::PartnerRefused));
    }
    assert!(rounds.is_halted());
    assert_eq!(rounds.finish(false), (vec![], Next::Refused));
}

#[test]
fn a_used_up_quota_is_waited_for() {
    let mut rounds = Rounds::default();
    let used_up = Standing { used_up: true, ..WELL };
    assert!(rounds.take(1, Err(no_quota()), None, used_up).is_empty() && rounds.is_halted());
    assert_eq!(rounds.finish(false), (vec![], Next::WaitForQuota(midnight())));
}

#[test]
fn a_device_refused_for_the_quota_waits_two_days_and_is_given_up_on_the_third() {
    let mut rounds = Rounds::default();
    rounds.ask(1, price(1));
    for _ in 0..2 {
        rounds.ask(2, Err(no_quota()));
        assert_eq!(rounds.finish(false), (vec![], Next::WaitForQuota(midnight())));
    }
    rounds.ask(2, Err(no_quota()));
    assert_eq!(rounds.finish(false).0, [(2, Err(no_quota()))]);
}

#[test]
fn a_device_that_fails_in_three_rounds_is_given_up_unless_the_partner_is_down() {
    let mut rounds = Rounds::default();
    for _ in 0..2 {
        rounds.ask(1, Err(Failure::PartnerUnavailable));
        assert_eq!(rounds.finish(false), (vec![], Next::WaitForPartner));
    }
    let down = Standing { down: true, ..WELL };
    let now = rounds.mark();
    rounds.take(1, Err(Failure::PartnerUnavailable), Some(now), down);
    let ended = rounds.end(false);
    assert!(ended.settled.is_empty());
    assert_eq!((ended.next(down), ended.next(WELL)), (Next::WaitForPartner, Next::Round));
    rounds.ask(1, Err(Failure::PartnerUnavailable));
    assert_eq!(rounds.finish(false).0, [(1, Err(Failure::PartnerUnavailable))]);
}

#[test]
fn a_partner_that_answers_for_none_of_many_is_down() {
    let mut rounds = Rounds::default();
    for _ in 0..5 {
        for device in 0..10 {
            rounds.ask(device, Err(Failure::PartnerUnavailable));
        }
        assert_eq!(rounds.finish(false), (vec![], Next::WaitForPartner));
    }
    assert_eq!(rounds.turns(1), 5);
}

#[test]
fn a_latch_that_opened_meanwhile_ends_nothing() {
    let mut rounds = Rounds::default();
    let refused = Standing { refused: true, ..WELL };
    let now = rounds.mark();
    assert!(rounds.take(1, Err(Failure::PartnerRefused), Some(now), refused).is_empty());
    let ended = rounds.end(false);
    assert_eq!((ended.next(refused), ended.next(WELL)), (Next::Refused, Next::Round));
}

#[test]
fn pauses_double_while_nothing_becomes_known_up_to_a_bound() {
    let (first, mut rounds) = (Duration::from_secs(10), Rounds::default());
    let barren = rounds.end(false);
    let mut pause = first;
    for seconds in [20, 40, 80, 160, 320, 320] {
        pause = barren.pause(pause, first);
        assert_eq!(pause.as_secs(), seconds);
    }
    rounds.ask(1, Err(Failure::ModelUnknown));
    assert_eq!(rounds.end(false).pause(pause, first), first);
}

#[test]
fn devices_left_out_of_a_round_have_their_turn_at_once() {
    let mut rounds = Rounds::default();
    rounds.go_on_at_once();
    assert_eq!(rounds.finish(false).1, Next::Round);
}
