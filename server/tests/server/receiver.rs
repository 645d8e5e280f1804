//! A shop's backend that gets webhooks, on a free port of this machine.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use parking_lot::Mutex;
use serde_json::Value;

/// The secret of the endpoints in these tests.
pub(crate) const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/// A request that arrived.
#[derive(Clone, Debug)]
pub(crate) struct Got {
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) at: Instant,
}

impl Got {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    pub(crate) fn kind(&self) -> String {
        self.json()["type"].as_str().unwrap().to_owned()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers[name].to_str().unwrap()
    }
}

/// How an endpoint answers.
#[derive(Clone, Debug)]
pub(crate) enum Manner {
    /// With this status.
    With(u16),
    /// With this status the first time, and with the other one after that.
    Then(u16, u16),
    /// With a redirect to this address.
    Redirect(String),
    /// With 200 after this time.
    After(Duration),
    /// With 200: the first time never, and after that at once.
    NotAtFirst,
}

#[derive(Clone)]
pub(crate) struct Receiver {
    pub(crate) port: u16,
    got: Arc<Mutex<Vec<Got>>>,
    /// How many requests wait for their answer, and how many did at most.
    at_once: Arc<Mutex<(usize, usize)>>,
    manner: Arc<Manner>,
}

impl Receiver {
    pub(crate) async fn answering(manner: Manner) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (got, at_once) = Default::default();
        let receiver = Self { port, got, at_once, manner: Arc::new(manner) };
        let router = Router::new().fallback(receive).with_state(receiver.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        receiver
    }

    pub(crate) async fn taking_all() -> Self {
        Self::answering(Manner::With(200)).await
    }

    /// Its address, with a path that must not be logged.
    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}/hooks/hush", self.port)
    }

    pub(crate) fn got(&self) -> Vec<Got> {
        self.got.lock().clone()
    }

    /// How many requests waited for their answer at the same time at most.
    pub(crate) fn most_at_once(&self) -> usize {
        self.at_once.lock().1
    }

    /// Waits until this many requests arrived, and returns all.
    pub(crate) async fn wait_for(&self, count: usize) -> Vec<Got> {
        let began = Instant::now();
        loop {
            let got = self.got();
            if got.len() >= count {
                return got;
            }
            assert!(began.elapsed() < Duration::from_secs(20), "{} of {count} arrived", got.len());
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

async fn receive(State(receiver): State<Receiver>, headers: HeaderMap, body: Bytes) -> Response {
    let number = {
        let mut got = receiver.got.lock();
        got.push(Got { headers, body, at: Instant::now() });
        got.len()
    };
    let status = |code: u16| StatusCode::from_u16(code).unwrap().into_response();
    match &*receiver.manner {
        Manner::With(code) => status(*code),
        Manner::Then(first, later) => status(if number == 1 { *first } else { *later }),
        Manner::Redirect(to) => {
            (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, to.clone())]).into_response()
        }
        Manner::After(time) => {
            {
                let mut at_once = receiver.at_once.lock();
                *at_once = (at_once.0 + 1, at_once.1.max(at_once.0 + 1));
            }
            tokio::time::sleep(*time).await;
            receiver.at_once.lock().0 -= 1;
            StatusCode::OK.into_response()
        }
        Manner::NotAtFirst if number == 1 => std::future::pending().await,
        Manner::NotAtFirst => StatusCode::OK.into_response(),
    }
}

/// Settings of the merchant `demo` with these endpoints.
pub(crate) fn settings(urls: &[String]) -> String {
    let mut text = "[[merchants]]\nid = \"demo\"\nname = \"Demo\"\n".to_owned();
    for url in urls {
        text += &format!("[[merchants.webhooks]]\nurl = \"{url}\"\nsecret_env = \"DEMO_WEBHOOK\"\n");
    }
    text
}
