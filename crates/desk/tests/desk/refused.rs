//! An account that the partner refuses: shoppers get the failure at once, and one call a minute finds out
//! whether it is over.

use aihuishou::{Account, AppSecret, Client, Profile};
use domain::{Failure, Source};
use jiff::SignedDuration;

use crate::house::{House, request, variant};

fn client(house: &House, app_id: &str, secret: &str) -> Client {
    let account = Account::new(app_id, AppSecret::new(secret).unwrap()).unwrap();
    Client::new(account, Profile::v2(&house.partner.base_url()).unwrap()).unwrap()
}

fn made(house: &House) -> u64 {
    house.stats().calls.values().sum()
}

/// Thirty shoppers one after the other, each with another device; all are refused.
async fn thirty_are_refused(house: &House, from: u32) {
    for number in from..from + 30 {
        let told = house.desk.quote(variant(number).parse().unwrap()).await;
        assert_eq!(told, Err(Failure::PartnerRefused));
    }
}

#[tokio::test]
async fn a_wrong_key_spends_one_call_a_minute() {
    let house = House::open().await;
    house.use_secrets(client(&house, "AHS2025TEST", "wrong"), None);
    thirty_are_refused(&house, 0).await;
    assert_eq!(made(&house), 1);
    assert_eq!(house.desk.search("iphone", None).await, Err(Failure::PartnerRefused), "every call");
    house.wait(SignedDuration::from_mins(1));
    thirty_are_refused(&house, 30).await;
    house.desk.all_recorded().await;
    assert_eq!((made(&house), house.quota_used().await), (2, 2));
    assert_eq!(house.desk.state().account_refused, [("all", "unauthorized")]);
    let metrics = house.desk.metrics().unwrap();
    assert!(
        metrics.lines().any(|line| line == "tradein_partner_account_refused{provider=\"aihuishou\"} 1"),
        "{metrics}"
    );

    house.use_secrets(client(&house, "AHS2025TEST", "hush-hush"), None);
    assert_eq!(house.desk.quote(request("iPhone 15")).await.unwrap().source, Source::Partner, "at once");
    assert!(house.desk.state().account_refused.is_empty());
}

#[tokio::test]
async fn both_secrets_of_a_rotation_are_tried_before_the_latch_shuts() {
    let house = House::open().await;
    let wrong = |secret| client(&house, "AHS2025TEST", secret);
    house.use_secrets(wrong("old"), Some(wrong("older")));
    thirty_are_refused(&house, 0).await;
    assert_eq!(made(&house), 2);
    house.use_secrets(wrong("old"), Some(wrong("hush-hush")));
    assert_eq!(house.desk.quote(request("iPhone 15")).await.unwrap().source, Source::Partner);
}

#[tokio::test]
async fn a_missing_permission_costs_three_calls_and_one_a_minute() {
    let house = House::open().await;
    house.set(r#"{"error_rate": 1.0, "error_status": 403}"#).await;
    thirty_are_refused(&house, 0).await;
    assert_eq!(made(&house), 3);
    house.set(r#"{"error_rate": 0.0}"#).await;
    assert!(house.desk.search("iphone", None).await.is_ok(), "another kind of call");
    house.wait(SignedDuration::from_mins(1));
    assert_eq!(house.desk.quote(request("iPhone 15")).await.unwrap().source, Source::Partner);
    assert!(house.desk.quote(variant(1).parse().unwrap()).await.is_ok(), "a success opens it to all");
}

#[tokio::test]
async fn one_refused_question_refuses_no_other_question() {
    let house = House::open().await;
    house.desk.quote(request("iPhone 15")).await.unwrap();
    house.set(r#"{"next": [401]}"#).await;
    for _ in 0..10 {
        assert_eq!(house.desk.quote(variant(1).parse().unwrap()).await, Err(Failure::PartnerRefused));
    }
    assert_eq!(house.stats().calls.get(&401), Some(&1), "it is not asked again for a minute");
    assert_eq!(house.desk.quote(request("iPhone 13")).await.unwrap().source, Source::Partner);
}

#[tokio::test]
async fn calls_are_counted_to_the_account_that_makes_them() {
    let house = House::open().await;
    house.desk.quote(request("iPhone 15")).await.unwrap();
    house.use_secrets(client(&house, "AHS2026NEXT", "hush-hush"), None);
    house.desk.quote(request("iPhone 13")).await.unwrap_err();
    house.desk.all_recorded().await;
    let used = house.other().await.rows("SELECT app_id, used FROM quota ORDER BY app_id").await.unwrap();
    assert_eq!(used, [["AHS2025TEST", "1"], ["AHS2026NEXT", "1"]]);
    assert_eq!(house.desk.state().quota_used, Some(1));
}
