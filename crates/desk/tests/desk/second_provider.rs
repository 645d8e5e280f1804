//! A second provider beside the sandbox's account: neither uses the other's quota, permits or state.
//!
//! Each has its own desk, and both desks share one database, as the providers of one server do.

use std::num::NonZeroUsize;
use std::sync::Arc;

use desk::Desk;
use domain::{Failure, Money, QuoteForm, Source};
use jiff::{SignedDuration, Timestamp};
use provider::testing::InMemory;
use provider::{CallKind, Capabilities, Credential, Refusal};

use crate::house::{House, NOON, Settings, phone, request, until};

/// A provider that behaves as if over the network, with another quota and another number of permits than the
/// sandbox.
const OTHER: Capabilities = Capabilities {
    search: true,
    many: None,
    places: NonZeroUsize::MIN.saturating_add(1),
    daily_quota: Some(3),
    over_the_net: true,
};

/// The provider, and the desk that asks it, on the records of `house`.
async fn open(house: &House, capabilities: Capabilities) -> (Arc<InMemory>, Desk) {
    let provider = Arc::new(InMemory::new("second", capabilities, Money::YUAN).unwrap());
    let desk = house.desk_asking(Arc::clone(&provider) as _, house.records.clone());
    desk.look_up_quota().await;
    (provider, desk)
}

/// A house with that quota for the sandbox's account, and no reserve in it.
async fn house(daily_quota: u32) -> House {
    House::with(Settings { daily_quota, shopper_reserve: 0, search_share: 1, ..Settings::default() }).await
}

async fn ask(desk: &Desk, number: u32) -> Result<Source, &'static str> {
    let form = QuoteForm { function_status: format!("按键{number}"), ..phone("iPhone 14 Pro") };
    let answer = desk.quote(form.parse().unwrap()).await;
    answer.map(|quote| quote.source).map_err(|failure| failure.code())
}

#[tokio::test]
async fn a_quota_that_is_used_up_is_its_own_providers() {
    let house = house(1).await;
    let (second, desk) = open(&house, OTHER).await;
    assert_eq!(ask(&house.desk, 0).await, Ok(Source::Partner));
    assert_eq!(ask(&house.desk, 1).await, Err("quota_exhausted"));
    for number in 2..5 {
        assert_eq!(ask(&desk, number).await, Ok(Source::Partner));
    }
    assert_eq!(ask(&desk, 5).await, Err("quota_exhausted"));
    assert_eq!((house.stats().quota_used, second.calls().len()), (1, 3));
    assert_eq!((house.desk.state().quota_used, desk.state().quota_used), (Some(1), Some(3)));
    assert_eq!((house.desk.state().quota_daily, desk.state().quota_daily), (1, 3));
    // Both are counted in the records, each under its own account.
    let restarted = house.desk_asking(Arc::clone(&second) as _, house.records.clone());
    restarted.look_up_quota().await;
    assert_eq!(restarted.state().quota_used, Some(3));
}

#[tokio::test]
async fn a_search_is_of_the_searches_share_whatever_the_provider_calls_it() {
    let house = house(10).await;
    let (second, desk) = open(&house, Capabilities { daily_quota: Some(10), ..OTHER }).await;
    assert!(desk.search("iphone", None).await.is_ok());
    assert!(matches!(desk.search("xiaomi", None).await, Err(Failure::QuotaExhausted { .. })));
    assert_eq!(second.calls().iter().map(|call| call.kind).collect::<Vec<_>>(), [CallKind::Search]);
    assert!(house.desk.search("iphone", None).await.is_ok(), "the sandbox's share is whole");
    house.desk.all_recorded().await;
    desk.all_recorded().await;
    let calls: Vec<_> = house.records_of_all().await.into_iter().map(|attempt| attempt.call).collect();
    assert_eq!(calls, ["search", "item_search"], "each by its provider's name");
}

#[tokio::test]
async fn places_are_as_many_as_the_provider_takes() {
    let house = house(100).await;
    let (second, desk) = open(&house, Capabilities { daily_quota: None, ..OTHER }).await;
    second.hold(true);
    let asking: Vec<_> = (0..6)
        .map(|number| {
            let desk = desk.clone();
            tokio::spawn(async move { ask(&desk, number).await })
        })
        .collect();
    until(async || desk.state().waiting.0 == 4 && second.at_once() == 2).await;
    assert_eq!(desk.state().in_flight, (2, 2));
    assert_eq!(house.desk.state().in_flight, (0, 5));
    assert_eq!(ask(&house.desk, 0).await, Ok(Source::Partner), "the sandbox's places are free");
    second.hold(false);
    for asking in asking {
        assert_eq!(asking.await.unwrap(), Ok(Source::Partner));
    }
    assert_eq!(second.most_at_once(), 2);
}

