//! Test vectors for the partner's answers: each goes from the wire to the quote, or to the failure that a
//! shopper gets.

use std::sync::atomic::{AtomicUsize, Ordering};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use domain::{Failure, QuoteForm};
use serde_json::{Value, json};
use wiremock::matchers::method;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use crate::house::{House, Settings};

fn cases() -> Value {
    serde_json::from_str(include_str!("../../../aihuishou/tests/data/answers.json")).unwrap()
}

fn response(answer: &Value) -> ResponseTemplate {
    let body = match (answer["body"].as_str(), answer["body_base64"].as_str()) {
        (Some(text), _) => text.as_bytes().to_vec(),
        (None, Some(encoded)) => BASE64_STANDARD.decode(encoded).unwrap(),
        (None, None) => Vec::new(),
    };
    let status: u16 = answer["status"].as_u64().unwrap().try_into().unwrap();
    let mut response = ResponseTemplate::new(status).set_body_bytes(body);
    for (name, value) in answer["headers"].as_object().into_iter().flatten() {
        response = response.insert_header(name.as_str(), value.as_str().unwrap());
    }
    response
}

/// The result of a case: the contract's quote or the failure's code, the requests that were made, and what
/// was sent.
async fn outcome(case: &Value, question: &Value) -> (Result<Value, Failure>, Vec<Request>, Vec<String>) {
    let partner = MockServer::start().await;
    let answers: Vec<ResponseTemplate> = case["answers"].as_array().unwrap().iter().map(response).collect();
    let next = AtomicUsize::new(0);
    let answer = move |_: &Request| {
        let number = next.fetch_add(1, Ordering::SeqCst).min(answers.len() - 1);
        answers[number].clone()
    };
    Mock::given(method("POST")).respond_with(answer).mount(&partner).await;
    let house = House::asking(&format!("{}/api/v2", partner.uri()), Settings::default()).await;
    let form: QuoteForm = serde_json::from_value(question.clone()).unwrap();
    let answer = match form.parse() {
        Ok(request) => house.desk.quote(request).await.map(|quote| serde_json::to_value(&*quote).unwrap()),
        Err(failure) => Err(failure),
    };
    house.desk.all_recorded().await;
    (answer, partner.received_requests().await.unwrap(), house.attempts().await)
}

/// What a case produced for a field that it expects something of.
fn found(name: &str, quote: &Value, calls: usize) -> Value {
    let ways = |key: &str| quote["recycle"].as_array().unwrap().iter().map(|way| way[key].clone()).collect();
    match name {
        "final" | "consistent" => quote["price"][name].clone(),
        // Written with at least two decimals.
        "condition_discount" => json!(quote["price"][name].as_str().unwrap().trim_end_matches('0')),
        "condition_score" => quote["device"][name].clone(),
        "types" => ways("type"),
        "store_distance_km" => {
            let distances: Value = ways(name);
            distances.as_array().unwrap().iter().find(|it| !it.is_null()).cloned().unwrap_or_default()
        }
        "calls" => json!(calls),
        _ => quote[name].clone(),
    }
}

fn holds(expected: &Value, answer: &Result<Value, Failure>, sent: &[Request], outcomes: &[String]) -> bool {
    expected.as_object().unwrap().iter().all(|(name, expected)| match (name.as_str(), answer) {
        ("one_of", _) => expected.as_array().unwrap().iter().any(|one| holds(one, answer, sent, outcomes)),
        ("code", Err(failure)) => failure.code() == expected,
        ("code", Ok(_)) => false,
        ("cause", _) => outcomes.iter().all(|outcome| outcome == expected.as_str().unwrap()),
        ("sent", _) => {
            let fields: Vec<(String, String)> =
                url::form_urlencoded::parse(&sent[0].body).into_owned().collect();
            expected.as_object().unwrap().iter().all(|(name, value)| {
                fields.iter().any(|(sent, with)| sent == name && with == value.as_str().unwrap())
            })
        }
        ("recycle", Ok(quote)) => expected.as_array().unwrap().iter().all(|way| {
            let fits =
                |found: &Value| way.as_object().unwrap().iter().all(|(key, value)| found[key] == *value);
            quote["recycle"].as_array().unwrap().iter().any(fits)
        }),
        (name, Ok(quote)) => found(name, quote, sent.len()) == *expected,
        (_, Err(_)) => false,
    })
}

#[tokio::test]
async fn every_worked_answer_becomes_what_it_should() {
    let cases = cases();
    let all = cases["cases"].as_array().unwrap();
    assert_eq!(all.len(), 26);
    let mut wrong = Vec::new();
    for case in all {
        let question = case.get("question").unwrap_or(&cases["question"]);
        let (answer, sent, outcomes) = outcome(case, question).await;
        if !holds(&case["expect"], &answer, &sent, &outcomes) {
            wrong.push(format!("{}: expected {}, got {answer:?}", case["name"], case["expect"]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
