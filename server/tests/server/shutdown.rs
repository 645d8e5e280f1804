use std::sync::Arc;
use std::time::{Duration, Instant};

use aihuishou::{Account, AppSecret};
use jiff::Timestamp;
use sandbox::Sandbox;
use tokio::io::AsyncWriteExt;

use crate::house::{client, phone};
use crate::process::Process;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_under_way_is_answered_before_the_end() {
    let account = Account::new("AHS2025TEST", AppSecret::new("hush").unwrap()).unwrap();
    let partner = Sandbox::new(account, Arc::new(Timestamp::now)).unwrap();
    let partner = partner.serve(([127, 0, 0, 1], 0).into()).await.unwrap();
    let http = client();
    let faults = serde_json::json!({ "latency_ms": 1_500 });
    http.post(format!("http://{}/_sandbox/faults", partner.address())).json(&faults).send().await.unwrap();

    let url = partner.base_url();
    let server =
        Process::start(&[("AHS_APP_ID", "AHS2025TEST"), ("AHS_APP_SECRET", "hush"), ("AHS_API_URL", &url)])
            .await;
    let asked = http.post(format!("{}/api/fn/quote", server.base)).form(&phone(&[])).send();
    let asked = tokio::spawn(asked);
    let patience = Instant::now();
    while partner.sandbox().stats().in_flight != 1 {
        assert!(patience.elapsed() < Duration::from_secs(10), "the call never got to the partner");
        tokio::task::yield_now().await;
    }
    server.signal("TERM").await;
    assert_eq!(asked.await.unwrap().unwrap().status(), 200);
    server.ended().await;
}

#[tokio::test]
async fn a_request_that_never_ends_does_not_keep_the_server() {
    let server = Process::start(&[]).await;
    let address = server.base.trim_start_matches("http://").to_owned();
    let mut endless = tokio::net::TcpStream::connect(address).await.unwrap();
    endless
        .write_all(b"POST /api/fn/quote HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\nbr")
        .await
        .unwrap();
    // Once this is answered, the other is at work.
    client().get(format!("{}/healthz", server.base)).send().await.unwrap();
    server.signal("TERM").await;
    let (_, log) = server.ended().await;
    assert!(String::from_utf8(log).unwrap().contains("did not end are cut off"));
}

#[tokio::test]
async fn what_is_logged_of_a_call_carries_the_requests_id() {
    let server = Process::start(&[]).await;
    let post =
        client().post(format!("{}/api/fn/quote", server.base)).header("x-request-id", "asked-by-a-test");
    let answer = post.form(&phone(&[("model", "SANDBOX-GARBLED")])).send().await.unwrap();
    assert_eq!(answer.headers()["x-request-id"], "asked-by-a-test");
    server.signal("TERM").await;
    let log = String::from_utf8(server.ended().await.1).unwrap();
    let line = log.lines().find(|line| line.contains("a call to the partner failed"));
    assert!(line.is_some_and(|line| line.contains("asked-by-a-test")), "{log}");
}
