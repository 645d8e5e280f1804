//! A provider in this process, such as a price list: it makes no calls, so the audit has none of it, and its prices wait
//! for no database.

use std::sync::Arc;

use desk::Desk;
use domain::{Failure, Money, Source};
use futures::FutureExt as _;
use provider::testing::InMemory;
use provider::{CallKind, Capabilities, Refusal};

use crate::house::{House, request, until};

async fn open() -> (House, Arc<InMemory>, Desk) {
    let house = House::open().await;
    let own = Arc::new(InMemory::new("own", Capabilities::IN_MEMORY, Money::YUAN).unwrap());
    let desk = house.desk_asking(Arc::clone(&own) as _, house.records.clone());
    (house, own, desk)
}

#[tokio::test]
async fn the_calls_in_the_audit_are_those_that_each_provider_saw() {
    let (house, own, desk) = open().await;
    for model in ["iPhone 13", "iPhone 14 Pro"] {
        assert_eq!(house.desk.quote(request(model)).await.unwrap().source, Source::Partner);
        assert_eq!(desk.quote(request(model)).await.unwrap().source, Source::Partner);
    }
    own.refuse_next(Refusal::ModelUnknown("not there".into()));
    assert_eq!(desk.quote(request("iPhone 12")).await.unwrap_err(), Failure::ModelUnknown);
    desk.all_recorded().await;
    house.desk.all_recorded().await;
    let audit = house.records_of_all().await;
    assert!(audit.iter().all(|attempt| attempt.provider.as_deref() != Some("own")), "{audit:?}");
    assert_eq!((audit.len(), house.stats().quota_used), (2, 2));
    assert_eq!((own.calls().len(), desk.state().quota_used), (3, Some(0)));
    assert!(own.calls().iter().all(|call| call.kind == CallKind::Quote));
    let metrics = desk.metrics().unwrap();
    assert!(
        !metrics.contains("partner_calls_total{call=\"quote\",outcome=\"ok\",provider=\"own\""),
        "{metrics}"
    );
}

#[tokio::test]
async fn a_price_does_not_wait_for_the_database_and_is_recorded_when_it_answers() {
    let (house, _own, desk) = open().await;
    desk.quote(request("iPhone 12")).await.unwrap();
    desk.all_recorded().await;
    let mut other = house.other().await;
    other.run("BEGIN IMMEDIATE").await.unwrap();
    let quote = desk.quote(request("iPhone 13")).now_or_never().expect("it waits for nothing").unwrap();
    assert_eq!(quote.source, Source::Partner);
    assert_eq!(desk.quote(request("iPhone 13")).await.unwrap().id, quote.id, "it is cached as others are");
    assert!(desk.state().records_unwritten > 0, "it is not written yet");
    other.run("ROLLBACK").await.unwrap();
    until(async || desk.state().records_unwritten == 0).await;
    let another = house.another_desk(crate::house::Settings::default()).await;
    assert_eq!(another.recall(&quote.id).await.unwrap().price, quote.price);
}

#[tokio::test]
async fn a_list_that_is_not_there_gives_an_older_price_that_still_holds() {
    let (house, own, desk) = open().await;
    own.set_clock(Some(jiff::Timestamp::from_second(crate::house::NOON).unwrap()));
    let quote = desk.quote(request("iPhone 13")).await.unwrap();
    desk.all_recorded().await;
    own.refuse_all(Some(Refusal::Unavailable("no list".into())));
    let restarted = house.desk_asking(Arc::clone(&own) as _, house.records.clone());
    let older = restarted.quote(request("iPhone 13")).await.unwrap();
    assert_eq!((older.source, older.price.final_price()), (Source::Stale, quote.price.final_price()));
    assert_eq!(restarted.quote(request("iPhone 14")).await.unwrap_err(), Failure::PartnerUnavailable);
}
