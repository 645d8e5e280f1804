//! A server whose open connections to the partner were forgotten by something between the two.

use std::sync::Arc;
use std::time::{Duration, Instant};

use aihuishou::{Account, AppSecret};
use jiff::Timestamp;
use sandbox::{Faults, Sandbox};
use serde_json::Value;

use crate::balancer::Balancer;
use crate::house::{TOKEN, client, phone};
use crate::process::Process;

async fn ask(base: &str, number: usize) -> Value {
    let status = format!("按键{number}");
    let form = phone(&[("function_status", &status)]);
    let quote = client().post(format!("{base}/api/fn/quote")).header("accept", "application/json");
    quote.form(&form).send().await.unwrap().json().await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_balancer_that_forgets_connections_costs_no_shopper_the_price() {
    let account = Account::new("AHS2025TEST", AppSecret::new("hush-hush").unwrap()).unwrap();
    let partner = Sandbox::new(account, Arc::new(Timestamp::now)).unwrap();
    let partner = partner.serve(([127, 0, 0, 1], 0).into()).await.unwrap();
    let slow = |latency_ms| {
        partner.sandbox().bring_about(Faults { latency_ms: Some(latency_ms), ..Faults::default() })
    };
    let balancer = Balancer::start(partner.address()).await;
    let server = Process::start(&[
        ("AHS_APP_ID", "AHS2025TEST"),
        ("AHS_APP_SECRET", "hush-hush"),
        ("AHS_API_URL", &balancer.base_url()),
        ("TRADEIN_DEADLINE_SECONDS", "4"),
        ("TRADEIN_OPERATOR_TOKEN", TOKEN),
    ])
    .await;
    // Three at once, so that three connections stay open afterwards.
    slow(500);
    let base = &server.base;
    let answers = tokio::join!(ask(base, 1), ask(base, 2), ask(base, 3));
    for answer in [answers.0, answers.1, answers.2] {
        assert_eq!(answer["source"], "partner", "{answer}");
    }
    assert_eq!(balancer.accepted(), 3);
    slow(0);
    balancer.forget();

    let first = ask(base, 4).await;
    assert_eq!(first["source"], "partner", "{first}");
    let start = Instant::now();
    for number in 5..9 {
        let answer = ask(base, number).await;
        assert_eq!(answer["source"], "partner", "{answer}");
    }
    assert!(start.elapsed() < Duration::from_secs(2), "nobody else waits: {:?}", start.elapsed());
    // One attempt more than answers. It may have reached the partner, so it counts.
    let page = client().get(format!("{base}/ops?locale=en")).bearer_auth(TOKEN).send().await.unwrap();
    assert!(page.text().await.unwrap().contains("9 of 2000 calls"));
}
