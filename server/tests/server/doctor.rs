//! `tradein doctor` against a partner with one thing wrong at a time.

use std::process::Output;
use std::sync::Arc;

use aihuishou::{Account, AppSecret};
use fleet::testing::RedisServer;
use jiff::Timestamp;
use sandbox::{Running, Sandbox};

use crate::house::site;
use crate::tls::{Tls, certificate};

async fn partner() -> Running {
    let account = Account::new("AHS2025TEST", AppSecret::new("hush-hush").unwrap()).unwrap();
    let partner = Sandbox::new(account, Arc::new(Timestamp::now)).unwrap();
    partner.serve(([127, 0, 0, 1], 0).into()).await.unwrap()
}

/// Runs the doctor with valid settings, changed by those variables.
async fn doctor(url: &str, variables: &[(&str, &str)]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite://{}/tradein.db", folder.path().display());
    tokio::process::Command::new(env!("CARGO_BIN_EXE_tradein"))
        .arg("doctor")
        .env_clear()
        .env("LEPTOS_SITE_ROOT", site())
        .env("TRADEIN_DATABASE_URL", database)
        .envs([("AHS_APP_ID", "AHS2025TEST"), ("AHS_APP_SECRET", "hush-hush"), ("AHS_API_URL", url)])
        .env("TRADEIN_DEADLINE_SECONDS", "1")
        .envs(variables.iter().copied())
        .current_dir(folder.path())
        .output()
        .await
        .unwrap()
}

