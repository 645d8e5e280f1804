//! Connections: which are kept and for how long, and the error if one cannot be opened.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use aihuishou::{
    Account, AppSecret, Attempt, CallErrorKind, Cause, Client, Profile, Proxy, Route, Unreached,
};
use domain::{QuoteForm, QuoteRequest};
use provider::Refusal;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::time::Instant;

const ANSWER: &str = r#"{"code":0,"msg":"ok","data":{"price_info":{"final_price":"100"}}}"#;

fn request() -> QuoteRequest {
    let form = QuoteForm {
        device_type: "手机".into(),
        brand: "苹果".into(),
        model: "iPhone 14 Pro".into(),
        storage: "256GB".into(),
        condition: "九成新".into(),
        function_status: "正常".into(),
        ..QuoteForm::default()
    };
    form.parse().unwrap()
}

fn attempt() -> Attempt {
    Attempt { at: "2025-12-30T06:00:00Z".parse().unwrap(), timeout: Duration::from_secs(20) }
}

fn client(base: &str, route: Route) -> Client {
    let account = Account::new("AHS2025TEST", AppSecret::new("hush-hush-hush").unwrap()).unwrap();
    Client::by(route, account, Profile::v2(base).unwrap()).unwrap()
}

/// Reads one request to its end, and answers it.
async fn answer(asker: &mut TcpStream) {
    let mut question = Vec::new();
    while !question.windows(5).any(|window| window == b"sign=") {
        assert!(asker.read_buf(&mut question).await.unwrap() > 0);
    }
    let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", ANSWER.len());
    asker.write_all(format!("{head}{ANSWER}").as_bytes()).await.unwrap();
}

#[tokio::test]
async fn an_idle_connection_ends_before_balancers_forget_it() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let (tell, ended) = oneshot::channel();
    tokio::spawn(async move {
        let (mut asker, _) = listener.accept().await.unwrap();
        answer(&mut asker).await;
        let mut more = Vec::new();
        while asker.read_buf(&mut more).await.unwrap() > 0 {}
        tell.send(()).unwrap();
    });
    let client = client(&base, Route::default());
    client.inquire(&request(), attempt()).await.unwrap();
    // From here on, the test's clock runs forward whenever nothing else happens.
    tokio::time::pause();
    let start = Instant::now();
    ended.await.unwrap();
    let kept = start.elapsed();
    assert!(kept > Duration::from_secs(10) && kept < Duration::from_secs(50), "{kept:?}");
    // The client is dropped only now, so the pool had closed the connection by itself.
    drop(client);
}

/// A partner that answers, or closes the connection as soon as a request is complete.
#[derive(Default)]
struct Fickle {
    hangs_up: AtomicBool,
    /// How many connections were made, and how many are open.
    accepted: AtomicUsize,
    open: AtomicUsize,
    /// The number of the connection with the last request.
    last: AtomicUsize,
}

impl Fickle {
    async fn serve(self: Arc<Self>, listener: TcpListener) {
        while let Ok((asker, _)) = listener.accept().await {
            let number = self.accepted.fetch_add(1, Ordering::SeqCst);
            self.open.fetch_add(1, Ordering::SeqCst);
            let own = Arc::clone(&self);
            tokio::spawn(async move {
                own.answer_all(number, asker).await;
                own.open.fetch_sub(1, Ordering::SeqCst);
            });
        }
    }

    async fn answer_all(&self, number: usize, mut asker: TcpStream) {
        while let Ok(1..) = asker.peek(&mut [0]).await {
            self.last.store(number, Ordering::SeqCst);
            if self.hangs_up.load(Ordering::SeqCst) {
                return;
            }
            answer(&mut asker).await;
        }
    }
}

