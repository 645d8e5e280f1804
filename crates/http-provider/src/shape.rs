//! What is wrong in an answer, by its path. Quoting reads more generously (`wire`); this is for those who write a
//! buyer's service.

use std::fmt;

use jiff::Timestamp;
use serde_json::Value;

use crate::judge::{CURRENCY, label};
use crate::{Client, Code};

/// A place in an answer, and what has to be there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Such as `price.steps[0].amount`; empty for the whole answer.
    pub path: String,
    /// What has to be there.
    pub wanted: Wanted,
}

/// What has to be at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// An object.
    Object,
    /// An array.
    Array,
    /// A text that is not empty.
    Text,
    /// An integer of fen, without fraction or quotes.
    Fen,
    /// An integer of fen, at least 0.
    Price,
    /// `"CNY"`.
    Cny,
    /// A time in RFC 3339 with its offset.
    Rfc3339,
    /// `store`, `pickup` or `mail`.
    Way,
    /// A number of kilometres, at least 0.
    Kilometres,
    /// 手机, 平板, 笔记本 or 相机.
    Category,
    /// A code of the closed list.
    Code,
    /// The number 1.
    Contract,
    /// A whole number, at least 1.
    Count,
    /// A base price, since there are steps from it.
    BaseForSteps,
    /// Each key once.
    KeysOnce,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {:?}", self.path, self.wanted)
    }
}

/// Collects faults below a path.
struct Looking {
    faults: Vec<Fault>,
}

impl Looking {
    fn expect(&mut self, path: impl Into<String>, is_there: bool, wanted: Wanted) {
        if !is_there {
            self.faults.push(Fault { path: path.into(), wanted });
        }
    }

    fn text(&mut self, value: &Value, path: &str) {
        self.expect(path, value.as_str().is_some_and(|text| !text.trim().is_empty()), Wanted::Text);
    }

    fn optional_text(&mut self, value: &Value, path: &str) {
        self.expect(path, value.is_null() || value.is_string(), Wanted::Text);
    }

    /// The members of an array that may be absent.
    fn members<'a>(&mut self, value: &'a Value, path: &str) -> &'a [Value] {
        self.expect(path, value.is_null() || value.is_array(), Wanted::Array);
        value.as_array().map_or(&[], Vec::as_slice)
    }
}

/// What is wrong in a description.
pub fn description_faults(answer: &Value) -> Vec<Fault> {
    let mut looking = Looking { faults: Vec::new() };
    looking.expect("", answer.is_object(), Wanted::Object);
    let is_first = answer["contract"].as_u64() == Some(Client::CONTRACT.into());
    looking.expect("contract", is_first, Wanted::Contract);
    looking.text(&answer["name"], "name");
    let many = &answer["many"];
    looking.expect("many", many.is_null() || many.as_u64().is_some_and(|many| many > 0), Wanted::Count);
    looking.faults
}

/// What is wrong in an answer with a price. Whether the sums are right, is not looked at here.
pub fn quote_faults(answer: &Value) -> Vec<Fault> {
    let mut looking = Looking { faults: Vec::new() };
    looking.expect("", answer.is_object(), Wanted::Object);
    looking.expect("device", answer["device"].is_object(), Wanted::Object);
    for name in ["model", "storage", "condition"] {
        looking.text(&answer["device"][name], &format!("device.{name}"));
    }
    price(&mut looking, &answer["price"]);
    for (place, way) in looking.members(&answer["recycle"], "recycle").iter().enumerate() {
        let path = |name| format!("recycle[{place}].{name}");
        looking.expect(path("type"), way["type"].as_str().and_then(label).is_some(), Wanted::Way);
        let km = &way["store_distance_km"];
        let is_far = km.is_null() || km.as_f64().is_some_and(|km| km >= 0.0);
        looking.expect(path("store_distance_km"), is_far, Wanted::Kilometres);
        looking.optional_text(&way["door_time_window"], &path("door_time_window"));
    }
    for (place, point) in looking.members(&answer["quality_check"], "quality_check").iter().enumerate() {
        looking.text(point, &format!("quality_check[{place}]"));
    }
    let until = answer["valid_until"].as_str();
    looking.expect("valid_until", until.is_some_and(is_rfc3339), Wanted::Rfc3339);
    looking.faults
}

