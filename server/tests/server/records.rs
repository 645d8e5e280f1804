//! The server and a database in trouble.

use crate::house::{client, phone};
use crate::process::Process;

#[tokio::test]
async fn a_corrupt_database_is_told_and_survived_from_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tradein.db");
    std::fs::write(&file, "no database ".repeat(1_000)).unwrap();
    let url = format!("sqlite://{}", file.display());
    let server = Process::start(&[("TRADEIN_DATABASE_URL", &url)]).await;
    let get = async |path: &str| client().get(format!("{}{path}", server.base)).send().await.unwrap();
    assert_eq!(get("/readyz").await.status(), 503);
    let ask = client().post(format!("{}/api/fn/quote", server.base)).header("accept", "application/json");
    let quote: serde_json::Value = ask.form(&phone(&[])).send().await.unwrap().json().await.unwrap();
    let page = get(&format!("/quote/{}", quote["id"].as_str().unwrap())).await;
    assert_eq!(page.status(), 200);
    let metrics = get("/metrics").await.text().await.unwrap();
    assert!(metrics.contains("tradein_records_failing 1\n"), "{metrics}");
    server.signal("TERM").await;
    let (_, log) = server.ended().await;
    let log = String::from_utf8(log).unwrap();
    assert!(log.contains("cannot be opened; quoting goes on") && log.contains("stopped before"), "{log}");
}