/// What is wrong, by the last line; empty if nothing is.
fn wrong(output: &Output) -> String {
    let said = String::from_utf8(output.stderr.clone()).unwrap();
    let printed = String::from_utf8(output.stdout.clone()).unwrap();
    assert!(!printed.contains("hush") && !said.contains("hush"), "{printed}{said}");
    assert_eq!(output.status.code(), Some(i32::from(!said.is_empty())), "{said}");
    match said.split_once("wrong: ") {
        Some((_, list)) => list.split_once(';').unwrap().0.to_owned(),
        None => said,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn with_everything_right_the_doctor_finds_nothing() {
    let partner = partner().await;
    let output = doctor(&partner.base_url(), &[]).await;
    assert_eq!(wrong(&output), "");
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(
        printed.contains("quota       1999 calls left today") && printed.contains("AHS2025TEST"),
        "{printed}"
    );
    let sandbox = doctor(&partner.base_url(), &[("AHS_APP_ID", ""), ("AHS_APP_SECRET", "")]).await;
    assert_eq!(wrong(&sandbox), "");
    assert!(String::from_utf8(sandbox.stdout).unwrap().contains("sandbox mode"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_fault_of_the_partner_is_named_with_its_mend() {
    for (faults, name, mend) in [
        (r#"{"allow_list": ["192.0.2.1"]}"#, "allow-list", "allow-list"),
        (r#"{"allow_list": ["192.0.2.1"]}"#, "allow-list", "-      key"),
        (r#"{"quota": 0}"#, "quota", "buy more"),
        (r#"{"quota": 0}"#, "quota", "ok     parameters"),
        (r#"{"clock_offset_seconds": 600}"#, "clock", "NTP"),
        (r#"{"clock_offset_seconds": -120}"#, "clock", "NTP"),
        (r#"{"error_rate": 1.0, "error_status": 403}"#, "permission", "Finish the contract"),
        (r#"{"error_rate": 1.0, "error_status": 400}"#, "parameters", "tradein sign"),
        (r#"{"error_rate": 1.0, "error_status": 404}"#, "price", "tradein search"),
        (r#"{"error_rate": 1.0, "error_status": 500}"#, "network", "support"),
        (r#"{"error_rate": 1.0, "error_status": 503}"#, "network", "try again later"),
        (r#"{"error_rate": 1.0, "error_status": 302}"#, "network", "sign-in page"),
        (r#"{"latency_ms": 60000}"#, "network", "slow"),
    ] {
        let partner = partner().await;
        let url = format!("http://{}/_sandbox/faults", partner.address());
        let faults: serde_json::Value = serde_json::from_str(faults).unwrap();
        assert!(reqwest::Client::new().post(url).json(&faults).send().await.unwrap().status().is_success());
        let output = doctor(&partner.base_url(), &[]).await;
        let printed = String::from_utf8(output.stdout.clone()).unwrap();
        assert_eq!(wrong(&output), name, "{faults}: {printed}");
        assert!(printed.contains(mend), "{faults}: {printed}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_wrong_setting_is_named_with_its_mend() {
    let partner = partner().await;
    let url = partner.base_url();
    let other = url.replace("/api/v2", "/elsewhere");
    for (variables, name, mend) in [
        ([("AHS_APP_ID", "AHS2025XXXX")], "key", "Check AHS_APP_ID"),
        ([("AHS_APP_SECRET", "hush")], "key", "-      allow-list"),
        ([("AHS_APP_SECRET", "hush")], "key", "Check AHS_APP_SECRET"),
        ([("AHS_API_URL", &other)], "network", "AHS_API_URL"),
        ([("AHS_API_URL", "http://127.0.0.1:9/api/v2")], "network", "firewall"),
        ([("AHS_DAILY_QUOTA", "0")], "quota", "AHS_DAILY_QUOTA"),
        ([("AHS_DAILY_QUOTA", "0")], "quota", "-      network"),
        ([("TRADEIN_DATABASE_URL", "sqlite:///proc/tradein.db")], "stores", "TRADEIN_DATABASE_URL"),
        ([("LEPTOS_SITE_ROOT", "/nowhere")], "site files", "make build"),
        ([("TRADEIN_KEEP_DAYS", "1")], "settings", "README"),
    ] {
        let output = doctor(&url, &variables).await;
        let printed = String::from_utf8(output.stdout.clone()).unwrap();
        assert_eq!(wrong(&output), name, "{variables:?}: {printed}");
        assert!(printed.contains(mend), "{variables:?}: {printed}");
    }
    let folder = tempfile::tempdir().unwrap();
    let file = format!("sqlite://{}/tradein.db", folder.path().display());
    assert_eq!(wrong(&doctor(&url, &[("TRADEIN_DATABASE_URL", &file)]).await), "");
    let read_only = format!("{file}?mode=ro");
    assert_eq!(wrong(&doctor(&url, &[("TRADEIN_DATABASE_URL", &read_only)]).await), "stores");
    let rotated = doctor(&url, &[("AHS_APP_SECRET", "old"), ("AHS_APP_SECRET_NEXT", "hush-hush")]).await;
    assert_eq!(wrong(&rotated), "rotation");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_doctor_looks_at_redis_if_one_is_set_and_never_shows_its_password() {
    let partner = partner().await;
    let redis = RedisServer::with(&["--requirepass", "hush"]);
    let address = |user: &str| format!("redis://{user}127.0.0.1:{}", redis.port());
    let without = doctor(&partner.base_url(), &[]).await;
    assert!(!String::from_utf8(without.stdout).unwrap().contains("redis"));
    for (url, mend) in [
        (address(""), "Check user and password"),
        (address(":wrong-hush@"), "Check user and password"),
        ("redis://127.0.0.1:1".to_owned(), "whether Redis runs there"),
    ] {
        let output = doctor(&partner.base_url(), &[("TRADEIN_REDIS_URL", &url)]).await;
        assert_eq!(wrong(&output), "redis", "{url}");
        assert!(String::from_utf8(output.stdout).unwrap().contains(mend), "{url}");
    }
    let printed = async || {
        let output = doctor(&partner.base_url(), &[("TRADEIN_REDIS_URL", &address(":hush@"))]).await;
        String::from_utf8(output.stdout).unwrap()
    };
    let well = format!("ok     redis       redis://:-@127.0.0.1:{}", redis.port());
    // Once more, if this machine was too busy for Redis to answer within 50 ms.
    assert!(printed().await.contains(&well) || printed().await.contains(&well));
    let sentinel = doctor(&partner.base_url(), &[("TRADEIN_REDIS_URL", "redis-sentinel://:hush@db/0")]).await;
    assert_eq!(wrong(&sentinel), "settings");
    assert!(String::from_utf8(sentinel.stdout).unwrap().contains("Sentinel is not supported"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_redis_with_tls_is_used_if_its_certificate_is_trusted() {
    let (partner, redis) = (partner().await, RedisServer::start());
    let tls = Tls::before(([127, 0, 0, 1], redis.port()).into(), "trusted.pem").await;
    let url = format!("rediss://localhost:{}", tls.address.port());
    let (trusted, another) = (certificate("trusted.pem"), certificate("another.pem"));
    let with = async |file: &std::path::Path| {
        let variables = [("TRADEIN_REDIS_URL", url.as_str()), ("SSL_CERT_FILE", file.to_str().unwrap())];
        String::from_utf8(doctor(&partner.base_url(), &variables).await.stdout).unwrap()
    };
    let well = format!("ok     redis       {url}");
    // Once more, if this machine was too busy for Redis to answer within 50 ms.
    assert!(with(&trusted).await.contains(&well) || with(&trusted).await.contains(&well));
    let untrusted = with(&another).await;
    assert!(untrusted.contains("WRONG  redis") && untrusted.contains("certificate"), "{untrusted}");
}
