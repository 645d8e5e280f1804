//! Settings that change while the server runs.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

use crate::house::{TOKEN, client};
use crate::process::Process;

struct Running {
    server: Process,
    file: PathBuf,
    _folder: TempDir,
}

impl Running {
    /// A server that serves the merchant `one`.
    async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("tradein.toml");
        std::fs::write(&file, merchant("one")).unwrap();
        let variables = [("TRADEIN_CONFIG", file.to_str().unwrap()), ("TRADEIN_OPERATOR_TOKEN", TOKEN)];
        let server = Process::start(&variables).await;
        Self { server, file, _folder: folder }
    }

    async fn serves(&self, merchant: &str) -> bool {
        let url = format!("{}/widget/{merchant}", self.server.base);
        client().get(url).send().await.unwrap().status().is_success()
    }

    async fn ready(&self) -> Value {
        let get = client().get(format!("{}/readyz", self.server.base)).bearer_auth(TOKEN);
        let answer = get.send().await.unwrap();
        assert!(answer.status().is_success());
        answer.json().await.unwrap()
    }

    async fn operators_page(&self) -> String {
        let get = client().get(format!("{}/ops", self.server.base)).bearer_auth(TOKEN);
        get.send().await.unwrap().text().await.unwrap()
    }
}

fn merchant(id: &str) -> String {
    format!("[[merchants]]\nid = \"{id}\"\nname = \"Shop\"\n")
}

/// Waits until the condition holds.
async fn soon(what: &str, mut so: impl AsyncFnMut() -> bool) {
    let patience = Instant::now();
    while !so().await {
        assert!(patience.elapsed() < Duration::from_secs(10), "{what}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_changed_file_is_served_by_without_a_restart() {
    let running = Running::start().await;
    assert!(running.serves("one").await && !running.serves("two").await);
    std::fs::write(&running.file, merchant("two")).unwrap();
    soon("the new merchant is never served", async || running.serves("two").await).await;
    assert!(!running.serves("one").await);
    // The settings are reloaded at once after a signal.
    std::fs::write(&running.file, merchant("three")).unwrap();
    let sent = Instant::now();
    running.server.signal("HUP").await;
    soon("the third merchant is never served", async || running.serves("three").await).await;
    assert!(sent.elapsed() < Duration::from_millis(1_500), "{:?}", sent.elapsed());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mistake_keeps_the_old_settings_and_says_so() {
    let running = Running::start().await;
    assert_eq!(running.ready().await["settings"], "ok");
    let mistaken = merchant("two") + "[[merchants.top_ups]]\npercent = 500\n";
    std::fs::write(&running.file, mistaken).unwrap();
    soon("nobody says so", async || running.ready().await["settings"] == "mistaken").await;
    assert!(running.serves("one").await && !running.serves("two").await);
    let page = running.operators_page().await;
    assert!(page.contains("merchants.top_ups.percent") && page.contains("100 at most"), "{page}");

    std::fs::remove_file(&running.file).unwrap();
    soon("nobody misses the file", async || running.operators_page().await.contains("is gone")).await;
    assert!(running.serves("one").await && !running.serves("demo").await);

    std::fs::write(&running.file, merchant("two")).unwrap();
    soon("the mended file is never served", async || running.serves("two").await).await;
    assert_eq!(running.ready().await["settings"], "ok");
    running.server.signal("TERM").await;
    let log = String::from_utf8(running.server.ended().await.1).unwrap();
    assert!(log.contains("the old ones stay in use") && log.contains("merchants.top_ups.percent"), "{log}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_needs_a_restart_is_named() {
    let running = Running::start().await;
    let changed = format!("[limits]\nper_minute = 5\n[records]\nkeep_days = 30\n{}", merchant("two"));
    std::fs::write(&running.file, changed).unwrap();
    soon("the new merchant is never served", async || running.serves("two").await).await;
    running.server.signal("TERM").await;
    let log = String::from_utf8(running.server.ended().await.1).unwrap();
    let line = log.lines().find(|line| line.contains("at the next start")).unwrap_or_default();
    assert!(line.contains("records, limits") && !line.contains("site"), "{log}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_emptied_file_keeps_the_old_merchants_and_is_told() {
    let running = Running::start().await;
    std::fs::write(&running.file, "").unwrap();
    soon("nobody says so", async || running.ready().await["settings"] == "mistaken").await;
    assert!(running.serves("one").await && !running.serves("demo").await);
    let page = running.operators_page().await;
    assert!(page.contains("tradein.toml: it names no merchants any more"), "{page}");

    std::fs::write(&running.file, merchant("one")).unwrap();
    soon("what is mended is not seen", async || running.ready().await["settings"] == "ok").await;
    // Secret stores send this signal too, so it does not confirm an emptied file.
    std::fs::write(&running.file, "# Merchants\n").unwrap();
    running.server.signal("HUP").await;
    soon("nobody says so", async || running.ready().await["settings"] == "mistaken").await;
    assert!(running.serves("one").await && !running.serves("demo").await);
    running.server.signal("TERM").await;
    let log = String::from_utf8(running.server.ended().await.1).unwrap();
    assert!(log.contains("the old ones stay in use") && log.contains("taken for emptied"), "{log}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_start_with_an_emptied_file_is_logged() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tradein.toml");
    std::fs::write(&file, "\n").unwrap();
    let server = Process::start(&[("TRADEIN_CONFIG", file.to_str().unwrap())]).await;
    server.signal("TERM").await;
    let log = String::from_utf8(server.ended().await.1).unwrap();
    assert!(log.contains("the file of settings is empty"), "{log}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_half_written_file_keeps_the_old_merchants_until_it_is_said_to_be_meant() {
    let running = Running::start().await;
    let whole = merchant("one") + &merchant("two");
    std::fs::write(&running.file, &whole).unwrap();
    soon("the second merchant is never served", async || running.serves("two").await).await;

    std::fs::write(&running.file, merchant("one")).unwrap();
    soon("nobody says so", async || running.ready().await["settings"] == "mistaken").await;
    assert!(running.serves("two").await);
    let page = running.operators_page().await;
    assert!(page.contains("it ends early, without the merchants two"), "{page}");

    running.server.signal("HUP").await;
    soon("it is still doubted", async || running.ready().await["settings"] == "ok").await;
    assert!(running.serves("one").await && !running.serves("two").await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pipe_in_the_files_place_is_told_and_keeps_nothing_waiting() {
    let running = Running::start().await;
    std::fs::remove_file(&running.file).unwrap();
    let made = std::process::Command::new("mkfifo").arg(&running.file).status().unwrap();
    assert!(made.success());
    soon("nobody says so", async || running.operators_page().await.contains("it is a pipe")).await;
    assert!(running.serves("one").await);
    running.server.signal("TERM").await;
    running.server.ended().await;
}
