//! The secret is held by the server alone: nothing that leaves it, and nothing that it
//! writes, holds the secret, the canonical string or a signature.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use aihuishou::{Account, AppSecret};
use jiff::Timestamp;
use sandbox::Sandbox;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, BufReader};
use tokio::process::Command;

use crate::house::{client, phone, site};

const SECRET: &str = "known-secret-5f2d8c1e";

/// What must be nowhere: the secret, the end of every canonical string, and the parameter
/// that carries the signature.
const FORBIDDEN: [&str; 4] = [SECRET, "&secret=", "sign=", "\"sign\""];

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files.extend(files_below(&path)) } else { files.push(path) }
    }
    files
}

fn search(name: &str, bytes: &[u8]) {
    for word in FORBIDDEN {
        assert!(
            !bytes.windows(word.len()).any(|window| window == word.as_bytes()),
            "{word:?} stands in {name}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_that_leaves_the_server_holds_the_secret() {
    let account = Account::new("AHS2025TEST", AppSecret::new(SECRET).unwrap()).unwrap();
    let partner = Sandbox::new(account, Arc::new(Timestamp::now)).unwrap();
    let partner = partner.serve(([127, 0, 0, 1], 0).into()).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut server = Command::new(env!("CARGO_BIN_EXE_tradein"))
        .arg("serve")
        .env_clear()
        .env("AHS_APP_ID", "AHS2025TEST")
        .env("AHS_APP_SECRET", SECRET)
        .env("AHS_API_URL", partner.base_url())
        .env("LEPTOS_SITE_ADDR", "127.0.0.1:0")
        .env("LEPTOS_SITE_ROOT", site())
        .env("TRADEIN_DATABASE_URL", format!("sqlite://{}/tradein.db", folder.path().display()))
        // As much as it can say.
        .env("RUST_LOG", "trace")
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut stderr = server.stderr.take().unwrap();
    let log = tokio::spawn(async move {
        let mut log = Vec::new();
        stderr.read_to_end(&mut log).await.unwrap();
        log
    });
    let mut stdout = BufReader::new(server.stdout.take().unwrap());
    let mut base = String::new();
    stdout.read_line(&mut base).await.unwrap();
    let (base, http) = (base.trim().to_owned(), client());

    let mut prices = 0;
    for model in ["iPhone 14 Pro", "SANDBOX-DOWN", "SANDBOX-GARBLED", "SANDBOX-UNKNOWN", "SANDBOX-PERMISSION"]
    {
        for accept in ["application/json", "text/html"] {
            let form = phone(&[("model", model)]);
            let post = http.post(format!("{base}/api/fn/quote")).header("accept", accept).form(&form);
            let answer = post.send().await.unwrap();
            search("the headers", format!("{:?}", answer.headers()).as_bytes());
            if let Some(place) =
                answer.headers().get("location").map(|place| place.to_str().unwrap().to_owned())
            {
                prices += usize::from(place.starts_with("/quote/"));
                let page = http.get(format!("{base}{place}")).send().await.unwrap();
                search("a page", &page.bytes().await.unwrap());
            }
            search("an answer", &answer.bytes().await.unwrap());
        }
    }
    assert_eq!(prices, 1, "the drive went through to a price");
    for path in ["/", "/preview", "/widget/demo", "/nowhere", "/readyz"] {
        search(path, &http.get(format!("{base}{path}")).send().await.unwrap().bytes().await.unwrap());
    }

    let pid = server.id().unwrap().to_string();
    assert!(Command::new("kill").arg(&pid).status().await.unwrap().success());
    let ended = tokio::time::timeout(Duration::from_secs(20), server.wait()).await.unwrap().unwrap();
    assert!(ended.success());
    let mut rest = Vec::new();
    stdout.read_to_end(&mut rest).await.unwrap();
    search("stdout", &rest);
    let log = log.await.unwrap();
    assert!(log.len() > 1_000, "the log was kept");
    search("the log", &log);
    for file in files_below(folder.path()).into_iter().chain(files_below(&site())) {
        search(&file.display().to_string(), &std::fs::read(&file).unwrap());
    }
}
