//! Reads numbers and texts in the forms that the partner may use. Forms are accepted generously, but a
//! doubtful value is unknown.

use rust_decimal::Decimal;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

/// A number that arrives as a JSON number or as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number(pub Decimal);

impl Number {
    fn parse(text: &str) -> Option<Self> {
        let text = without_grouping(text.trim())?;
        text.parse().or_else(|_| Decimal::from_scientific(&text)).ok().map(Self)
    }
}

/// `3,574.35` without its comma; `None` if the commas do not separate thousands.
fn without_grouping(text: &str) -> Option<String> {
    if !text.contains(',') {
        return Some(text.to_owned());
    }
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default().trim_start_matches('-');
    let grouped = (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3);
    (grouped && !fraction.contains(',')).then(|| text.replace(',', ""))
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // The shortest text of a number survives JSON unchanged.
        let number: serde_json::Number =
            self.0.normalize().to_string().parse().map_err(serde::ser::Error::custom)?;
        number.serialize(serializer)
    }
}

/// Reads a number or its text; anything else is unknown, never 0.
pub(crate) fn lenient<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Number>, D::Error> {
    Value::deserialize(deserializer).map(|value| number(&value))
}

fn number(value: &Value) -> Option<Number> {
    match value {
        Value::Number(number) => Number::parse(&number.to_string()),
        Value::String(text) => Number::parse(text),
        _ => None,
    }
}

/// Reads a factor: 0.9, 90, `90%`, `9折` and `95折` (decision 26 of the partner's protocol). A value that is
/// not between 0 and 2 is unknown.
pub(crate) fn factor<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Number>, D::Error> {
    let value = Value::deserialize(deserializer)?;
    let text = value.as_str().map(str::trim);
    let told = text.and_then(|text| text.strip_suffix('折')).map(|text| tenths(text.trim()));
    let percent = text.and_then(|text| text.strip_suffix(['%', '％'])).map(|text| Number::parse(text.trim()));
    let factor = match (told, percent) {
        (Some(tenths), _) => tenths,
        (None, Some(percent)) => percent.map(|it| it.0 / Decimal::ONE_HUNDRED),
        (None, None) => number(&value).map(|Number(value)| match value > Decimal::TWO {
            true => value / Decimal::ONE_HUNDRED,
            false => value,
        }),
    };
    Ok(factor.filter(|it| (Decimal::ZERO..=Decimal::TWO).contains(it)).map(|it| Number(it.normalize())))
}

/// Before 折, `9` means 0.9, `95` means 0.95, and `10` means 1. A value such as `0.9` is used as it is.
fn tenths(text: &str) -> Option<Decimal> {
    const HAN: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let digit = |letter| HAN.iter().position(|it| *it == letter);
    let text: String = text
        .chars()
        .map(|letter| digit(letter).and_then(|digit| char::from_digit(digit as u32, 10)).unwrap_or(letter))
        .collect();
    // 十折 is ten tenths: no discount.
    let value = if text == "十" { Decimal::TEN } else { Number::parse(&text)?.0 };
    Some(match value {
        value if value <= Decimal::ONE => value,
        value if value <= Decimal::TEN => value / Decimal::TEN,
        value => value / Decimal::ONE_HUNDRED,
    })
}

/// Reads a distance in km: 1.8, `1.8km`, `1.8公里`, `500m`, `500米`.
pub(crate) fn kilometres<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Number>, D::Error> {
    const UNITS: [(&str, Decimal); 5] = [
        ("km", Decimal::ONE),
        ("公里", Decimal::ONE),
        ("千米", Decimal::ONE),
        ("米", Decimal::ONE_THOUSAND),
        ("m", Decimal::ONE_THOUSAND),
    ];
    let value = Value::deserialize(deserializer)?;
    let Some(text) = value.as_str().map(|text| text.trim().to_lowercase()) else { return Ok(number(&value)) };
    let unit = UNITS.iter().find_map(|(unit, parts)| Some((text.strip_suffix(unit)?, parts)));
    Ok(match unit {
        Some((amount, parts)) => Number::parse(amount).map(|it| Number((it.0 / parts).normalize())),
        None => Number::parse(&text),
    })
}

