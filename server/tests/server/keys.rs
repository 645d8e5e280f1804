use std::sync::Arc;
use std::time::{Duration, Instant};

use aihuishou::{Account, AppSecret};
use jiff::Timestamp;
use sandbox::Sandbox;

use crate::house::{client, phone};
use crate::process::Process;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_secret_is_read_on_sighup() {
    let account = Account::new("AHS2025TEST", AppSecret::new("right").unwrap()).unwrap();
    let partner = Sandbox::new(account, Arc::new(Timestamp::now)).unwrap();
    let partner = partner.serve(([127, 0, 0, 1], 0).into()).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let secret = folder.path().join("secret");
    std::fs::write(&secret, "wrong\n").unwrap();
    let url = partner.base_url();
    let mut server = Process::start(&[
        ("AHS_APP_ID", "AHS2025TEST"),
        ("AHS_APP_SECRET_FILE", secret.to_str().unwrap()),
        ("AHS_API_URL", &url),
    ])
    .await;
    let (http, address) = (client(), format!("{}/api/fn/quote", server.base));
    let ask = || async { http.post(&address).form(&phone(&[])).send().await.unwrap().status().as_u16() };
    assert_eq!(ask().await, 502);
    std::fs::write(&secret, "right\n").unwrap();
    server.signal("HUP").await;
    let patience = Instant::now();
    while ask().await != 200 {
        assert!(patience.elapsed() < Duration::from_secs(10), "the new secret is never used");
    }
    assert!(server.is_running());
}
