//! Offers in a running server: their keys and their end.

use serde_json::Value;

use crate::house::House;
use crate::process::Process;

async fn keys(base: &str) -> Value {
    let answer = reqwest::get(format!("{base}/.well-known/jwks.json")).await.unwrap();
    assert_eq!(answer.headers()["cache-control"], "public, max-age=300");
    answer.json().await.unwrap()
}

#[tokio::test]
async fn the_keys_are_made_once_and_only_their_owner_reads_them() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite://{}/shop.db", folder.path().display());
    let settings = [("TRADEIN_DATABASE_URL", &*database)];
    let first = Process::start(&settings).await;
    let made = keys(&first.base).await;
    assert_eq!(made["keys"].as_array().unwrap().len(), 2, "next and current");
    first.signal("KILL").await;
    first.exited().await;
    let file = folder.path().join("shop.signing-key.pem");
    assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    let second = Process::start(&settings).await;
    assert_eq!(keys(&second.base).await, made);
}

#[tokio::test]
async fn broken_keys_stop_the_start_and_keys_that_cannot_be_kept_do_not() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("keys.pem");
    std::fs::write(&file, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n").unwrap();
    let process = Process::start(&[("TRADEIN_SIGNING_KEY_FILE", &*file.display().to_string())]).await;
    let (code, _, log, _) = process.exited().await;
    let told = String::from_utf8(log).unwrap();
    assert_eq!(code, Some(1));
    assert!(told.contains("TRADEIN_SIGNING_KEY_FILE") && !told.contains("AAAA"), "{told}");
    let house = House::with(&[("TRADEIN_SIGNING_KEY_FILE", "/proc/keys.pem")]).await;
    assert_eq!(keys(&house.base).await["keys"].as_array().unwrap().len(), 2);
    house.close().await;
}
