//! `docs/provider-openapi.json` and `docs/providers.md` say what the code does.

use std::fs;
use std::path::Path;

use domain::{QuoteForm, Term as _};
use http_provider::{Code, QuoteAnswer, description_faults, judge, quote_faults, search_faults};
use jiff::Timestamp;
use provider::{Refusal, SearchRequest};
use serde_json::Value;
use webhook_signing::{SignedHeaders, WebhookSecret};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::house::{attempt, client, device};

fn file(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs").join(name)).unwrap()
}

fn document() -> Value {
    serde_json::from_str(&file("provider-openapi.json")).unwrap()
}

/// The example of a call's answer with status 200.
fn answer(document: &Value, path: &str, method: &str) -> Value {
    document["paths"][path][method]["responses"]["200"]["content"]["application/json"]["example"].clone()
}

#[tokio::test]
async fn the_requests_in_the_document_are_those_that_are_sent() {
    let document = document();
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(ResponseTemplate::new(500)).mount(&server).await;
    let client = client(&server.uri());
    let (known, unknown) = (device("iPhone 14 Pro"), device("iPhone 99"));
    let _ = client.quote(&known, attempt()).await;
    let _ = client.quotes(&[known, unknown], attempt()).await;
    let keyword = domain::PlainText::parse("iphone 14").ok();
    let search = SearchRequest { keyword, device_type: Some(domain::Category::Phone), brand: None };
    let _ = client.search(&search, attempt()).await;
    let received = server.received_requests().await.unwrap();
    assert_eq!(received.len(), 3);
    for request in received {
        let call = &document["paths"][request.url.path()]["post"];
        let example = &call["requestBody"]["content"]["application/json"]["example"];
        assert_eq!(&request.body_json::<Value>().unwrap(), example, "{}", request.url.path());
        let named = |name: &str| document["components"]["parameters"][name]["name"].clone();
        for header in ["Id", "Timestamp", "Signature"].map(named) {
            assert!(request.headers.contains_key(header.as_str().unwrap()), "{header}");
        }
    }
}

#[test]
fn the_answers_in_the_document_are_read_without_a_fault() {
    let document = document();
    assert_eq!(description_faults(&answer(&document, "/", "get")), []);
    assert_eq!(search_faults(&answer(&document, "/search", "post")), []);
    let quote = answer(&document, "/quote", "post");
    assert_eq!(quote_faults(&quote), []);
    let judged = |item: &Value, model| {
        judge(serde_json::from_value::<QuoteAnswer>(item.clone()).unwrap(), &device(model))
    };
    assert_eq!(judged(&quote, "iPhone 14 Pro").unwrap().price.final_price().fen(), 450_000);
    let items = answer(&document, "/quotes", "post")["items"].clone();
    assert!(judged(&items[0], "iPhone 14 Pro").is_ok());
    assert_eq!(judged(&items[1], "iPhone 99"), Err(Refusal::ModelUnknown(String::new())));
}

#[test]
fn the_lists_in_the_document_are_those_of_the_code() {
    let document = document();
    let schemas = &document["components"]["schemas"];
    let words = |list: &Value| -> Vec<String> { serde_json::from_value(list.clone()).unwrap() };
    assert_eq!(words(&schemas["Code"]["enum"]), Code::ALL.map(Code::word));
    let device = &schemas["Device"]["properties"];
    let categories: Vec<_> = domain::Category::ALL.iter().map(|it| it.word()).collect();
    assert_eq!(words(&device["device_type"]["enum"]), categories);
    let grades: Vec<_> = domain::Grade::ALL.iter().map(|it| it.word()).collect();
    assert_eq!(words(&device["condition"]["enum"]), grades);
    for code in Code::ALL {
        let quote = &document["paths"]["/quote"]["post"]["responses"][code.status().to_string()];
        let name = quote["$ref"].as_str().unwrap().rsplit('/').next().unwrap();
        let content = &document["components"]["responses"][name]["content"]["application/problem+json"];
        assert_eq!(content["example"]["code"], code.word());
    }
}

#[test]
fn the_worked_signature_in_the_docs_is_the_one_that_is_sent() {
    for name in ["providers.md", "providers.zh-CN.md"] {
        let text = file(name);
        let (_, block) = text.split_once("```text\nsecret").expect(name);
        let block = format!("secret{}", block.split_once("```").unwrap().0);
        let value = |name: &str| -> String {
            let line = block.lines().find_map(|line| line.strip_prefix(name));
            line.expect(name).trim().to_owned()
        };
        let at = Timestamp::from_second(value("webhook-timestamp").parse().unwrap()).unwrap();
        let secret = WebhookSecret::parse(&value("secret")).unwrap();
        let body = value("body");
        let headers = SignedHeaders::new(value("webhook-id"), at, body.as_bytes(), &[secret]).unwrap();
        assert_eq!(headers.pairs()[2].1, value("webhook-signature"), "{name}");
        let device: Value = serde_json::from_str(&body).unwrap();
        let form = serde_json::json!({
            "device_type": device["device"]["device_type"], "brand": device["device"]["brand"],
            "model": device["device"]["model"], "storage": device["device"]["storage"],
            "condition": device["device"]["condition"], "function_status": device["device"]["function_status"],
        });
        assert!(serde_json::from_value::<QuoteForm>(form).unwrap().parse().is_ok());
        for code in Code::ALL {
            assert!(text.contains(code.word()) && text.contains(&code.status().to_string()), "{name}");
        }
    }
}
