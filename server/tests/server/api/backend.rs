//! A shop's backend, which calls the API.

use std::sync::Arc;

use checkout::{Checkout, Deps, KeyRing, Setup};
use domain::Moment;
use jiff::Timestamp;
use records::Records;
use reqwest::header::HeaderMap;
use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};

use crate::house::{House, client};

/// The fixed key of the merchant `demo` in a sandbox.
pub(crate) const DEMO: &str = "tik_test_demo";

/// A shop's backend with its key.
#[derive(Clone)]
pub(crate) struct Backend {
    http: Client,
    base: String,
    key: String,
}

/// An answer, whose body is JSON.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) json: Value,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Checks that this is a problem with that status and code, in the one shape.
    pub(crate) fn is_problem(&self, status: u16, code: &str) {
        assert_eq!((self.status, &self.json["code"]), (status, &json!(code)), "{}", self.json);
        assert_eq!(self.header("content-type"), "application/problem+json");
        assert_eq!(self.header("cache-control"), "no-store");
        assert_eq!(self.json["status"], status);
        assert_eq!(self.json["request_id"], self.header("x-request-id"));
        for text in ["type", "title", "detail"] {
            assert!(!self.json[text].as_str().unwrap().is_empty(), "{text}");
        }
    }

    /// The names of the invalid fields.
    pub(crate) fn fields(&self) -> Vec<&str> {
        self.json["fields"].as_array().unwrap().iter().map(|it| it["field"].as_str().unwrap()).collect()
    }
}

impl Backend {
    /// The demo shop's backend.
    pub(crate) fn of(house: &House) -> Self {
        Self::at(&house.base, DEMO)
    }

    /// A backend with that key.
    pub(crate) fn at(base: &str, key: &str) -> Self {
        Self { http: client(), base: format!("{base}/api/v1"), key: key.to_owned() }
    }

    /// A request to be changed before it is sent.
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.base)).bearer_auth(&self.key)
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        sent(self.request(Method::GET, path)).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        sent(self.request(Method::POST, path).json(body)).await
    }

    /// Posts with an `Idempotency-Key`.
    pub(crate) async fn post_once(&self, key: &str, path: &str, body: &Value) -> Answer {
        sent(self.request(Method::POST, path).header("idempotency-key", key).json(body)).await
    }

    /// Asks for the price of a phone.
    pub(crate) async fn quote(&self, model: &str) -> Value {
        let answer = self.post("/quotes", &phone(model)).await;
        assert_eq!(answer.status, 201, "{}", answer.json);
        answer.json
    }

    /// A new offer for a phone.
    pub(crate) async fn offer(&self) -> Value {
        let quote = self.quote("iPhone 14 Pro").await;
        let answer = self.post("/offers", &json!({ "quote_id": quote["id"] })).await;
        assert_eq!(answer.status, 201, "{}", answer.json);
        answer.json
    }

    /// Redeems an offer for an order, with the offer's own amount.
    pub(crate) async fn redeem(&self, offer: &Value, order: &str) -> Answer {
        self.post(&path(offer, "redeem"), &redemption(offer, order)).await
    }
}

/// The path of an offer's command.
pub(crate) fn path(offer: &Value, command: &str) -> String {
    format!("/offers/{}/{command}", offer["id"].as_str().unwrap())
}

/// The body that redeems an offer.
pub(crate) fn redemption(offer: &Value, order: &str) -> Value {
    json!({ "order_id": order, "amount": offer["amount"], "currency": "CNY" })
}

/// A sound phone of that model.
pub(crate) fn phone(model: &str) -> Value {
    json!({
        "device_type": "手机", "brand": "苹果", "model": model, "storage": "256GB", "condition": "九成新",
        "function_status": "正常",
    })
}

/// Sends a request.
pub(crate) async fn sent(request: RequestBuilder) -> Answer {
    let answer = request.send().await.unwrap();
    let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
    let text = answer.text().await.unwrap();
    let json = serde_json::from_str(&text).unwrap_or_else(|_| panic!("{status} without JSON: {text}"));
    Answer { status, headers, json }
}

/// The checkout on the records at `url`, as the operator's command line opens it.
pub(crate) async fn checkout(url: &str, sandbox: bool) -> Checkout {
    let deps = Deps { clock: Arc::new(Timestamp::now), random: Arc::new(uniq) };
    let keys = KeyRing::generate([1; 32], [2; 32], Moment::new(Timestamp::now()));
    let setup = Setup { issuer: "http://x".into(), sandbox, keys, endpoints: Vec::new() };
    Checkout::new(Records::open(url).await.unwrap(), setup, deps)
}

fn uniq() -> u128 {
    use std::sync::atomic::{AtomicU64, Ordering};
    static NEXT: AtomicU64 = AtomicU64::new(1);
    u128::from(NEXT.fetch_add(1, Ordering::Relaxed)) << 60
}

impl Answer {
    /// Checks that another order holds the offer. The request's id is that of the first request with this key.
    pub(crate) fn is_conflict(&self) {
        assert_eq!((self.status, &self.json["code"]), (409, &json!("already_redeemed")), "{}", self.json);
    }
}
