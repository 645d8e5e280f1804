use std::time::{Duration, Instant};

use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::Command;

use crate::house::{client, phone, site};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_under_way_is_answered_before_the_end() {
    let folder = tempfile::tempdir().unwrap();
    let mut server = Command::new(env!("CARGO_BIN_EXE_tradein"))
        .env_clear()
        .env("LEPTOS_SITE_ADDR", "127.0.0.1:0")
        .env("LEPTOS_SITE_ROOT", site())
        .env("TRADEIN_DATABASE_URL", format!("sqlite://{}/tradein.db", folder.path().display()))
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut base = String::new();
    BufReader::new(server.stdout.take().unwrap()).read_line(&mut base).await.unwrap();
    let mut log = BufReader::new(server.stderr.take().unwrap()).lines();
    // The sandbox's address stands in the log.
    let line = log.next_line().await.unwrap().unwrap();
    let sandbox = line.split("http://").nth(1).unwrap().split('/').next().unwrap().to_owned();
    let drain = tokio::spawn(async move { while let Ok(Some(_)) = log.next_line().await {} });

    let http = client();
    let faults = serde_json::json!({ "latency_ms": 1_500 });
    http.post(format!("http://{sandbox}/_sandbox/faults")).json(&faults).send().await.unwrap();
    let asked = {
        let (http, base) = (http.clone(), base.trim().to_owned());
        tokio::spawn(async move { http.post(format!("{base}/api/fn/quote")).form(&phone(&[])).send().await })
    };
    let stats = || async {
        let answer = http.get(format!("http://{sandbox}/_sandbox/stats")).send().await.unwrap();
        answer.json::<serde_json::Value>().await.unwrap()
    };
    let patience = Instant::now();
    while stats().await["in_flight"] != 1 {
        assert!(patience.elapsed() < Duration::from_secs(10), "the call never got to the partner");
        tokio::task::yield_now().await;
    }
    let pid = server.id().unwrap().to_string();
    assert!(Command::new("kill").arg(&pid).status().await.unwrap().success());
    let answer = asked.await.unwrap().unwrap();
    assert_eq!(answer.status(), 200);
    let ended = tokio::time::timeout(Duration::from_secs(20), server.wait()).await.unwrap().unwrap();
    assert!(ended.success());
    drain.await.unwrap();
}