fn price(looking: &mut Looking, price: &Value) {
    looking.expect("price", price.is_object(), Wanted::Object);
    looking.expect("price.currency", price["currency"] == CURRENCY, Wanted::Cny);
    let is_price = |value: &Value| value.as_i64().is_some_and(|fen| fen >= 0);
    looking.expect("price.final", is_price(&price["final"]), Wanted::Price);
    looking.expect("price.base", price["base"].is_null() || is_price(&price["base"]), Wanted::Price);
    let steps = looking.members(&price["steps"], "price.steps");
    if !steps.is_empty() {
        looking.expect("price.base", !price["base"].is_null(), Wanted::BaseForSteps);
    }
    for (place, step) in steps.iter().enumerate() {
        looking.expect(format!("price.steps[{place}].amount"), step["amount"].is_i64(), Wanted::Fen);
        for language in ["zh-CN", "en"] {
            looking.text(&step["label"][language], &format!("price.steps[{place}].label.{language}"));
        }
    }
}

/// What is wrong in an item of `/quotes`: an answer with a price, or a refusal with `code`.
pub(crate) fn item_faults(item: &Value) -> Vec<Fault> {
    if item.get("code").is_none() {
        return quote_faults(item);
    }
    let mut looking = Looking { faults: Vec::new() };
    looking.expect("code", item["code"].as_str().and_then(Code::parse).is_some(), Wanted::Code);
    looking.faults
}

/// What is wrong in an answer to a search.
pub fn search_faults(answer: &Value) -> Vec<Fault> {
    let mut looking = Looking { faults: Vec::new() };
    looking.expect("items", answer["items"].is_array(), Wanted::Array);
    for (place, item) in looking.members(&answer["items"], "items").iter().enumerate() {
        let path = |name: &str| format!("items[{place}].{name}");
        let category = serde_json::from_value::<domain::Category>(item["device_type"].clone());
        looking.expect(path("device_type"), category.is_ok(), Wanted::Category);
        looking.text(&item["brand"], &path("brand"));
        looking.text(&item["model"], &path("model"));
        for name in ["storages", "rams"] {
            looking.expect(path(name), item[name].is_array(), Wanted::Array);
            for (at, size) in looking.members(&item[name], &path(name)).iter().enumerate() {
                looking.text(size, &format!("{}[{at}]", path(name)));
            }
        }
    }
    looking.faults
}

/// Whether a text is a time in RFC 3339: with `T`, seconds and an offset.
fn is_rfc3339(text: &str) -> bool {
    let shape = |text: &str| -> Option<()> {
        let bytes = text.as_bytes();
        let digits = |range: std::ops::Range<usize>| {
            bytes.get(range).filter(|part| part.iter().all(u8::is_ascii_digit)).map(|_| ())
        };
        let mark = |at: usize, marks: &[u8]| bytes.get(at).filter(|byte| marks.contains(byte)).map(|_| ());
        digits(0..4)?;
        mark(4, b"-")?;
        digits(5..7)?;
        mark(7, b"-")?;
        digits(8..10)?;
        mark(10, b"Tt")?;
        digits(11..13)?;
        mark(13, b":")?;
        digits(14..16)?;
        mark(16, b":")?;
        digits(17..19)?;
        let fraction = match bytes.get(19) {
            Some(b'.') => 1 + bytes[20..].iter().take_while(|byte| byte.is_ascii_digit()).count(),
            _ => 0,
        };
        let zone = bytes.get(19 + fraction..)?;
        match zone {
            [b'Z' | b'z'] | [b'+' | b'-', _, _, b':', _, _] => Some(()),
            _ => None,
        }
    };
    shape(text).is_some() && text.parse::<Timestamp>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_has_date_time_and_offset() {
        for good in ["2030-01-01T10:00:00+08:00", "2030-01-01T02:00:00Z", "2030-01-01T02:00:00.25Z"] {
            assert!(is_rfc3339(good), "{good}");
        }
        for bad in [
            "2030-01-01 10:00:00+08:00",
            "2030-01-01T10:00:00",
            "2030-01-01T10:00+08:00",
            "20300101T100000Z",
            "2030-13-01T10:00:00Z",
            "2030-01-01T10:00:00+0800",
            "2030-01-01",
            "明天",
            "",
        ] {
            assert!(!is_rfc3339(bad), "{bad}");
        }
    }
}
