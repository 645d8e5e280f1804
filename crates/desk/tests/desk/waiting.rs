//! How long a shopper waits: never past the shopper's own deadline, even in a call that another caller made,
//! and only seconds once the partner is back.

use std::time::{Duration, Instant};

use desk::Desk;
use domain::{Failure, QuoteForm, Source};
use jiff::SignedDuration;
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::house::{House, Settings, phone, request, until, variant};

const STALLED: &str = r#"{"latency_ms": 600000}"#;
const HEALED: &str = r#"{"latency_ms": 0, "error_rate": 0.0}"#;
const DEADLINE: Duration = Duration::from_secs(1);

fn hasty() -> Settings {
    Settings { sandbox: true, deadline: DEADLINE, ..Settings::default() }
}

/// What a shopper gets, and how long that took.
async fn ask(desk: &Desk, form: QuoteForm) -> (Result<Source, Failure>, Duration) {
    let start = Instant::now();
    let answer = desk.quote(form.parse().unwrap()).await.map(|quote| quote.source);
    (answer, start.elapsed())
}

#[tokio::test]
async fn a_search_that_is_joined_ends_at_the_deadline_too() {
    let house = House::with(hasty()).await;
    house.set(STALLED).await;
    let start = Instant::now();
    let (one, other) = tokio::join!(house.desk.search("iphone", None), house.desk.search("iphone", None));
    assert_eq!((one, other), (Err(Failure::PartnerUnavailable), Err(Failure::PartnerUnavailable)));
    assert!(start.elapsed() < DEADLINE * 4);
}

/// A partner whose first two answers never come, and that works after that.
async fn back_after_two_calls() -> (House, MockServer) {
    let partner = MockServer::start().await;
    let never = ResponseTemplate::new(200).set_delay(Duration::from_secs(600));
    Mock::given(method("POST")).respond_with(never).up_to_n_times(2).mount(&partner).await;
    let nothing = serde_json::json!({ "code": 0, "msg": "success", "data": { "items": [] } });
    let nothing = ResponseTemplate::new(200).set_body_json(nothing);
    Mock::given(path("/api/v2/item_search")).respond_with(nothing).mount(&partner).await;
    let unknown =
        ResponseTemplate::new(200).set_body_json(serde_json::json!({ "code": 404, "msg": "no such model" }));
    Mock::given(method("POST")).respond_with(unknown).mount(&partner).await;
    (House::asking(&format!("{}/api/v2", partner.uri()), hasty()).await, partner)
}

/// The first caller's last attempt hangs when the second caller joins the call.
#[tokio::test]
async fn a_shopper_who_joins_a_call_with_an_earlier_deadline_still_has_its_own_time() {
    let (house, partner) = back_after_two_calls().await;
    let two_hang = || until(async || partner.received_requests().await.unwrap().len() == 2);
    let first = ask(&house.desk, phone("iPhone 15"));
    let second = async {
        two_hang().await;
        ask(&house.desk, phone("iPhone 15")).await
    };
    let ((first, _), (second, waited)) = tokio::join!(first, second);
    assert_eq!((first, second), (Err(Failure::PartnerUnavailable), Err(Failure::ModelUnknown)));
    assert!(waited < DEADLINE * 4, "{waited:?}");

    let (house, partner) = back_after_two_calls().await;
    let two_hang = || until(async || partner.received_requests().await.unwrap().len() == 2);
    let second = async {
        two_hang().await;
        house.desk.search("iphone", None).await
    };
    let (first, second) = tokio::join!(house.desk.search("iphone", None), second);
    assert_eq!((first, second), (Err(Failure::PartnerUnavailable), Ok([].into())));
}