#[tokio::test]
async fn a_provider_that_is_down_opens_its_own_breaker() {
    let house = house(100).await;
    let (second, desk) = open(&house, Capabilities { daily_quota: None, ..OTHER }).await;
    second.refuse_all(Some(Refusal::Unavailable("on purpose".into())));
    for number in 0..40 {
        assert_eq!(ask(&desk, number).await, Err("partner_unavailable"));
    }
    let made = second.calls().len();
    assert!((20..40).contains(&made), "then no more calls are made: {made}");
    assert!(desk.state().breaker_open && !house.desk.state().breaker_open);
    assert_eq!(ask(&house.desk, 0).await, Ok(Source::Partner));
    second.refuse_all(None);
    house.wait(SignedDuration::from_secs(5));
    assert_eq!(ask(&desk, 50).await, Ok(Source::Partner));
    assert!(!desk.state().breaker_open);
}

#[tokio::test]
async fn an_account_that_is_refused_shuts_its_own_latch() {
    let house = house(100).await;
    let (second, desk) = open(&house, OTHER).await;
    let refusal =
        Refusal::Unauthorized { credential: Credential::Secret, message: "wrong".into(), another: false };
    second.refuse_all(Some(refusal));
    for number in 0..5 {
        assert_eq!(ask(&desk, number).await, Err("partner_refused"));
    }
    assert_eq!(second.calls().len(), 1);
    assert_eq!(desk.state().account_refused, [("all", "unauthorized")]);
    assert!(house.desk.state().account_refused.is_empty());
    assert_eq!(ask(&house.desk, 0).await, Ok(Source::Partner));
}

#[tokio::test]
async fn a_call_that_is_not_permitted_is_named_as_its_provider_names_it() {
    let house = house(100).await;
    let (second, desk) = open(&house, Capabilities { daily_quota: None, ..OTHER }).await;
    second.refuse_all(Some(Refusal::PermissionDenied("no contract".into())));
    for number in 0..5 {
        assert_eq!(ask(&desk, number).await, Err("partner_refused"));
    }
    assert_eq!(desk.state().account_refused, [("quote", "permission_denied")]);
    assert!(desk.search("iphone", None).await.is_err() && second.calls().len() == 4, "another kind of call");
}

#[tokio::test]
async fn a_clock_that_is_off_corrects_the_stamps_of_its_own_provider() {
    let house = house(100).await;
    let (second, desk) = open(&house, OTHER).await;
    let at = |seconds: i64| Timestamp::from_second(NOON + seconds).unwrap();
    second.set_clock(Some(at(600)));
    for number in 0..2 {
        assert_eq!(ask(&desk, number).await, Ok(Source::Partner));
    }
    let stamps: Vec<_> = second.calls().iter().map(|call| call.at).collect();
    assert_eq!(stamps, [at(0), at(600)]);
    assert_eq!((desk.now(), house.desk.now()), (at(600), at(0)));
    assert_eq!(house.desk.state().clock_ahead_seconds, None);
}

#[tokio::test]
async fn another_credential_is_tried_once_and_a_fault_as_often_as_is_worth_it() {
    let house = house(100).await;
    let (second, desk) = open(&house, Capabilities { daily_quota: None, ..OTHER }).await;
    let unauthorized =
        |another| Refusal::Unauthorized { credential: Credential::Unknown, message: String::new(), another };
    second.refuse_next(unauthorized(true));
    assert_eq!(ask(&desk, 0).await, Ok(Source::Partner));
    assert!(desk.state().account_refused.is_empty());
    second.refuse_next(Refusal::ServerFault("once".into()));
    assert_eq!(ask(&desk, 1).await, Ok(Source::Partner));
    second.refuse_next(Refusal::ModelUnknown("no".into()));
    assert_eq!(ask(&desk, 2).await, Err("model_unknown"));
    assert_eq!(second.calls().len(), 2 + 2 + 1);
}

#[tokio::test]
async fn prices_in_memory_have_no_quota_and_no_search() {
    let house = house(100).await;
    let (_, desk) = open(&house, Capabilities::IN_MEMORY).await;
    assert!(desk.knows_the_count());
    assert!(desk.search("iphone", None).await.unwrap().is_empty());
    // The desk's price is the second provider's, and the sandbox's account was not used.
    let quote = desk.quote(request("iPhone 15")).await.unwrap();
    assert_eq!((quote.price.final_price(), quote.price.base()), (Money::YUAN, None));
    assert_eq!(house.stats().quota_used, 0);
}
