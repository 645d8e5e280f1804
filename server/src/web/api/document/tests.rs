//! The document is committed, so that a change of the API is looked at, and no change breaks clients.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Map, Value};

use crate::web::api::{document, failure};

/// Where the document is committed.
const COMMITTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/openapi.json");

#[test]
fn the_committed_document_is_the_codes_and_no_change_breaks_clients() {
    let now = serde_json::to_string_pretty(&document()).unwrap() + "\n";
    let committed = std::fs::read_to_string(COMMITTED).unwrap_or_default();
    if let Ok(before) = serde_json::from_str::<Value>(&committed) {
        let breaks = breaks(&before, &serde_json::from_str(&now).unwrap());
        assert!(breaks.is_empty(), "this breaks clients of the API: {breaks:#?}");
    }
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(Path::new(COMMITTED), &now).unwrap();
        return;
    }
    assert!(
        committed == now,
        "the API changed; look at it and commit docs/openapi.json after UPDATE=1 cargo test -p server --lib committed"
    );
}

#[test]
fn the_document_lists_every_code() {
    let document = serde_json::to_value(document()).unwrap();
    let listed: BTreeSet<&str> = document["components"]["schemas"]["ProblemCode"]["enum"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(Value::as_str)
        .collect();
    assert_eq!(listed, failure::codes().into_iter().collect());
}

#[test]
fn what_breaks_clients_is_found() {
    let before = serde_json::to_value(document()).unwrap();
    assert_eq!(breaks(&before, &before), [""; 0]);
    let changed = |change: &dyn Fn(&mut Value)| {
        let mut after = before.clone();
        change(&mut after);
        breaks(&before, &after)
    };
    let paths = |document: &mut Value, name: &str| document["paths"].as_object_mut().unwrap().remove(name);
    assert_eq!(changed(&|it| drop(paths(it, "/usage"))), ["/usage get is gone"]);
    let amount = |it: &mut Value| {
        it["components"]["schemas"]["Offer"]["properties"]["amount"]["type"] = "string".into()
    };
    assert_eq!(changed(&amount), ["Offer.amount has another type"]);
    let optional =
        |it: &mut Value| drop(it["components"]["schemas"]["Offer"]["required"].as_array_mut().unwrap().pop());
    assert_eq!(changed(&optional).len(), 1);
    let demanded = |it: &mut Value| {
        it["components"]["schemas"]["Redeem"]["required"].as_array_mut().unwrap().push("token".into());
    };
    assert_eq!(changed(&demanded), ["Redeem.token is demanded"]);
    let added = |it: &mut Value| {
        it["components"]["schemas"]["Offer"]["properties"]["new"] = Value::Object(Map::new());
    };
    assert_eq!(changed(&added), [""; 0]);
}

/// What a client that was made from `before` would miss in `after`.
fn breaks(before: &Value, after: &Value) -> Vec<String> {
    let mut found = Vec::new();
    for (path, methods) in object(&before["paths"]) {
        for (method, operation) in object(methods) {
            let now = &after["paths"][path][method];
            if now.is_null() {
                found.push(format!("{path} {method} is gone"));
                continue;
            }
            for status in object(&operation["responses"]).keys().filter(|status| status.starts_with('2')) {
                if now["responses"][status].is_null() {
                    found.push(format!("{path} {method} answers {status} no longer"));
                }
            }
            let known = texts(&operation["parameters"], "name");
            for parameter in now["parameters"].as_array().into_iter().flatten() {
                let name = parameter["name"].as_str().unwrap_or_default();
                if parameter["required"] == true && !known.contains(name) {
                    found.push(format!("{path} {method} demands {name}"));
                }
            }
            for name in known.difference(&texts(&now["parameters"], "name")) {
                found.push(format!("{path} {method} has no {name}"));
            }
        }
    }
    let sent = sent_schemas(before);
    for (name, schema) in object(&before["components"]["schemas"]) {
        let now = &after["components"]["schemas"][name];
        for (property, type_before) in object(&schema["properties"]) {
            let type_now = &now["properties"][property];
            if type_now.is_null() {
                found.push(format!("{name}.{property} is gone"));
            } else if (&type_before["type"], &type_before["$ref"]) != (&type_now["type"], &type_now["$ref"]) {
                found.push(format!("{name}.{property} has another type"));
            }
        }
        let (required, required_now) = (texts(&schema["required"], ""), texts(&now["required"], ""));
        if sent.contains(name.as_str()) {
            let demanded = required_now.difference(&required);
            found.extend(demanded.map(|property| format!("{name}.{property} is demanded")));
        } else {
            let missing = required.difference(&required_now);
            found.extend(missing.map(|property| format!("{name}.{property} may be missing")));
        }
        let (values, values_now) = (texts(&schema["enum"], ""), texts(&now["enum"], ""));
        found.extend(values.difference(&values_now).map(|value| format!("{name} has no {value}")));
    }
    found
}

/// The names of the schemas that clients send.
fn sent_schemas(document: &Value) -> BTreeSet<&str> {
    let methods = object(&document["paths"]).values().flat_map(|methods| object(methods).values());
    let bodies = methods.filter_map(|it| {
        it["requestBody"]["content"]["application/json"]["schema"]["$ref"].as_str()?.rsplit('/').next()
    });
    bodies.collect()
}

/// The texts of a list, or those under `key` of its objects.
fn texts<'a>(list: &'a Value, key: &str) -> BTreeSet<&'a str> {
    let items = list.as_array().into_iter().flatten();
    items.filter_map(|item| if key.is_empty() { item.as_str() } else { item[key].as_str() }).collect()
}

fn object(value: &Value) -> &Map<String, Value> {
    static EMPTY: std::sync::LazyLock<Map<String, Value>> = std::sync::LazyLock::new(Map::new);
    value.as_object().unwrap_or(&EMPTY)
}
