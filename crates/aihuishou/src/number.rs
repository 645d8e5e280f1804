use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A number that arrives as a JSON number or as text, or illegible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number(pub Decimal);

impl Number {
    fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        text.parse().or_else(|_| Decimal::from_scientific(text)).ok().map(Self)
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // The shortest text of a number survives the way through JSON unchanged.
        let number: serde_json::Number =
            self.0.normalize().to_string().parse().map_err(serde::ser::Error::custom)?;
        number.serialize(serializer)
    }
}

/// Reads a number or its text; anything else is unknown, never 0.
pub(crate) fn lenient<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Number>, D::Error> {
    Ok(match serde_json::Value::deserialize(deserializer)? {
        serde_json::Value::Number(number) => Number::parse(&number.to_string()),
        serde_json::Value::String(text) => Number::parse(&text),
        _ => None,
    })
}

/// Reads text, or a number as its text; anything else and the empty text are unknown.
pub(crate) fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(match serde_json::Value::deserialize(deserializer)? {
        serde_json::Value::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        serde_json::Value::Number(number) => Some(number.to_string()),
        _ => None,
    })
}

/// Reads a list of texts, or of objects with a `name`; others are left out.
pub(crate) fn names<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let serde_json::Value::Array(items) = serde_json::Value::deserialize(deserializer)? else {
        return Ok(Vec::new());
    };
    let name = |item: serde_json::Value| match item {
        serde_json::Value::String(text) => Some(text),
        serde_json::Value::Object(mut object) => match object.remove("name") {
            Some(serde_json::Value::String(text)) => Some(text),
            _ => None,
        },
        _ => None,
    };
    Ok(items.into_iter().filter_map(name).filter(|text| !text.trim().is_empty()).collect())
}