/// Reads text, or a number as its text; anything else and the empty text are unknown.
pub(crate) fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    })
}

/// Reads the ways to hand a device over: one text with all of them, or a list.
pub(crate) fn ways<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let ways = list(Value::deserialize(deserializer)?, &[]).join("/");
    Ok(Some(ways).filter(|ways| !ways.is_empty()))
}

/// Reads a list of texts or of objects with a `name`, or one text with several items. Other items are left
/// out.
pub(crate) fn names<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    Ok(list(Value::deserialize(deserializer)?, &['、', ',', '，', ';', '；', '\n', '|']))
}

/// Reads a list item by item. Items that cannot be read are left out.
pub(crate) fn each<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    let items = Vec::<Value>::deserialize(deserializer)?;
    Ok(items.into_iter().filter_map(|item| serde_json::from_value(item).ok()).collect())
}

fn list(value: Value, separators: &[char]) -> Vec<String> {
    let name = |item: Value| match item {
        Value::String(text) => Some(text),
        Value::Object(mut object) => match object.remove("name") {
            Some(Value::String(text)) => Some(text),
            _ => None,
        },
        _ => None,
    };
    let names: Vec<String> = match value {
        Value::Array(items) => items.into_iter().filter_map(name).collect(),
        Value::String(text) => text.split(separators).map(str::to_owned).collect(),
        _ => Vec::new(),
    };
    names.into_iter().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn numbers_may_be_written_for_people() {
        let read = |value: Value| lenient(value).unwrap().map(|number| number.0.to_string());
        assert_eq!(read(json!("3,574.35")).as_deref(), Some("3574.35"));
        assert_eq!(read(json!("1,234,567")).as_deref(), Some("1234567"));
        for odd in
            [json!("3,57"), json!("3.574,35"), json!(",574"), json!("3,5745"), json!("about 3"), json!(true)]
        {
            assert_eq!(read(odd.clone()), None, "{odd}");
        }
    }

    #[test]
    fn factors_are_decimals_percent_or_tenths() {
        let read = |value: Value| factor(value).unwrap().map(|number| number.0.to_string());
        for (told, factor) in [
            (json!(0.9), "0.9"),
            (json!("0.90"), "0.9"),
            (json!(90), "0.9"),
            (json!("105"), "1.05"),
            (json!("90%"), "0.9"),
            (json!("9折"), "0.9"),
            (json!("95折"), "0.95"),
            (json!("8.5折"), "0.85"),
            (json!("九折"), "0.9"),
            (json!("0.9折"), "0.9"),
            (json!("10折"), "1"),
            (json!("十折"), "1"),
            (json!("九五折"), "0.95"),
            (json!(1.1), "1.1"),
        ] {
            assert_eq!(read(told.clone()).as_deref(), Some(factor), "{told}");
        }
        for odd in [json!(-0.9), json!(900), json!("无"), json!(null), json!("折")] {
            assert_eq!(read(odd.clone()), None, "{odd}");
        }
    }

    #[test]
    fn distances_may_have_a_unit_and_are_kilometres_without_one() {
        let read = |value: Value| kilometres(value).unwrap().map(|number| number.0.to_string());
        for (told, km) in [
            (json!(1.8), "1.8"),
            (json!("1.8"), "1.8"),
            (json!("1.8km"), "1.8"),
            (json!("1.8 KM"), "1.8"),
            (json!("2公里"), "2"),
            (json!("500m"), "0.5"),
            (json!("500 米"), "0.5"),
        ] {
            assert_eq!(read(told.clone()).as_deref(), Some(km), "{told}");
        }
        assert_eq!(read(json!("附近")), None);
    }
}
