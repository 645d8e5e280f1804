//! Full pipes for stdout and stderr that are read late or never.

use std::fs::OpenOptions;
use std::io::{BufRead, BufReader, ErrorKind, PipeReader, PipeWriter, Write};
use std::net::TcpListener;
use std::os::fd::AsRawFd;
use std::os::unix::fs::OpenOptionsExt;
use std::process::Stdio;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;
use tokio::process::{Child, Command};

use crate::house::{client, database, phone, site};
use crate::process::NONBLOCK;

/// A pipe that is full.
fn full_pipe() -> (PipeReader, PipeWriter) {
    let (reader, writer) = std::io::pipe().unwrap();
    // Opened a second time, so that the server's own writes still block.
    let path = format!("/proc/self/fd/{}", writer.as_raw_fd());
    let mut filling = OpenOptions::new().write(true).custom_flags(NONBLOCK).open(path).unwrap();
    for part in [4096, 1] {
        let full = loop {
            if let Err(error) = filling.write_all(&vec![b'\n'; part]) {
                break error;
            }
        };
        assert_eq!(full.kind(), ErrorKind::WouldBlock);
    }
    (reader, writer)
}

/// A server whose address is known before it prints it.
struct Server {
    child: Child,
    base: String,
    _folder: TempDir,
}

impl Server {
    /// Starts it, and waits until it answers.
    async fn start(stdout: impl Into<Stdio>, stderr: impl Into<Stdio>, variables: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_tradein"))
            .arg("serve")
            .env_clear()
            .env("LEPTOS_SITE_ADDR", address.to_string())
            .env("LEPTOS_SITE_ROOT", site())
            .env("TRADEIN_DATABASE_URL", database(&folder))
            .envs(variables.iter().copied())
            .stdout(stdout)
            .stderr(stderr)
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let (base, start) = (format!("http://{address}"), Instant::now());
        while client().get(format!("{base}/healthz")).send().await.is_err() {
            assert_eq!(child.try_wait().unwrap(), None, "it has ended");
            assert!(start.elapsed() < Duration::from_secs(30), "it does not start");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Self { child, base, _folder: folder }
    }

    /// Asks it to stop. Returns its exit code, and how long that took.
    async fn stop(mut self) -> (Option<i32>, Duration) {
        let (start, pid) = (Instant::now(), self.child.id().unwrap().to_string());
        assert!(Command::new("kill").args(["-TERM", &pid]).status().await.unwrap().success());
        let ended = tokio::time::timeout(Duration::from_secs(20), self.child.wait()).await;
        (ended.unwrap().unwrap().code(), start.elapsed())
    }
}

#[tokio::test]
async fn full_pipes_that_are_not_read_keep_no_server_from_starting_answering_and_ending() {
    let ((_stdout, printed), (_stderr, logged)) = (full_pipe(), full_pipe());
    let server = Server::start(printed, logged, &[("RUST_LOG", "debug")]).await;
    // Each of these is a line in the log.
    for _ in 0..20 {
        let asked = client().get(format!("{}/nowhere", server.base)).timeout(Duration::from_secs(10));
        assert_eq!(asked.send().await.unwrap().status(), 404);
    }
    let asked = client().post(format!("{}/api/fn/quote", server.base)).form(&phone(&[]));
    assert_eq!(asked.timeout(Duration::from_secs(10)).send().await.unwrap().status(), 200);
    let (code, took) = server.stop().await;
    assert_eq!(code, Some(0));
    assert!(took < Duration::from_secs(5), "{took:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_log_that_is_read_late_says_how_many_of_its_lines_were_dropped() {
    let (reader, writer) = full_pipe();
    let variables = [("RUST_LOG", "debug"), ("TRADEIN_LOG_FORMAT", "json")];
    let server = Server::start(Stdio::null(), writer, &variables).await;
    // Each makes about 300 bytes of log: more than the 512 KiB that are kept.
    let asking = (0..4).map(|_| {
        let (http, url) = (client(), format!("{}/healthz", server.base));
        tokio::spawn(async move {
            for _ in 0..500 {
                let asked = http.get(&url).header("x-request-id", "a".repeat(40));
                assert_eq!(asked.send().await.unwrap().status(), 200);
            }
        })
    });
    for asked in asking.collect::<Vec<_>>() {
        asked.await.unwrap();
    }
    let mut log = BufReader::new(reader).lines();
    let (dropped, log) = tokio::task::spawn_blocking(move || {
        let dropped = log.find_map(|line| parse(&line.unwrap())?["dropped"].as_u64());
        (dropped, log)
    })
    .await
    .unwrap();
    assert!(dropped.expect("it does not say") > 0);
    assert_eq!(server.stop().await.0, Some(0));
    let last = log.filter_map(|line| parse(&line.unwrap())).last().unwrap();
    assert_eq!(last["message"], "stopped");
}

/// A line of the log; `None` for the bytes that filled the pipe.
fn parse(line: &str) -> Option<Value> {
    serde_json::from_str(line).ok()
}

#[tokio::test]
async fn a_blocked_log_does_not_keep_a_server_from_ending_that_has_run_for_long() {
    let (reader, writer) = full_pipe();
    let server = Server::start(Stdio::null(), writer, &[]).await;
    let mut endless =
        tokio::net::TcpStream::connect(server.base.trim_start_matches("http://")).await.unwrap();
    // A request that never ends.
    let head = b"POST /api/fn/quote HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n";
    tokio::io::AsyncWriteExt::write_all(&mut endless, head).await.unwrap();
    client().get(format!("{}/healthz", server.base)).send().await.unwrap();
    let (_, took) = server.stop().await;
    assert!(took < Duration::from_secs(11), "{took:?}");
    drop((reader, endless));
}
