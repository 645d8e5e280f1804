//! Connections to the partner that are dead or cannot be opened: how long the shopper waits, and how much
//! quota it costs.

use std::time::{Duration, Instant};

use aihuishou::{Account, AppSecret, Client, Profile};
use desk::Desk;
use domain::{QuoteForm, Source};

use crate::balancer::Balancer;
use crate::house::{House, Settings, phone, provider};

async fn ask(desk: &Desk, number: usize) -> Result<Source, &'static str> {
    let form = QuoteForm { function_status: format!("按键{number}"), ..phone("iPhone 14 Pro") };
    let answer = desk.quote(form.parse().unwrap()).await;
    answer.map(|quote| quote.source).map_err(|failure| failure.code())
}

#[tokio::test]
async fn kept_connections_that_a_balancer_forgot_cost_one_shopper_an_attempt_and_no_other_anything() {
    let partner = House::open().await;
    let balancer = Balancer::start(partner.partner.address()).await;
    let deadline = Duration::from_secs(4);
    let house = House::asking(&balancer.base_url(), Settings { deadline, ..Settings::default() }).await;
    // Three at once, so that three connections stay open afterwards.
    partner.set(r#"{"latency_ms": 300}"#).await;
    let (one, two, three) = tokio::join!(ask(&house.desk, 1), ask(&house.desk, 2), ask(&house.desk, 3));
    assert_eq!([one, two, three], [Ok(Source::Partner); 3]);
    assert_eq!(balancer.accepted(), 3);
    partner.set(r#"{"latency_ms": 0}"#).await;
    balancer.forget();

    assert_eq!(ask(&house.desk, 4).await, Ok(Source::Partner), "the second attempt has a new connection");
    house.desk.all_recorded().await;
    assert_eq!(house.attempts().await, ["ok", "ok", "ok", "timeout", "ok"]);
    let start = Instant::now();
    for number in 5..8 {
        assert_eq!(ask(&house.desk, number).await, Ok(Source::Partner));
    }
    assert!(start.elapsed() < deadline / 2, "the other two are not tried: {:?}", start.elapsed());
    assert_eq!(balancer.accepted(), 4, "the new one is kept");
    assert_eq!(house.quota_used().await, 8, "what may have arrived counts");
}

/// A client with the tests' account, of the partner at `url`.
fn client(url: &str) -> Client {
    let account = Account::new("AHS2025TEST", AppSecret::new("hush-hush").unwrap()).unwrap();
    Client::new(account, Profile::v2(url).unwrap()).unwrap()
}

/// The address of a port on this machine where nothing listens.
async fn closed() -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    format!("http://{}/api/v2", listener.local_addr().unwrap())
}

#[tokio::test]
async fn what_never_left_costs_nothing_and_is_recorded_as_such() {
    let settings = Settings { daily_quota: 2, search_share: 1, ..Settings::default() };
    let house = House::asking(&closed().await, settings.clone()).await;
    for number in 0..3 {
        assert_eq!(ask(&house.desk, number).await, Err("partner_unavailable"));
        assert_eq!(house.desk.search("iphone", None).await.unwrap_err().code(), "partner_unavailable");
    }
    house.desk.all_recorded().await;
    assert_eq!(house.attempts().await, ["connection_refused"; 12]);
    let used: Vec<_> = house.records_of_all().await.iter().map(|attempt| attempt.quota_used).collect();
    assert_eq!(used, [Some(1); 12], "each had the day's first call");
    assert_eq!(house.quota_used().await, 0);
    let state = house.desk.state();
    assert_eq!((state.quota_used, state.searches_used), (Some(0), 0));
    let told = state.not_reached.expect("the operator is told");
    assert_eq!(told.outcome, "connection_refused");
    assert!(told.cause.contains("Connection refused"), "{}", told.cause);

    // All of the day's calls can still be made, but no more, and the same holds for another process.
    house.use_secrets(client(&house.partner.base_url()), None);
    assert!(house.desk.search("iphone", None).await.is_ok());
    assert_eq!(house.desk.search("ipad", None).await.unwrap_err().code(), "quota_exhausted");
    assert_eq!(house.desk.state().not_reached, None);
    assert_eq!(ask(&house.desk, 4).await, Ok(Source::Partner));
    assert_eq!(ask(&house.desk, 5).await, Err("quota_exhausted"));
    let other = house.another_desk(settings).await;
    other.look_up_quota().await;
    assert_eq!(other.state().quota_used, Some(2));
    assert_eq!(ask(&other, 6).await, Err("quota_exhausted"));
    assert_eq!((house.quota_used().await, house.stats().quota_used), (2, 2));
}

#[tokio::test]
async fn two_processes_that_both_fail_to_connect_count_right() {
    let settings = Settings { daily_quota: 3, ..Settings::default() };
    let house = House::with(settings.clone()).await;
    let other = house.another_desk(settings).await;
    assert_eq!(ask(&house.desk, 0).await, Ok(Source::Partner));
    let away = closed().await;
    house.use_secrets(client(&away), None);
    other.use_provider(provider(client(&away), None, &Settings::default()));
    for number in 1..4 {
        // What one desk returns to the quota, the other knows once it is written.
        for (desk, number) in [(&house.desk, number), (&other, 10 + number)] {
            assert_eq!(ask(desk, number).await, Err("partner_unavailable"));
            desk.all_recorded().await;
        }
    }
    assert_eq!(house.quota_used().await, 1);
    for desk in [&house.desk, &other] {
        desk.use_provider(provider(client(&house.partner.base_url()), None, &Settings::default()));
    }
    assert_eq!(ask(&other, 20).await, Ok(Source::Partner));
    assert_eq!(ask(&house.desk, 21).await, Ok(Source::Partner));
    assert_eq!([ask(&other, 22).await, ask(&house.desk, 23).await], [Err("quota_exhausted"); 2]);
    assert_eq!((house.quota_used().await, house.stats().quota_used), (3, 3));
}

#[tokio::test]
async fn while_the_database_fails_what_never_left_costs_nothing_either() {
    // The count of a sandbox's account is known without the database.
    let settings = Settings { daily_quota: 1, sandbox: true, ..Settings::default() };
    let house = House::asking(&closed().await, settings).await;
    house.records.close().await;
    for number in 0..3 {
        assert_eq!(ask(&house.desk, number).await, Err("partner_unavailable"));
    }
    assert_eq!(house.desk.state().quota_used, Some(0));
    house.use_secrets(client(&house.partner.base_url()), None);
    assert_eq!(ask(&house.desk, 4).await, Ok(Source::Partner));
    assert_eq!(ask(&house.desk, 5).await, Err("quota_exhausted"));
}
