//! Silent clients and clients that are too slow lose their connection; clients that are slow but steady are
//! served.

use std::time::{Duration, Instant};

use serde_json::Value;
use server::listening::Timeouts;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{interval, timeout};

use crate::house::{House, TOKEN};
use crate::lists;

const SHORT: Duration = Duration::from_millis(300);
const PATIENCE: Duration = Duration::from_secs(10);

async fn connect(house: &House) -> TcpStream {
    connect_to(&house.base).await
}

async fn connect_to(base: &str) -> TcpStream {
    TcpStream::connect(base.trim_start_matches("http://")).await.unwrap()
}

/// Everything that is received until the server closes the connection.
async fn rest(stream: &mut TcpStream) -> String {
    let mut all = Vec::new();
    // A connection with unread bytes is reset.
    let _ = timeout(PATIENCE, stream.read_to_end(&mut all)).await.expect("the connection is kept for ever");
    String::from_utf8(all).unwrap()
}

/// One answer without a body.
async fn answer(stream: &mut TcpStream) -> String {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(timeout(PATIENCE, stream.read_u8()).await.unwrap().unwrap());
    }
    String::from_utf8(head).unwrap()
}

#[tokio::test]
async fn a_head_that_does_not_come_to_its_end_closes_the_connection() {
    let timeouts = Timeouts { head: SHORT, ..Timeouts::default() };
    let house = House::with_timeouts(&[("TRADEIN_METRICS_ADDR", "127.0.0.1:0")], timeouts).await;
    let mut streams = Vec::new();
    for number in 0..100 {
        // Sometimes at the second address, which allows few connections.
        let base = if number % 20 < 2 { &house.metrics } else { &house.base };
        let mut stream = connect_to(base).await;
        if number % 2 == 0 {
            stream.write_all(b"GET /healthz HTTP/1.1\r\nhost: x\r\n").await.unwrap();
        }
        streams.push(stream);
    }
    for mut stream in streams {
        assert_eq!(rest(&mut stream).await, "");
    }
}

#[tokio::test]
async fn a_head_that_trickles_has_no_more_time_than_others() {
    let timeouts = Timeouts { head: SHORT, ..Timeouts::default() };
    let house = House::with_timeouts(&[], timeouts).await;
    let mut stream = connect(&house).await;
    let start = Instant::now();
    let mut ticks = interval(SHORT / 10);
    while stream.write_all(b"x").await.is_ok() {
        ticks.tick().await;
        assert!(start.elapsed() < PATIENCE, "it may go on for ever");
    }
}

#[tokio::test]
async fn an_idle_connection_is_closed_and_a_further_head_has_its_own_time() {
    let timeouts = Timeouts { keep_alive: SHORT, ..Timeouts::default() };
    let house = House::with_timeouts(&[], timeouts).await;
    let request = b"HEAD /healthz HTTP/1.1\r\nhost: x\r\n\r\n";
    let mut stream = connect(&house).await;
    stream.write_all(request).await.unwrap();
    assert!(answer(&mut stream).await.starts_with("HTTP/1.1 200"));
    // The next head begins at once, and continues after the idle timeout.
    stream.write_all(&request[..8]).await.unwrap();
    assert!(timeout(2 * SHORT, stream.read_u8()).await.is_err(), "it is cut off in its head");
    stream.write_all(&request[8..]).await.unwrap();
    assert!(answer(&mut stream).await.starts_with("HTTP/1.1 200"));
    assert_eq!(rest(&mut stream).await, "");
}

/// A post with a body of that stated length.
fn post(length: usize) -> String {
    format!(
        "POST /api/fn/search HTTP/1.1\r\nhost: x\r\naccept: application/json\r\ncontent-length: {length}\r\n\
         content-type: application/x-www-form-urlencoded\r\n\r\n"
    )
}

#[tokio::test]
async fn a_body_that_does_not_come_is_refused_as_all_errors_are() {
    let timeouts = Timeouts { body: SHORT, ..Timeouts::default() };
    let house = House::with_timeouts(&[], timeouts).await;
    for begun in ["", "merchant=demo&key"] {
        let mut stream = connect(&house).await;
        stream.write_all((post(9_000) + begun).as_bytes()).await.unwrap();
        let answer = rest(&mut stream).await;
        assert!(answer.starts_with("HTTP/1.1 408 ") && answer.contains("x-request-id: "), "{answer}");
        let refusal: Value = serde_json::from_str(answer.split("\r\n\r\n").nth(1).unwrap()).unwrap();
        assert_eq!(refusal["code"], "invalid_input");
    }
}

#[tokio::test]
async fn a_body_that_comes_slowly_but_at_the_least_rate_is_read() {
    let timeouts = Timeouts { body: SHORT, body_rate: 100, ..Timeouts::default() };
    let house = House::with_timeouts(&[], timeouts).await;
    let body = format!("merchant=demo&locale=en&keyword=iphone&note={}", "x".repeat(200));
    let mut stream = connect(&house).await;
    let start = Instant::now();
    stream.write_all(post(body.len()).as_bytes()).await.unwrap();
    let mut ticks = interval(Duration::from_millis(30));
    for part in body.as_bytes().chunks(5) {
        ticks.tick().await;
        stream.write_all(part).await.unwrap();
    }
    assert!(start.elapsed() > 2 * SHORT);
    let answer = answer(&mut stream).await;
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
}

#[tokio::test]
async fn a_client_that_takes_nothing_of_its_answer_is_closed() {
    let timeouts = Timeouts { write: SHORT, ..Timeouts::default() };
    let house = House::with_timeouts(&[], timeouts).await;
    let page = house.page("/widget/demo").await;
    let style = page.split('"').find(|part| part.starts_with("/pkg/") && part.ends_with(".css")).unwrap();
    let mut stream = connect(&house).await;
    // More than the system buffers for a connection.
    let request = format!("GET {style} HTTP/1.1\r\nhost: x\r\n\r\n").repeat(2_000);
    let start = Instant::now();
    let mut ticks = interval(SHORT / 10);
    let _ = timeout(SHORT, stream.write_all(request.as_bytes())).await;
    while !is_closed(&stream) {
        ticks.tick().await;
        assert!(start.elapsed() < PATIENCE, "it is kept for ever");
    }
}

/// Whether the other side has closed the connection.
fn is_closed(stream: &TcpStream) -> bool {
    match stream.try_write(b"x") {
        Ok(_) => false,
        Err(error) => error.kind() != std::io::ErrorKind::WouldBlock,
    }
}

#[tokio::test]
async fn a_stream_of_events_outlasts_all_timeouts() {
    let timeouts =
        Timeouts { head: SHORT, keep_alive: SHORT, body: SHORT, write: SHORT, ..Timeouts::default() };
    let house = House::with_timeouts(&[("TRADEIN_OPERATOR_TOKEN", TOKEN)], timeouts).await;
    house.set(r#"{"latency_ms":1500}"#).await;
    let start = Instant::now();
    let path = lists::start(&house, &lists::list(1)).await;
    // The stream ends when its list does, and not earlier.
    lists::follow(&house, &path).await;
    assert!(start.elapsed() > 3 * SHORT, "{:?}", start.elapsed());
}
