//! A buyer's service as wiremock plays it, right or with one flaw.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use standardwebhooks::Webhook;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate};

use crate::house::SECRET;

/// What is wrong with the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flaw {
    None,
    NoDescription,
    OtherContract,
    EmptyCatalogue,
    SearchWithoutSizes,
    NotJson,
    Html,
    PriceAsText,
    Yuan,
    NoFinal,
    OtherCurrency,
    AboveBase,
    SumOff,
    StepsWithoutBase,
    LabelInOneLanguage,
    AnotherModel,
    AnotherGrade,
    NoDevice,
    OddWay,
    Expired,
    NoOffset,
    KeyTwice,
    Redirect,
    TooFewItems,
    ItemsSwapped,
    NotVerified,
    BodyNotVerified,
    TimeNotVerified,
    FirstSignatureOnly,
    RefusedWith403,
    RefusedAsPlainJson,
    SimilarModel,
    OtherCode,
    CrashesOnMalformed,
    Slow,
}

/// The service on a free port.
pub(crate) async fn start(flaw: Flaw) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(Service(flaw)).mount(&server).await;
    server
}

struct Service(Flaw);

impl Respond for Service {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let flaw = self.0;
        if request.method.as_str() == "GET" {
            return match flaw {
                Flaw::NoDescription => ResponseTemplate::new(404),
                Flaw::OtherContract => answer(&json!({ "contract": 2, "name": "Buyer" })),
                _ => answer(&json!({ "contract": 1, "name": "Buyer", "many": 50 })),
            };
        }
        if !self.is_signed(request) {
            return match flaw {
                Flaw::RefusedWith403 => problem(403, "unauthorized"),
                Flaw::RefusedAsPlainJson => {
                    ResponseTemplate::new(401).set_body_json(json!({ "code": "unauthorized" }))
                }
                _ => problem(401, "unauthorized"),
            };
        }
        let Ok(body) = serde_json::from_slice::<Value>(&request.body) else { return self.malformed() };
        match request.url.path() {
            "/buyer/search" => answer(&self.catalogue()),
            "/buyer/quote" if !body["device"]["model"].is_string() => self.malformed(),
            "/buyer/quote" => self.quote(&body["device"]),
            "/buyer/quotes" => answer(&json!({ "items": self.items(&body["devices"]) })),
            _ => ResponseTemplate::new(404),
        }
    }
}

impl Service {
    fn is_signed(&self, request: &Request) -> bool {
        let webhook = Webhook::new(SECRET).unwrap();
        let mut headers = request.headers.clone();
        match self.0 {
            Flaw::NotVerified => true,
            Flaw::TimeNotVerified => {
                let header =
                    |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
                let at = header("webhook-timestamp").parse().unwrap_or_default();
                let signature = webhook.sign(header("webhook-id"), at, &request.body).unwrap();
                header("webhook-signature").split(' ').any(|one| one == signature)
            }
            Flaw::FirstSignatureOnly => {
                let signatures = headers.get("webhook-signature").map(|all| all.to_str().unwrap().to_owned());
                let first = signatures.unwrap_or_default().split(' ').next().unwrap().to_owned();
                headers.insert("webhook-signature", first.parse().unwrap());
                webhook.verify(&request.body, &headers).is_ok()
            }
            Flaw::BodyNotVerified => {
                let trimmed = request.body.trim_ascii_end();
                webhook.verify(trimmed, &headers).is_ok()
            }
            _ => webhook.verify(&request.body, &headers).is_ok(),
        }
    }

    fn malformed(&self) -> ResponseTemplate {
        if self.0 == Flaw::CrashesOnMalformed {
            ResponseTemplate::new(500)
        } else {
            problem(400, "malformed")
        }
    }

