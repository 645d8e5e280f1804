//! The document and the answers agree.

use serde_json::Value;

use super::backend::Backend;
use crate::house::House;

/// The schema itself, where it is a reference or one of two with `null`.
fn resolved<'a>(document: &'a Value, schema: &'a Value, value: &Value) -> &'a Value {
    if let Some(reference) = schema["$ref"].as_str() {
        return document.pointer(reference.trim_start_matches('#')).unwrap();
    }
    match schema["oneOf"].as_array() {
        Some(choices) if !value.is_null() => {
            let choice = choices.iter().find(|choice| choice["type"] != "null").unwrap();
            resolved(document, choice, value)
        }
        _ => schema,
    }
}

/// Checks that `value` has all names of the schema and no others, at every depth.
fn agree(document: &Value, schema: &Value, value: &Value, at: &str) {
    let schema = resolved(document, schema, value);
    if let (Some(properties), Some(object)) = (schema["properties"].as_object(), value.as_object()) {
        for (name, value) in object {
            let property = properties.get(name).unwrap_or_else(|| panic!("{at}.{name} is not documented"));
            agree(document, property, value, &format!("{at}.{name}"));
        }
        for name in schema["required"].as_array().unwrap() {
            assert!(object.contains_key(name.as_str().unwrap()), "{at} has no {name}");
        }
    } else if let Some(items) = value.as_array() {
        items.iter().for_each(|item| agree(document, &schema["items"], item, at));
    }
}

#[tokio::test]
async fn answers_have_the_names_that_the_document_says_and_no_others() {
    let house = House::open().await;
    let backend = Backend::of(&house);
    let offer = backend.offer().await;
    let offer = backend.redeem(&offer, "A-1").await.json;
    let document = backend.get("/openapi.json").await.json;
    let id = offer["id"].as_str().unwrap();
    let quote = offer["quote"]["id"].as_str().unwrap();
    for (route, path, status) in [
        ("/quotes/{id}", format!("/quotes/{quote}"), "200"),
        ("/models", "/models?keyword=iPhone".to_owned(), "200"),
        ("/offers/{id}", format!("/offers/{id}"), "200"),
        ("/offers", "/offers".to_owned(), "200"),
        ("/events", "/events".to_owned(), "200"),
        ("/usage", "/usage".to_owned(), "200"),
        ("/offers/{id}", "/offers/unknown".to_owned(), "404"),
        ("/offers", "/offers?limit=0".to_owned(), "422"),
    ] {
        let answer = backend.get(&path).await;
        assert_eq!(answer.status.to_string(), status, "{path}");
        let kind = answer.header("content-type");
        let schema = &document["paths"][route]["get"]["responses"][status]["content"][kind]["schema"];
        assert!(schema.is_object(), "{path} {status} {kind} is not documented");
        agree(&document, schema, &answer.json, route);
    }
}