#[tokio::test]
async fn when_one_connection_fails_no_other_of_its_time_is_used_again() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let client = client(&format!("http://{}", listener.local_addr().unwrap()), Route::default());
    let partner = Arc::new(Fickle::default());
    tokio::spawn(Arc::clone(&partner).serve(listener));
    let request = request();
    let ask = || client.inquire(&request, attempt());
    let (one, other) = tokio::join!(ask(), ask());
    assert!(one.is_ok() && other.is_ok());
    partner.hangs_up.store(true, Ordering::SeqCst);
    let kind = ask().await.unwrap_err().kind;
    assert!(matches!(kind, CallErrorKind::BrokenOff(_)), "{kind:?}");
    assert!(Refusal::from(kind).was_sent(), "the question came through");

    partner.hangs_up.store(false, Ordering::SeqCst);
    let before = partner.accepted.load(Ordering::SeqCst);
    assert!(before > 1, "more than one was kept");
    assert!(ask().await.is_ok());
    assert!(partner.last.load(Ordering::SeqCst) >= before, "a new one");
    while partner.open.load(Ordering::SeqCst) > 1 {
        tokio::task::yield_now().await;
    }
}

async fn unreached(base: &str, route: Route) -> Unreached {
    let error = client(base, route).inquire(&request(), attempt()).await.unwrap_err();
    assert!(!Refusal::from(error.kind.clone()).was_sent(), "{error:?}");
    match error.kind {
        CallErrorKind::NoConnection(unreached) => unreached,
        other => panic!("{other:?}"),
    }
}

/// The address of a port on this machine where nothing listens.
async fn closed() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    listener.local_addr().unwrap().to_string()
}

#[tokio::test]
async fn each_cause_is_told_apart_with_the_libraries_words() {
    let refused = unreached(&format!("http://{}", closed().await), Route::default()).await;
    assert_eq!(refused.cause, Cause::Refused);
    assert!(refused.chain.contains("Connection refused (os error 111)"), "{refused}");
    assert!(!refused.chain.contains("hush"), "{refused}");

    // A label with more than 63 letters is not a valid name, so no name server is asked. TLS would refuse it
    // first, so a proxy is used.
    let nameless = Proxy::parse(&format!("{}.example:1", "a".repeat(64))).unwrap();
    let nameless = Route { proxy: Some(nameless), ..Route::default() };
    assert_eq!(unreached("https://partner.test", nameless).await.cause, Cause::NoSuchName);

    // The kernel refuses to connect to this address in any network.
    let nowhere = unreached("https://255.255.255.255", Route::default()).await;
    assert_eq!(nowhere.cause, Cause::NoRoute, "{nowhere}");

    // It accepts connections and never answers.
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = silent.local_addr().unwrap();
    let hasty = Route { connect_within: Duration::from_millis(100), ..Route::default() };
    assert_eq!(unreached(&format!("https://{address}"), hasty).await.cause, Cause::TimedOut);

    let plain = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("https://{}", plain.local_addr().unwrap());
    let speaks = async {
        let (mut asker, _) = plain.accept().await.unwrap();
        asker.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await.unwrap();
        asker
    };
    let (plain, _open) = tokio::join!(unreached(&base, Route::default()), speaks);
    assert_eq!(plain.cause, Cause::Tls, "{plain}");
}

#[tokio::test]
async fn a_proxy_is_named_and_its_password_is_not() {
    let through = |address: &str| {
        let proxy = Proxy::parse(&format!("http://user:pass-word@{address}")).unwrap();
        Route { proxy: Some(proxy), ..Route::default() }
    };
    let closed = closed().await;
    let refused = unreached("https://partner.test", through(&closed)).await;
    assert_eq!(
        (refused.cause, refused.proxy.as_deref()),
        (Cause::Refused, Some(&*format!("http://{closed}")))
    );

    let proxy = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = proxy.local_addr().unwrap().to_string();
    let refuses = async {
        let (mut asker, _) = proxy.accept().await.unwrap();
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            assert!(asker.read_buf(&mut head).await.unwrap() > 0);
        }
        asker.write_all(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n").await.unwrap();
        (String::from_utf8(head).unwrap(), asker)
    };
    let (refused, (head, _open)) =
        tokio::join!(unreached("https://partner.test", through(&address)), refuses);
    assert_eq!(refused.cause, Cause::ProxyRefused, "{refused}");
    assert!(head.starts_with("CONNECT partner.test:443 ") && head.contains("asic "), "{head}");
    let told = format!("{refused} {refused:?}");
    assert!(told.contains("authorization required") && !told.contains("pass-word"), "{told}");
}
