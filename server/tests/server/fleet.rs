//! Servers that share a Redis. Each has its own database.
//!
//! A command may take 50 ms, which a busy machine does not always keep. So these tests do not count on the first
//! answer being shared; what holds exactly is tested in `fleet` and `desk`.

use std::sync::Arc;

use aihuishou::{Account, AppSecret};
use fleet::testing::RedisServer;
use jiff::Timestamp;
use sandbox::{Running, Sandbox};
use serde_json::Value;

use crate::house::{House, TOKEN, phone};

async fn partner() -> Running {
    let account = Account::new("AHS2025TEST", AppSecret::new("hush-hush").unwrap()).unwrap();
    let partner = Sandbox::new(account, Arc::new(Timestamp::now)).unwrap();
    partner.serve(([127, 0, 0, 1], 0).into()).await.unwrap()
}

/// How often a test tries again on a busy machine.
const TRIES: usize = 20;

/// A server with that Redis.
async fn open(redis: &str, others: &[(&str, &str)]) -> House {
    let mut variables =
        vec![("TRADEIN_REDIS_URL", redis), ("TRADEIN_OPERATOR_TOKEN", TOKEN), ("TRADEIN_TRUSTED_HOPS", "1")];
    variables.extend_from_slice(others);
    House::with(&variables).await
}

async fn operators_json(house: &House) -> Value {
    house.operators("/readyz").await.json().await.unwrap()
}

/// Whether the visitor may ask once more: a search for a keyword that is too short is counted, and asks nobody.
async fn may_ask(house: &House, visitor: &str) -> bool {
    let post = house.http.post(format!("{}/api/fn/search", house.base)).header("x-forwarded-for", visitor);
    let form = [("keyword", ""), ("merchant", "demo"), ("locale", "en"), ("device_type", "")];
    post.form(&form).send().await.unwrap().status() != 429
}

/// Waits until the servers use Redis.
async fn until_shared(houses: &[House]) {
    let start = std::time::Instant::now();
    for house in houses {
        while operators_json(house).await["redis"] != "ok" {
            assert!(start.elapsed().as_secs() < 30, "Redis is not used");
        }
    }
}

#[tokio::test]
async fn a_price_that_one_server_asked_for_is_given_by_the_other_one() {
    let (redis, partner) = (RedisServer::start(), partner().await);
    let (url, base) = (redis.url().to_string(), partner.base_url());
    let account =
        [("AHS_APP_ID", "AHS2025TEST"), ("AHS_APP_SECRET", "hush-hush"), ("AHS_API_URL", base.as_str())];
    let houses = [open(&url, &account).await, open(&url, &account).await];
    for device in 0..TRIES {
        until_shared(&houses).await;
        let fault = format!("按键{device}");
        let (mut sources, mut ids) = (Vec::new(), Vec::new());
        for house in &houses {
            let form = phone(&[("function_status", &fault)]);
            let quote: Value = house.call("quote", &form).await.json().await.unwrap();
            sources.push(quote["source"].clone());
            ids.push(quote["id"].clone());
        }
        if sources == ["partner", "cache"] {
            assert_eq!(ids[0], ids[1]);
            // Its page is shown by the other server too, which has another database.
            let page = houses[1].page(&format!("/quote/{}", ids[1].as_str().unwrap())).await;
            assert!(page.contains("iPhone 14 Pro"));
            return;
        }
    }
    panic!("no price was shared");
}

#[tokio::test]
async fn a_visitor_has_one_limit_at_all_servers() {
    let redis = RedisServer::start();
    let url = redis.url().to_string();
    let limit = [("TRADEIN_VISITOR_LIMIT", "15")];
    let houses = [open(&url, &limit).await, open(&url, &limit).await];
    for number in 0..TRIES {
        until_shared(&houses).await;
        let visitor = format!("198.51.100.{number}");
        let mut admitted = [0; 2];
        for (house, admitted) in houses.iter().zip(&mut admitted) {
            while may_ask(house, &visitor).await {
                *admitted += 1;
                assert!(*admitted < 100, "nobody is refused");
            }
        }
        // Alone, the other one would admit five.
        if admitted[0] >= 15 && admitted[1] < 5 {
            return;
        }
    }
    panic!("no limit was shared");
}

#[tokio::test]
async fn without_redis_a_server_goes_on_with_a_tighter_limit_and_says_why_to_the_operator() {
    let mut redis = RedisServer::start();
    let url = redis.url().to_string();
    redis.kill();
    let house = open(&url, &[("TRADEIN_VISITOR_LIMIT", "9")]).await;
    let ready = operators_json(&house).await;
    assert_eq!((&ready["ready"], &ready["redis"]), (&true.into(), &"unreachable".into()));
    assert_eq!(house.call("quote", &phone(&[])).await.status(), 200);
    let mut admitted = 0;
    while may_ask(&house, "198.51.100.1").await {
        admitted += 1;
    }
    assert!((3..9).contains(&admitted), "{admitted}");
    let metrics = house.operators("/metrics").await.text().await.unwrap();
    assert!(metrics.contains("tradein_redis_up 0") && metrics.ends_with("# EOF\n"), "{metrics}");
    redis.start_again();
    let start = std::time::Instant::now();
    while operators_json(&house).await["redis"] != "ok" {
        assert!(start.elapsed().as_secs() < 20, "it does not come back");
    }
}

#[tokio::test]
async fn one_server_without_redis_says_nothing_of_it() {
    let house = House::with(&[("TRADEIN_OPERATOR_TOKEN", TOKEN)]).await;
    assert_eq!(operators_json(&house).await["redis"], Value::Null);
    assert!(!house.operators("/metrics").await.text().await.unwrap().contains("redis"));
}
