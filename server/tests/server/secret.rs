//! Only the server has the secret: nothing that it sends or writes contains the secret, the canonical string
//! or a signature.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use aihuishou::{Account, AppSecret};
use jiff::Timestamp;
use sandbox::Sandbox;

use crate::house::{client, phone, site};
use crate::process::Process;

const SECRET: &str = "known-secret-5f2d8c1e";

/// Texts that must not occur: the secret, the end of every canonical string, and the parameter with the
/// signature.
const FORBIDDEN: [&str; 4] = [SECRET, "&secret=", "sign=", "\"sign\""];

pub(crate) fn files_below(folder: &Path) -> Vec<PathBuf> {
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
    let url = partner.base_url();
    let server = Process::start(&[
        ("AHS_APP_ID", "AHS2025TEST"),
        ("AHS_APP_SECRET", SECRET),
        ("AHS_API_URL", &url),
        // With the most detailed log.
        ("RUST_LOG", "trace"),
    ])
    .await;
    let (base, http) = (server.base.clone(), client());

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

    let files = files_below(server.folder.path());
    let copies: Vec<_> = files.iter().map(|file| (file.clone(), std::fs::read(file).unwrap())).collect();
    assert!(!copies.is_empty(), "the database is there");
    server.signal("TERM").await;
    let (printed, log) = server.ended().await;
    search("stdout", &printed);
    assert!(log.len() > 1_000, "the log was kept");
    search("the log", &log);
    for (file, bytes) in copies {
        search(&file.display().to_string(), &bytes);
    }
    for file in files_below(&site()) {
        search(&file.display().to_string(), &std::fs::read(&file).unwrap());
    }
}