    fn catalogue(&self) -> Value {
        let item = json!({
            "device_type": "手机", "brand": "苹果", "model": "iPhone 14 Pro", "storages": ["256GB"], "rams": [],
        });
        match self.0 {
            Flaw::EmptyCatalogue => json!({ "items": [] }),
            Flaw::SearchWithoutSizes => {
                json!({ "items": [{ "device_type": "手机", "model": "iPhone 14 Pro" }] })
            }
            _ => json!({ "items": [item] }),
        }
    }

    fn items(&self, devices: &Value) -> Vec<Value> {
        let mut items: Vec<Value> =
            devices.as_array().unwrap().iter().map(|device| self.item(device)).collect();
        match self.0 {
            Flaw::TooFewItems => drop(items.pop()),
            Flaw::ItemsSwapped => items.swap(0, 1),
            _ => {}
        }
        items
    }

    fn item(&self, device: &Value) -> Value {
        let is_known = device["model"] == "iPhone 14 Pro" || self.0 == Flaw::SimilarModel;
        if is_known { self.price(device) } else { json!({ "code": "model_unknown" }) }
    }

    fn quote(&self, device: &Value) -> ResponseTemplate {
        let item = self.item(device);
        match (self.0, item.get("code")) {
            (Flaw::OtherCode, Some(_)) => problem(404, "not_accepted"),
            (_, Some(_)) => problem(404, "model_unknown"),
            (Flaw::NotJson, None) => ResponseTemplate::new(200).set_body_string("4500 yuan"),
            (Flaw::Html, None) => ResponseTemplate::new(200).set_body_string("<html>Sign in</html>"),
            (Flaw::Redirect, None) => ResponseTemplate::new(302).insert_header("location", "/elsewhere"),
            (Flaw::KeyTwice, None) => {
                let twice = item.to_string().replace("\"final\":450000", "\"final\":450000,\"final\":0");
                ResponseTemplate::new(200).set_body_string(twice)
            }
            (Flaw::Slow, None) => answer(&item).set_delay(Duration::from_millis(1600)),
            (_, None) => answer(&item),
        }
    }

    fn price(&self, device: &Value) -> Value {
        let until = Timestamp::now() + SignedDuration::from_hours(24);
        let mut answer = json!({
            "device": device,
            "price": {
                "currency": "CNY",
                "final": 450_000,
                "base": 500_000,
                "steps": [{ "label": { "zh-CN": "成色", "en": "Condition" }, "amount": -50_000 }],
            },
            "recycle": [{ "type": "mail", "store_distance_km": null, "door_time_window": null }],
            "quality_check": ["外观"],
            "valid_until": domain::Moment::new(until),
        });
        let price = &mut answer["price"];
        match self.0 {
            Flaw::PriceAsText => price["final"] = json!("450000"),
            Flaw::Yuan => price["final"] = json!(4500.5),
            Flaw::NoFinal => price["final"] = Value::Null,
            Flaw::OtherCurrency => price["currency"] = json!("USD"),
            Flaw::AboveBase => price["base"] = json!(4500),
            Flaw::SumOff => price["steps"][0]["amount"] = json!(-40_000),
            Flaw::StepsWithoutBase => price["base"] = Value::Null,
            Flaw::LabelInOneLanguage => price["steps"][0]["label"] = json!({ "en": "Condition" }),
            Flaw::AnotherModel => answer["device"]["model"] = json!("iPhone 14 Pro Max"),
            Flaw::AnotherGrade => answer["device"]["condition"] = json!("七成新"),
            Flaw::NoDevice => answer["device"] = Value::Null,
            Flaw::OddWay => answer["recycle"][0]["type"] = json!("drone"),
            Flaw::Expired => answer["valid_until"] = json!("2025-01-01T00:00:00+08:00"),
            Flaw::NoOffset => answer["valid_until"] = json!("2099-01-01 00:00:00"),
            _ => {}
        }
        answer
    }
}

fn answer(body: &Value) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(body)
}

fn problem(status: u16, code: &str) -> ResponseTemplate {
    ResponseTemplate::new(status)
        .set_body_raw(json!({ "code": code }).to_string(), "application/problem+json; charset=utf-8")
}