#[tokio::test]
async fn a_partner_that_recovers_after_minutes_answers_within_seconds() {
    let house = House::with(hasty()).await;
    house.set(r#"{"error_rate": 1.0}"#).await;
    let made = || house.stats().calls.values().sum::<u64>();
    for second in 0..180 {
        assert!(ask(&house.desk, variant(second)).await.0.is_err());
        house.wait(SignedDuration::from_secs(1));
    }
    // The calls that open the breaker, and one probe every five seconds.
    assert!(made() < 20 + 10 + 180 / 5 + 5, "{}", made());
    house.set(HEALED).await;
    let mut late = 0;
    while ask(&house.desk, variant(1_000 + late)).await.0.is_err() {
        house.wait(SignedDuration::from_secs(1));
        late += 1;
    }
    assert!(late <= 5, "{late} s");
    for number in 0..20 {
        assert_eq!(ask(&house.desk, variant(2_000 + number)).await.0, Ok(Source::Partner), "it is closed");
    }
}

#[tokio::test]
async fn a_clock_that_is_set_back_makes_no_break_longer() {
    let house = House::with(hasty()).await;
    house.set(r#"{"error_rate": 1.0}"#).await;
    let mut number = 0;
    while !house.desk.state().breaker_open {
        assert!(ask(&house.desk, variant(number)).await.0.is_err());
        number += 1;
    }
    house.set(HEALED).await;
    house.set_clock(SignedDuration::from_mins(-10));
    house.wait(SignedDuration::from_secs(1));
    assert_eq!(ask(&house.desk, variant(1_000)).await.0, Ok(Source::Partner));

    // The same with an account that is refused.
    house.set(r#"{"error_rate": 1.0, "error_status": 403}"#).await;
    for number in 2_000..2_003 {
        assert_eq!(ask(&house.desk, variant(number)).await.0, Err(Failure::PartnerRefused));
    }
    house.set(HEALED).await;
    assert_eq!(ask(&house.desk, variant(3_000)).await.0, Err(Failure::PartnerRefused), "without a call");
    house.set_clock(SignedDuration::from_mins(-10));
    house.wait(SignedDuration::from_mins(1));
    assert_eq!(ask(&house.desk, variant(3_000)).await.0, Ok(Source::Partner));
}

#[tokio::test]
async fn calls_that_wait_when_the_breaker_opens_are_refused_and_spend_nothing() {
    let house = House::with(Settings { deadline: Duration::from_secs(8), ..hasty() }).await;
    house.set(r#"{"error_rate": 1.0, "latency_ms": 20}"#).await;
    let askers: Vec<_> = (0..150)
        .map(|number| {
            let desk = house.desk.clone();
            tokio::spawn(async move { ask(&desk, variant(number)).await.0 })
        })
        .collect();
    for asker in askers {
        assert_eq!(asker.await.unwrap(), Err(Failure::PartnerUnavailable));
    }
    let made: u64 = house.stats().calls.values().sum();
    assert!(made <= 20 + 5, "{made}");
}

#[tokio::test]
async fn a_question_that_breaks_the_partner_blocks_no_other_question() {
    let house = House::with(hasty()).await;
    for _ in 0..60 {
        assert!(house.desk.quote(request("SANDBOX-DOWN")).await.is_err());
    }
    assert!(!house.desk.state().breaker_open);
    assert_eq!(ask(&house.desk, phone("iPhone 15")).await.0, Ok(Source::Partner));
}

#[tokio::test]
async fn texts_that_a_firewall_blocks_block_no_other_question() {
    for (status, opens) in [(403, false), (405, false), (500, true)] {
        let firewall = MockServer::start().await;
        let page = ResponseTemplate::new(status).set_body_raw("<html>blocked</html>", "text/html");
        Mock::given(method("POST")).respond_with(page).mount(&firewall).await;
        let house = House::asking(&format!("{}/api/v2", firewall.uri()), hasty()).await;
        for number in 0..30 {
            assert_eq!(ask(&house.desk, variant(number)).await.0, Err(Failure::PartnerUnavailable));
        }
        assert_eq!(house.desk.state().breaker_open, opens, "{status}");
    }
}

#[tokio::test]
async fn an_answer_to_a_call_of_before_closes_the_breaker() {
    let house = House::with(Settings { deadline: Duration::from_secs(8), ..hasty() }).await;
    house.set(r#"{"latency_ms": 1500}"#).await;
    let desk = house.desk.clone();
    let slow = tokio::spawn(async move { ask(&desk, phone("iPhone 15")).await.0 });
    until(async || house.stats().in_flight == 1).await;
    house.set(r#"{"latency_ms": 0, "error_rate": 1.0}"#).await;
    let mut number = 0;
    while !house.desk.state().breaker_open {
        assert!(ask(&house.desk, variant(number)).await.0.is_err());
        number += 1;
    }
    house.set(HEALED).await;
    // This call may fail too, if the sandbox had already decided how it ends.
    let _ = slow.await.unwrap();
    until(async || house.stats().in_flight == 0).await;
    house.wait(SignedDuration::from_secs(1));
    assert_eq!(ask(&house.desk, phone("iPhone 13")).await.0, Ok(Source::Partner));
}
