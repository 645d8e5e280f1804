//! A buyer's service as wiremock plays it, right or with one flaw.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use standardwebhooks::Webhook;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate};

use crate::flaw::Flaw;
use crate::house::SECRET;

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
                Flaw::NoMany => answer(&json!({ "contract": 1, "name": "Buyer" })),
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
            "/buyer/search" => answer(&self.found(&body)),
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
        let header = |name| {
            let value = request.headers.get(name).and_then(|value| value.to_str().ok());
            value.unwrap_or_default().to_owned()
        };
        let at = || header("webhook-timestamp").parse().unwrap_or_default();
        match self.0 {
            Flaw::NotVerified => true,
            Flaw::SearchNotVerified if request.url.path() == "/buyer/search" => true,
            Flaw::FutureNotVerified if at() > Timestamp::now().as_second() => {
                let signature = webhook.sign(&header("webhook-id"), at(), &request.body).unwrap();
                header("webhook-signature").split(' ').any(|one| one == signature)
            }
            Flaw::TimeNotVerified => {
                let signature = webhook.sign(&header("webhook-id"), at(), &request.body).unwrap();
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

    /// The models that fit a search.
    fn found(&self, search: &Value) -> Value {
        let mut catalogue = self.catalogue();
        let keyword = search["keyword"].as_str().unwrap();
        let fits = |item: &Value| {
            let text = |name: &str| item[name].as_str().unwrap_or_default().to_owned();
            let name = match self.0 {
                Flaw::NoBrandInKeyword => text("model"),
                _ => format!("{} {}", text("brand"), text("model")),
            };
            let has_name = match self.0 {
                Flaw::AnyKeyword => true,
                Flaw::LetterCase => name.contains(keyword),
                _ => name.to_lowercase().contains(&keyword.to_lowercase()),
            };
            let kind = &search["device_type"];
            has_name && (kind.is_null() || *kind == item["device_type"] || self.0 == Flaw::AnyKind)
        };
        if let Some(items) = catalogue["items"].as_array_mut() {
            items.retain(fits);
        }
        catalogue
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
        let (faults, condition) =
            (device["function_status"].as_str().unwrap(), device["condition"].as_str().unwrap());
        match self.0 {
            Flaw::HtmlError => {
                return ResponseTemplate::new(500).set_body_raw("<html>oops</html>", "text/html");
            }
            Flaw::GradesCrash if condition == "七成新" => return ResponseTemplate::new(500),
            Flaw::RefusesWith200 if faults != "正常" => return problem(200, "not_accepted"),
            Flaw::FaultsAs404 if faults != "正常" => return problem(404, "not_accepted"),
            Flaw::FaultsNotKnown if faults != "正常" => return problem(404, "model_unknown"),
            Flaw::FaultsWithBrackets if faults.contains("音量键") => return problem(422, "not_accepted"),
            Flaw::LetterGrades if !["B", "C"].contains(&condition) => return problem(422, "not_accepted"),
            Flaw::OwnWordsAsSound => {}
            _ if faults.contains("自动关机") => return problem(422, "not_accepted"),
            _ => {}
        }
        let item = self.item(device);
        match (self.0, item.get("code")) {
            (Flaw::RefusesWith200, Some(_)) => problem(200, "model_unknown"),
            (Flaw::OtherCode, Some(_)) => problem(404, "not_accepted"),
            (_, Some(_)) => problem(404, "model_unknown"),
            (Flaw::NotJson, None) => ResponseTemplate::new(200).set_body_string("4500 yuan"),
            (Flaw::Html, None) => ResponseTemplate::new(200).set_body_string("<html>Sign in</html>"),
            (Flaw::Redirect, None) => ResponseTemplate::new(302).insert_header("location", "/elsewhere"),
            (Flaw::KeyTwice, None) => {
                let twice = item.to_string().replace("\"final\":450000", "\"final\":450000,\"final\":0");
                ResponseTemplate::new(200).set_body_string(twice)
            }
            // The faults and the other grades are quick, so the test is.
            (Flaw::Slow, None) if condition == "九成新" && faults == "正常" => {
                answer(&item).set_delay(Duration::from_millis(1600))
            }
            (Flaw::Silent, None) => answer(&item).set_delay(Duration::from_secs(60)),
            (_, None) => answer(&item),
        }
    }

    fn price(&self, device: &Value) -> Value {
        let share = match device["condition"].as_str().unwrap() {
            "全新" => 100,
            "九五新" => 95,
            "七成新" if self.0 == Flaw::GradesDearer => 120,
            "九成新" | "B" => 90,
            _ => 80,
        };
        let faults = device["function_status"].as_str().unwrap().matches("故障").count();
        let faults =
            i64::try_from(faults).unwrap() * if self.0 == Flaw::FaultsDearer { 5_000 } else { -5_000 };
        let (base, price) = (500_000, 5_000 * share + faults);
        let until = Timestamp::now() + SignedDuration::from_hours(24);
        let mut answer = json!({
            "device": device,
            "price": {
                "currency": "CNY",
                "final": price,
                "base": base,
                "steps": [{ "label": { "zh-CN": "成色", "en": "Condition" }, "amount": price - base }],
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
