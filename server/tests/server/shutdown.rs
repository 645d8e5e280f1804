use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use aihuishou::{Account, AppSecret};
use jiff::Timestamp;
use sandbox::Sandbox;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::house::{client, phone, site};
use crate::process::{NONBLOCK, Process};

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
    let _endless = endless(&server).await;
    let start = Instant::now();
    server.signal("TERM").await;
    let (_, log) = server.ended().await;
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
    let log = String::from_utf8(log).unwrap();
    assert!(log.contains("did not end are cut off") && log.trim_end().ends_with("stopped"), "{log}");
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

#[tokio::test]
async fn silent_and_idle_connections_do_not_hold_up_the_end() {
    let server = Process::start(&[]).await;
    let (silent, mut half, mut idle) =
        (server.connect().await.unwrap(), server.connect().await.unwrap(), server.connect().await.unwrap());
    half.write_all(b"GET /healthz HTTP/1.1\r\nhost: x\r\n").await.unwrap();
    idle.write_all(b"HEAD /healthz HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    // After its answer, this connection is idle; the others were accepted before it.
    assert_eq!(idle.read_u8().await.unwrap(), b'H');
    let start = Instant::now();
    server.signal("TERM").await;
    let log = String::from_utf8(server.ended().await.1).unwrap();
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    assert!(!log.contains("cut off") && log.trim_end().ends_with("stopped"), "{log}");
    drop((silent, half, idle));
}

/// A request that never ends.
async fn endless(server: &Process) -> tokio::net::TcpStream {
    let mut endless = server.connect().await.unwrap();
    let request = b"POST /api/fn/quote HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\nbr";
    endless.write_all(request).await.unwrap();
    // When this request is answered, the other one is being handled.
    client().get(format!("{}/healthz", server.base)).send().await.unwrap();
    endless
}

#[tokio::test]
async fn a_second_signal_ends_the_process_at_once() {
    let server = Process::start(&[]).await;
    let _endless = endless(&server).await;
    let start = Instant::now();
    server.signal("TERM").await;
    // When the port is closed, the first signal has been handled.
    while server.connect().await.is_ok() {
        assert!(start.elapsed() < Duration::from_secs(5));
        tokio::task::yield_now().await;
    }
    server.signal("INT").await;
    let (code, _, log, _) = server.exited().await;
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    let log = String::from_utf8(log).unwrap();
    assert!(code == Some(1) && log.contains("stopped at once"), "{code:?}: {log}");
}

fn make_pipe(path: &Path) {
    assert!(std::process::Command::new("mkfifo").arg(path).status().unwrap().success());
}

/// Opens a pipe for writing as soon as it has a reader, and writes nothing.
async fn read_from(path: &Path) -> std::fs::File {
    let start = Instant::now();
    // Without the flag, the open would block here.
    loop {
        match std::fs::OpenOptions::new().write(true).custom_flags(NONBLOCK).open(path) {
            Ok(file) => return file,
            Err(error) => assert!(start.elapsed() < Duration::from_secs(10), "nobody reads it: {error}"),
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// The site's files, one of which is a pipe that is never written: reading it blocks, as on a disk that
/// hangs.
fn hanging_site(folder: &Path, pipe: &str) -> String {
    let root = folder.join("site");
    std::fs::create_dir_all(root.join("embed")).unwrap();
    for part in ["", "embed"] {
        for entry in std::fs::read_dir(site().join(part)).unwrap() {
            let entry = entry.unwrap();
            let place = root.join(part).join(entry.file_name());
            if !place.exists() && !place.ends_with(pipe) {
                std::os::unix::fs::symlink(entry.path().canonicalize().unwrap(), place).unwrap();
            }
        }
    }
    make_pipe(&root.join(pipe));
    root.to_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_disk_that_does_not_answer_keeps_no_server_from_ending() {
    let folder = tempfile::tempdir().unwrap();
    let root = hanging_site(folder.path(), "hanging.svg");
    let server = Process::start(&[("LEPTOS_SITE_ROOT", &root)]).await;
    let asked = tokio::spawn(client().get(format!("{}/hanging.svg", server.base)).send());
    let _held = read_from(&Path::new(&root).join("hanging.svg")).await;
    let answer = client().get(format!("{}/healthz", server.base)).send().await.unwrap();
    assert_eq!(answer.status(), 200, "others are served meanwhile");
    // The client has left, but the thread that reads the file still waits.
    asked.abort();
    let start = Instant::now();
    server.signal("TERM").await;
    let log = String::from_utf8(server.ended().await.1).unwrap();
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
    assert!(log.trim_end().ends_with("stopped"), "{log}");
}

#[tokio::test]
async fn a_server_that_is_still_starting_ends_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let root = hanging_site(folder.path(), "embed/v1.js");
    let child = tokio::process::Command::new(env!("CARGO_BIN_EXE_tradein"))
        .arg("serve")
        .env_clear()
        .env("LEPTOS_SITE_ADDR", "127.0.0.1:0")
        .env("LEPTOS_SITE_ROOT", &root)
        .current_dir(folder.path())
        .stderr(std::process::Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let _held = read_from(&Path::new(&root).join("embed/v1.js")).await;
    let pid = child.id().unwrap().to_string();
    assert!(std::process::Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
    let ended =
        tokio::time::timeout(Duration::from_secs(5), child.wait_with_output()).await.unwrap().unwrap();
    let said = String::from_utf8(ended.stderr).unwrap();
    assert_eq!(ended.status.code(), Some(0), "{said}");
    assert!(said.trim_end().ends_with("stopped before it had started"), "{said}");
}

#[tokio::test]
async fn a_pipe_as_settings_file_is_refused_and_never_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tradein.toml");
    make_pipe(&file);
    let start = tokio::process::Command::new(env!("CARGO_BIN_EXE_tradein"))
        .arg("serve")
        .env_clear()
        .env("TRADEIN_CONFIG", &file)
        .kill_on_drop(true)
        .output();
    let refused =
        tokio::time::timeout(Duration::from_secs(10), start).await.expect("it is waited for").unwrap();
    assert_eq!(refused.status.code(), Some(1));
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(said.contains("tradein.toml") && said.contains("is a pipe"), "{said}");

    // The same if the file becomes a pipe while the server runs.
    std::fs::remove_file(&file).unwrap();
    std::fs::write(&file, "").unwrap();
    let server = Process::start(&[("TRADEIN_CONFIG", file.to_str().unwrap())]).await;
    std::fs::remove_file(&file).unwrap();
    make_pipe(&file);
    server.signal("HUP").await;
    let start = Instant::now();
    server.signal("TERM").await;
    let log = String::from_utf8(server.ended().await.1).unwrap();
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    assert!(log.trim_end().ends_with("stopped"), "{log}");
}
