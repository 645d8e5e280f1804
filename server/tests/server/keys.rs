use std::sync::Arc;
use std::time::{Duration, Instant};

use aihuishou::{Account, AppSecret};
use jiff::Timestamp;
use sandbox::Sandbox;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::Command;

use crate::house::{client, phone, site};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_secret_is_read_on_sighup() {
    let account = Account::new("AHS2025TEST", AppSecret::new("right").unwrap()).unwrap();
    let partner = Sandbox::new(account, Arc::new(Timestamp::now)).unwrap();
    let partner = partner.serve(([127, 0, 0, 1], 0).into()).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let secret = folder.path().join("secret");
    std::fs::write(&secret, "wrong\n").unwrap();
    let mut server = Command::new(env!("CARGO_BIN_EXE_tradein"))
        .env_clear()
        .env("AHS_APP_ID", "AHS2025TEST")
        .env("AHS_APP_SECRET_FILE", &secret)
        .env("AHS_API_URL", partner.base_url())
        .env("LEPTOS_SITE_ADDR", "127.0.0.1:0")
        .env("LEPTOS_SITE_ROOT", site())
        .env("TRADEIN_DATABASE_URL", format!("sqlite://{}/tradein.db", folder.path().display()))
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut base = String::new();
    BufReader::new(server.stdout.take().unwrap()).read_line(&mut base).await.unwrap();
    let http = client();
    let ask = || async {
        let post = http.post(format!("{}/api/fn/quote", base.trim())).form(&phone(&[]));
        post.send().await.unwrap().status().as_u16()
    };
    assert_eq!(ask().await, 502);
    std::fs::write(&secret, "right\n").unwrap();
    let pid = server.id().unwrap().to_string();
    assert!(Command::new("kill").args(["-HUP", &pid]).status().await.unwrap().success());
    let patience = Instant::now();
    while ask().await != 200 {
        assert!(patience.elapsed() < Duration::from_secs(10), "the new secret is never used");
    }
    assert!(server.try_wait().unwrap().is_none(), "it went on");
}
