mod compared;

use std::sync::Arc;

use domain::Moment;

use super::draw_page;
use super::priced::sample_quote;
use crate::parts::document::{Assets, Setting, Shop};
use crate::parts::frame::FrameFields;
use crate::parts::state::State;
use crate::shopper::quote::Sort;
use crate::words::Locale;

#[test]
fn the_sample_is_a_quote_whose_steps_add_up() {
    let quote = sample_quote(now()).unwrap();
    assert_eq!(quote.price.consistent(), Some(true));
    assert!(quote.acceptable(now()) && quote.device.to_form().parse().is_ok());
    assert!(quote.quality_check.len() >= 20);
}

fn setting(locale: Locale) -> Setting {
    let assets = Assets { style: String::new(), glue: String::new(), wasm: String::new() };
    Setting {
        locale,
        theme: "auto",
        accent: None,
        sandbox: true,
        origins: String::new(),
        still: false,
        shop: Shop::default(),
        assets: Arc::new(assets),
    }
}

fn now() -> Moment {
    Moment::from_utc8("2026-01-05T10:00:00".parse().unwrap()).unwrap()
}

fn drawn(state: State, locale: Locale) -> String {
    draw_page(&setting(locale), state, FrameFields::default(), Sort::default(), now())
}

#[test]
fn only_a_price_that_may_be_accepted_has_the_button() {
    let open =
        [State::Quoted, State::Compared, State::Expiring, State::Renewed, State::Withdrawn, State::Refused];
    for state in State::ALL {
        let page = drawn(state, Locale::en);
        assert_eq!(page.contains("value=\"accept\""), open.contains(&state), "{state:?}");
        assert_eq!(page.contains("value=\"withdraw\""), state == State::Accepted, "{state:?}");
    }
}

#[test]
fn a_price_without_the_button_says_why() {
    for (state, english, chinese) in [
        (State::Stale, "cannot be used at checkout", "结算时不能直接使用"),
        (State::Estimated, "A part of this price is an estimate", "有一部分是估计"),
        (State::Expired, "This price has expired", "这个价格已过期"),
        (State::Ended, "The credit has expired", "抵扣已过期"),
        (State::Zero, "ask the shop where it can be recycled", "向商家询问"),
        (State::Redeemed, "SAMPLE-1001", "SAMPLE-1001"),
    ] {
        assert!(drawn(state, Locale::en).contains(english), "{state:?}");
        assert!(drawn(state, Locale::zh_CN).contains(chinese), "{state:?}");
    }
}

#[test]
fn a_screen_reader_spells_the_code() {
    assert!(drawn(State::Accepted, Locale::en).contains("7 K Q 2 ,   M 9 X A"));
}

#[test]
fn a_price_that_was_compared_with_no_other_shows_nothing_of_other_buyers() {
    for state in State::ALL.into_iter().filter(|state| *state != State::Compared) {
        let page = drawn(state, Locale::en);
        for part in ["class=\"whose\"", "class=\"offers\"", "all-offers", "/offers.js"] {
            assert!(!page.contains(part), "{state:?}: {part}");
        }
    }
}
