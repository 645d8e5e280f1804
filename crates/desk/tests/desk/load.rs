//! Many requests at once, and changes while they are under way.

use std::sync::{Arc, RwLock};

use aihuishou::{Account, AppSecret, Client, Profile};
use axum::extract::Request;
use desk::Desk;
use domain::{QuoteForm, Source};
use jiff::SignedDuration;
use sandbox::Sandbox;
use tower::ServiceExt;

use crate::house::{House, Settings, phone, until};

/// Asks for a device that no other caller of the test asks for; each number makes another device.
async fn ask(desk: Desk, number: usize) -> Result<Source, &'static str> {
    let form = QuoteForm { function_status: format!("按键{number}"), ..phone("iPhone 14 Pro") };
    let answer = desk.quote(form.parse().unwrap()).await;
    answer.map(|quote| quote.source).map_err(|failure| failure.code())
}

#[tokio::test]
async fn two_hundred_devices_at_once_are_asked_for_in_order_five_at_a_time() {
    let house = House::open().await;
    house.set(r#"{"latency_ms": 3}"#).await;
    let askers: Vec<_> = (0..200).map(|number| tokio::spawn(ask(house.desk.clone(), number))).collect();
    for asker in askers {
        assert_eq!(asker.await.unwrap(), Ok(Source::Partner));
    }
    let seen = house.stats();
    assert!((2..=5).contains(&seen.most_in_flight) && seen.quota_used == 200, "{seen:?}");
    house.desk.all_recorded().await;
    let asked: Vec<String> = house
        .records_of_all()
        .await
        .into_iter()
        .map(|it| it.parameters["function_status"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(asked, (0..200).map(|number| format!("按键{number}")).collect::<Vec<_>>());
}

#[tokio::test]
async fn calls_under_way_at_midnight_belong_to_the_day_they_began_in() {
    let house = House::with(Settings { daily_quota: 3, ..Settings::default() }).await;
    house.set(r#"{"latency_ms": 200}"#).await;
    // 23:59:59 in UTC+8.
    house.wait(SignedDuration::from_secs(10 * 3600 - 1));
    let evening: Vec<_> = (0..3).map(|number| tokio::spawn(ask(house.desk.clone(), number))).collect();
    until(async || house.stats().in_flight == 3).await;
    assert_eq!(ask(house.desk.clone(), 3).await, Err("quota_exhausted"));
    house.wait(SignedDuration::from_secs(1));
    // The new day begins while calls of the old day are under way.
    let morning: Vec<_> = (10..13).map(|number| tokio::spawn(ask(house.desk.clone(), number))).collect();
    for asker in evening.into_iter().chain(morning) {
        assert_eq!(asker.await.unwrap(), Ok(Source::Partner));
    }
    assert_eq!(ask(house.desk.clone(), 13).await, Err("quota_exhausted"));
    house.desk.all_recorded().await;
    let used: Vec<Option<u32>> =
        house.records_of_all().await.iter().map(|attempt| attempt.quota_used).collect();
    assert_eq!(used, [1, 2, 3, 1, 2, 3].map(Some));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_call_fails_while_the_secret_is_rotated_under_load() {
    let clock: Arc<dyn Fn() -> jiff::Timestamp + Send + Sync> =
        Arc::new(|| jiff::Timestamp::from_second(crate::house::NOON).unwrap());
    let account = |secret: &str| Account::new("AHS2025TEST", AppSecret::new(secret).unwrap()).unwrap();
    let partner = |secret: &str| Sandbox::new(account(secret), Arc::clone(&clock)).unwrap().router();
    // A partner that accepts one secret and, from some moment on, another.
    let takes = Arc::new(RwLock::new(partner("old")));
    let at_work = Arc::clone(&takes);
    let partner_of_all = axum::Router::new().fallback(move |request: Request| {
        let router = at_work.read().unwrap().clone();
        async move { router.oneshot(request).await }
    });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/api/v2", listener.local_addr().unwrap());
    let service = partner_of_all.into_make_service_with_connect_info::<std::net::SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, service).await });

    let house = House::asking(&url, Settings::default()).await;
    let client = |secret: &str| Client::new(account(secret), Profile::v2(&url).unwrap()).unwrap();
    house.use_secrets(client("old"), Some(client("new")));
    let mut askers = Vec::new();
    for number in 0..120 {
        askers.push(tokio::spawn(ask(house.desk.clone(), number)));
        if number == 60 {
            until(async || !house.records_of_all().await.is_empty()).await;
            *takes.write().unwrap() = partner("new");
        }
    }
    for asker in askers {
        assert_eq!(asker.await.unwrap(), Ok(Source::Partner));
    }
    assert!(house.desk.state().second_secret, "the operator is told which one works");
    house.desk.all_recorded().await;
    let refused = house.attempts().await.iter().filter(|outcome| *outcome == "unauthorized").count();
    assert!((1..=5).contains(&refused), "only who was under way: {refused}");
}
