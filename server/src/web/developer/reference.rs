//! `/docs/api`: the reference of the API, from its OpenAPI document.

use app::developer::api::draw_page;
use app::developer::described::{ApiField, ApiPage, Call};
use app::parts::frame::FrameFields;
use axum::extract::{Extension, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use desk::Desk;
use serde_json::{Map, Value, json};

use crate::web::api;
use crate::web::edge::request_id::RequestId;
use crate::web::site::Site;
use crate::web::visit::Visit;

/// `GET /docs/api`
pub(in crate::web) async fn show(
    State(site): State<Site>,
    State(desk): State<Desk>,
    Extension(id): Extension<RequestId>,
    Query(frame): Query<FrameFields>,
    headers: HeaderMap,
) -> Response {
    let visit = Visit::new(&site, &desk, &headers, &frame, id);
    let address = format!("{}{}", site.public_origin(&headers), api::PATH);
    let document = serde_json::to_value(api::document()).unwrap_or_default();
    let text = draw_page(&visit.setting, &page(&document, address));
    visit.html(StatusCode::OK, text)
}

/// The document as the page shows it.
fn page(document: &Value, address: String) -> ApiPage {
    let codes = document["components"]["schemas"]["ProblemCode"]["enum"].as_array();
    let codes: Vec<String> = codes.into_iter().flatten().filter_map(text).collect();
    let mut calls = Vec::new();
    for (path, methods) in object(&document["paths"]) {
        for (method, operation) in object(methods) {
            let mut fields: Vec<ApiField> =
                operation["parameters"].as_array().into_iter().flatten().map(parameter).collect();
            let body = resolved(document, &operation["requestBody"]["content"]["application/json"]["schema"]);
            fields.extend(of_body(body));
            let method = method.to_uppercase();
            calls.push(Call {
                id: text(&operation["operationId"]).unwrap_or_default(),
                curl: curl(&method, &format!("{address}{path}"), body),
                summary: text(&operation["summary"]).unwrap_or_default(),
                description: text(&operation["description"]).unwrap_or_default(),
                answers: answers(operation),
                failures: failures(document, operation, &codes),
                path: path.clone(),
                method,
                fields,
            });
        }
    }
    // As in the document's tags: quotes, offers, events, usage.
    let order = ["/quotes", "/models", "/offers", "/events", "/usage"];
    let place = |call: &Call| order.iter().position(|begin| call.path.starts_with(begin));
    calls.sort_by_key(|call| (place(call).unwrap_or(order.len()), call.path.len(), call.method == "GET"));
    ApiPage { address, calls, codes }
}

fn parameter(parameter: &Value) -> ApiField {
    ApiField {
        name: text(&parameter["name"]).unwrap_or_default(),
        place: text(&parameter["in"]).unwrap_or_default(),
        kind: kind(&parameter["schema"]),
        required: parameter["required"] == true,
        about: text(&parameter["description"]).unwrap_or_default(),
    }
}

fn of_body(schema: &Value) -> impl Iterator<Item = ApiField> {
    let required =
        |name: &str| schema["required"].as_array().is_some_and(|all| all.iter().any(|it| it == name));
    object(&schema["properties"]).map(move |(name, property)| ApiField {
        name: name.clone(),
        place: "body".to_owned(),
        kind: kind(property),
        required: required(name),
        about: text(&property["description"]).unwrap_or_default(),
    })
}

/// A type and its bounds in few words, such as `string 1–100`.
fn kind(schema: &Value) -> String {
    let names = match &schema["type"] {
        Value::String(name) => vec![name.clone()],
        Value::Array(names) => names.iter().filter_map(text).filter(|name| name != "null").collect(),
        _ => text(&schema["$ref"])
            .iter()
            .filter_map(|name| name.rsplit('/').next())
            .map(str::to_owned)
            .collect(),
    };
    let mut kind = names.join(" | ");
    let bound = |names: [&str; 3]| names.iter().find_map(|name| schema[*name].as_i64());
    let (least, most) =
        (bound(["minLength", "minimum", "minItems"]), bound(["maxLength", "maximum", "maxItems"]));
    match (least, most) {
        (Some(least), Some(most)) => kind.push_str(&format!(" {least}–{most}")),
        (Some(least), None) => kind.push_str(&format!(" ≥ {least}")),
        (None, Some(most)) => kind.push_str(&format!(" ≤ {most}")),
        (None, None) => {}
    }
    if let Some(pattern) = schema["pattern"].as_str() {
        kind.push_str(&format!(" {pattern}"));
    }
    kind
}

fn answers(operation: &Value) -> String {
    let good = object(&operation["responses"]).filter(|(status, _)| status.starts_with('2'));
    let schema = |answer: &Value| {
        let name = text(&answer["content"]["application/json"]["schema"]["$ref"])?;
        name.rsplit('/').next().map(str::to_owned)
    };
    good.map(|(status, answer)| {
        format!("{status} {}", schema(answer).unwrap_or_else(|| "OpenAPI".to_owned()))
    })
    .collect::<Vec<_>>()
    .join(", ")
}

/// Each failure of a call: its status, and the codes that its description names.
fn failures(document: &Value, operation: &Value, codes: &[String]) -> Vec<(String, Vec<String>)> {
    let answers = object(&operation["responses"]).filter(|(status, _)| !status.starts_with('2'));
    let named = |(status, answer): (&String, &Value)| {
        let about = text(&resolved(document, answer)["description"]).unwrap_or_default();
        let quoted = about.split('`').skip(1).step_by(2);
        let named = quoted.filter(|name| codes.iter().any(|code| code == name)).map(str::to_owned);
        (status.clone(), named.collect())
    };
    answers.map(named).collect()
}

/// The call as a command line, with the examples of the document.
fn curl(method: &str, address: &str, body: &Value) -> String {
    let mut line = format!("curl -H 'Authorization: Bearer tik_test_demo' {}", address.replace("{id}", "ID"));
    if method == "POST" {
        let mut sent = Map::new();
        for (name, property) in object(&body["properties"]) {
            if let Some(example) = property["examples"].get(0) {
                sent.insert(name.clone(), example.clone());
            } else if body["required"].as_array().is_some_and(|all| all.iter().any(|it| it == name)) {
                sent.insert(name.clone(), json!("ID"));
            }
        }
        line.push_str(&format!(" -H 'Content-Type: application/json' -d '{}'", Value::Object(sent)));
    }
    line
}

/// What a reference stands for.
fn resolved<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    let target = value["$ref"].as_str().and_then(|name| document.pointer(name.trim_start_matches('#')));
    target.unwrap_or(value)
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

fn object(value: &Value) -> impl Clone + Iterator<Item = (&String, &Value)> + use<'_> {
    value.as_object().into_iter().flatten()
}
