//! Many silent connections to a process that may open only few files.

use std::process::Stdio;
use std::time::{Duration, Instant};

use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};

use crate::house::{forgetful_client, phone};
use crate::process::Process;

/// The log line of an accept that fails.
const LOGGED: &str = "no connection can be taken";

/// That many connections: every second one is silent, and the others send a part of a head.
async fn silent(server: &Process, count: usize) -> Vec<TcpStream> {
    let mut streams = Vec::new();
    for number in 0..count {
        let mut stream = server.connect().await.unwrap();
        if number % 2 == 0 {
            // A connection that was closed for another accepts no more.
            let _ = stream.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n").await;
        }
        streams.push(stream);
    }
    streams
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn silent_connections_let_shoppers_in_where_few_files_may_be_open() {
    let server = Process::start_with_few_files(64, &[]).await;
    let silent = silent(&server, 178).await;
    let start = Instant::now();
    let shopper = forgetful_client();
    // Less than the timeout of a silent connection.
    let patience = Duration::from_secs(8);
    let get = shopper.get(format!("{}/widget/demo", server.base)).timeout(patience);
    assert_eq!(get.send().await.expect("no shopper gets in").status(), 200);
    let post = shopper.post(format!("{}/api/fn/quote", server.base)).timeout(patience);
    assert_eq!(post.form(&phone(&[])).send().await.unwrap().status(), 200);
    assert!(start.elapsed() < patience, "{:?}", start.elapsed());
    drop(silent);
    server.signal("TERM").await;
    let log = String::from_utf8(server.ended().await.1).unwrap();
    assert!(log.contains("may open few files"), "{log}");
    assert!(!log.contains(LOGGED), "files are kept back: {log}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_process_without_any_file_left_waits_for_one_and_says_so_once() {
    let server = Process::start(&[]).await;
    server.limit_files(8).await;
    let waiting = silent(&server, 20).await;
    let asked = forgetful_client().get(format!("{}/healthz", server.base)).send();
    let asked = tokio::spawn(asked);
    // If each failed accept were logged, there would be many lines.
    let start = Instant::now();
    while !asked.is_finished() && start.elapsed() < Duration::from_secs(3) {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(!asked.is_finished(), "it was let in without a file");
    server.limit_files(1024).await;
    let answer = tokio::time::timeout(Duration::from_secs(10), asked).await.unwrap().unwrap();
    assert_eq!(answer.unwrap().status(), 200);
    drop(waiting);
    server.signal("TERM").await;
    let log = String::from_utf8(server.ended().await.1).unwrap();
    assert_eq!(log.matches(LOGGED).count(), 1, "{log}");
}

/// `tradein sandbox` alone.
struct Alone {
    process: Child,
    /// Host and port.
    base: String,
    _folder: TempDir,
}

impl Alone {
    /// Starts it after `before`, which is a line for the shell.
    async fn start(before: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let script = format!("{before}; exec \"$0\" sandbox --addr 127.0.0.1:0");
        let mut process = Command::new("/bin/sh")
            .args(["-c", &script, env!("CARGO_BIN_EXE_tradein")])
            .env_clear()
            .current_dir(folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let first = lines.next_line().await.unwrap().unwrap();
        let base = first.trim_start_matches("AHS_API_URL=http://").trim_end_matches("/api/v2").to_owned();
        Self { process, base, _folder: folder }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn silent_connections_let_the_server_in_at_a_sandbox_of_its_own() {
    let Alone { mut process, base, _folder } = Alone::start("ulimit -n 64").await;
    let mut silent = Vec::new();
    for _ in 0..178 {
        silent.push(TcpStream::connect(&base).await.unwrap());
    }
    let stats =
        forgetful_client().get(format!("http://{base}/_sandbox/stats")).timeout(Duration::from_secs(8));
    assert_eq!(stats.send().await.expect("nothing gets in").status(), 200);

    let mut unreadable = TcpStream::connect(&base).await.unwrap();
    unreadable.write_all(b"GET /\xff HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    let mut answer = String::new();
    unreadable.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 400 "), "{answer}");

    let start = Instant::now();
    let pid = process.id().unwrap().to_string();
    assert!(std::process::Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
    let ended = tokio::time::timeout(Duration::from_secs(10), process.wait()).await.unwrap().unwrap();
    assert_eq!(ended.code(), Some(0), "after {:?}", start.elapsed());
    drop(silent);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sandbox_of_its_own_closes_1500_half_sent_heads_and_answers_others_meanwhile() {
    let sandbox = Alone::start(":").await;
    let mut half_sent = Vec::new();
    for _ in 0..1_500 {
        let mut stream = TcpStream::connect(&sandbox.base).await.unwrap();
        stream.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n").await.unwrap();
        half_sent.push(stream);
    }
    let all_sent = Instant::now();
    let stats = forgetful_client().get(format!("http://{}/_sandbox/stats", sandbox.base));
    let answer = stats.timeout(Duration::from_secs(5)).send().await.expect("nothing gets in");
    assert_eq!(answer.status(), 200);
    // A head has ten seconds.
    let patience = Duration::from_secs(12);
    for mut stream in half_sent {
        let left = patience.saturating_sub(all_sent.elapsed());
        let end = tokio::time::timeout(left, stream.read_u8()).await.expect("it is kept for longer");
        assert!(end.is_err(), "it is answered");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_burst_of_clients_waits_in_the_ports_queue() {
    let server = Process::start(&[]).await;
    // It accepts nothing while it is stopped.
    server.signal("STOP").await;
    let mut burst = Vec::new();
    for number in 0..400 {
        // A client that finds the queue full tries again after a second.
        let connected = tokio::time::timeout(Duration::from_millis(900), server.connect()).await;
        burst.push(connected.unwrap_or_else(|_| panic!("the queue is full after {number}")).unwrap());
    }
    server.signal("CONT").await;
    let asked = forgetful_client().get(format!("{}/healthz", server.base)).timeout(Duration::from_secs(5));
    assert_eq!(asked.send().await.unwrap().status(), 200);
}
