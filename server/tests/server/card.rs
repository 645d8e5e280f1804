//! The line for `<trade-in-value>`: for the merchant's own pages, from what was answered, without a call.

use jiff::Timestamp;
use records::Span;
use reqwest::Response;
use reqwest::header::{IF_NONE_MATCH, ORIGIN};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::house::{House, phone};

const SHOP: &str = "https://corner.example";
const PHONE: &str = "corner?type=phone&brand=Apple&model=iPhone 14 Pro&storage=256g";

/// A server with the merchant `corner`, which takes phones only.
async fn house() -> (House, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tradein.toml");
    let shop = "[[merchants]]\nid = \"corner\"\nname = \"Corner\"\norigins = [\"https://corner.example\"]\n\
                categories = [\"phone\"]";
    std::fs::write(&file, shop).unwrap();
    (House::with(&[("TRADEIN_CONFIG", file.to_str().unwrap())]).await, folder)
}

/// Asks as a script in a page of `origin` does; without one, as a program does.
async fn ask(house: &House, path: &str, origin: Option<&str>) -> Response {
    let mut get = house.http.get(format!("{}/embed/value/{path}", house.base));
    if let Some(origin) = origin {
        get = get.header(ORIGIN, origin);
    }
    get.send().await.unwrap()
}

fn header<'a>(answer: &'a Response, name: &str) -> Option<&'a str> {
    answer.headers().get(name).map(|value| value.to_str().unwrap())
}

/// Has the partner asked for two phones, and returns the better price in fen and the number of attempts.
async fn priced(house: &House) -> (u64, usize) {
    let mut best = 0;
    for condition in ["九成新", "八成新"] {
        let form = phone(&[("merchant", "corner"), ("storage", "256GB"), ("condition", condition)]);
        let quote: Value = house.call("quote", &form).await.json().await.unwrap();
        best = best.max(quote["price"]["final"].as_u64().unwrap());
    }
    house.all_recorded().await;
    (best, attempts(house).await)
}

/// How many attempts the audit has.
async fn attempts(house: &House) -> usize {
    let whole = Span { from: Timestamp::UNIX_EPOCH, to: Timestamp::MAX };
    house.records.attempts(whole, 0).await.unwrap().len()
}

#[tokio::test]
async fn the_line_is_what_was_answered_lately_and_costs_no_call() {
    let (house, _folder) = house().await;
    let (best, asked) = priced(&house).await;
    let answer = ask(&house, PHONE, Some(SHOP)).await;
    assert_eq!(answer.status(), 200);
    let line: Value = answer.json().await.unwrap();
    assert_eq!((line["version"].as_u64(), line["up_to"].as_u64()), (Some(1), Some(best)));
    assert_eq!(
        (&line["sandbox"], &line["currency"], &line["days"]),
        (&json!(true), &json!("CNY"), &json!(7))
    );
    // In the trade's words, however the shop's page writes them.
    let device =
        json!({"device_type": "手机", "brand": "苹果", "model": "iPhone 14 Pro", "storage": "256GB"});
    assert_eq!(line["device"], device);
    assert_eq!(line["words"]["en"]["text"], "Your old {name}: lately up to {price}");
    assert_eq!(line["words"]["en"]["sandbox"], "Sandbox", "every price says so");
    assert!(line["words"]["zh-CN"]["hint"].as_str().unwrap().contains("最近 7 天"), "{line}");
    assert_eq!(house.get(line["page"].as_str().unwrap()).await.status(), 200);
    let form = house.page(line["widget"].as_str().unwrap()).await;
    assert!(form.contains("iPhone 14 Pro"), "the device is filled in");
    let any = ask(&house, "corner?type=手机&brand=苹果&model=iPhone 14 Pro", None).await;
    let any: Value = any.json().await.unwrap();
    assert_eq!((any["up_to"].as_u64(), &any["device"]["storage"]), (Some(best), &Value::Null));
    assert_eq!(attempts(&house).await, asked, "a view spends nothing");
}

#[tokio::test]
async fn where_no_price_is_known_there_is_no_content() {
    let (house, _folder) = house().await;
    priced(&house).await;
    for nothing in [
        "corner?type=phone&brand=Apple&model=iPhone 3&storage=8GB",
        "corner?type=phone&brand=Apple&model=iPhone 14 Pro&storage=1TB",
        // The shop takes none of these.
        "corner?type=tablet&brand=Apple&model=iPhone 14 Pro",
    ] {
        let answer = ask(&house, nothing, Some(SHOP)).await;
        assert_eq!(answer.status(), 204, "{nothing}");
        assert_eq!(header(&answer, "cache-control"), Some("public, max-age=300"));
        assert_eq!(header(&answer, "access-control-allow-origin"), Some(SHOP));
    }
}

#[tokio::test]
async fn caches_may_keep_the_line_and_ask_whether_it_has_changed() {
    let (house, _folder) = house().await;
    priced(&house).await;
    let first = ask(&house, PHONE, Some(SHOP)).await;
    let life = "public, max-age=900, stale-while-revalidate=86400";
    assert_eq!(header(&first, "cache-control"), Some(life));
    assert_eq!(header(&first, "vary"), Some("origin"));
    assert_eq!(header(&first, "set-cookie"), None);
    let again = house.http.get(format!("{}/embed/value/{PHONE}", house.base)).header(ORIGIN, SHOP);
    let again = again.header(IF_NONE_MATCH, &first.headers()["etag"]).send().await.unwrap();
    assert_eq!((again.status().as_u16(), header(&again, "cache-control")), (304, Some(life)));
    assert_eq!(header(&again, "access-control-allow-origin"), Some(SHOP));
    assert!(again.bytes().await.unwrap().is_empty());
}

#[tokio::test]
async fn only_the_merchants_own_pages_read_it() {
    let (house, _folder) = house().await;
    priced(&house).await;
    let own = ask(&house, PHONE, Some(SHOP)).await;
    assert_eq!((own.status().as_u16(), header(&own, "access-control-allow-origin")), (200, Some(SHOP)));
    let ours = ask(&house, PHONE, Some(&house.base)).await;
    assert_eq!(header(&ours, "access-control-allow-origin"), Some(&*house.base), "the studio");
    for other in
        ["null", "https://new.example", "http://corner.example", "https://corner.example.evil.example"]
    {
        let answer = ask(&house, PHONE, Some(other)).await;
        assert_eq!(header(&answer, "access-control-allow-origin"), None, "{other}");
        assert_eq!((answer.status().as_u16(), header(&answer, "vary")), (403, Some("origin")));
        assert_eq!(answer.json::<Value>().await.unwrap()["code"], "not_allowed");
    }
    let program = ask(&house, PHONE, None).await;
    assert_eq!((program.status().as_u16(), header(&program, "access-control-allow-origin")), (200, None));
    assert_eq!(header(&program, "vary"), Some("origin"));
}

#[tokio::test]
async fn what_cannot_be_asked_is_said_field_by_field() {
    let (house, _folder) = house().await;
    let answer = ask(&house, "corner?type=toaster&model=a%26b&storage=a%3Db", Some(SHOP)).await;
    assert_eq!(answer.status(), 422);
    assert_eq!(header(&answer, "access-control-allow-origin"), Some(SHOP), "the shop's developer reads it");
    assert_eq!(header(&answer, "cache-control"), Some("no-store"));
    let told: Value = answer.json().await.unwrap();
    assert_eq!(told["code"], "invalid_input");
    let fields = told["fields"].as_array().unwrap().iter();
    let fields: Vec<_> = fields.map(|it| it["field"].as_str().unwrap()).collect();
    assert_eq!(fields, ["device_type", "brand", "model", "storage"]);
    let unknown = ask(&house, "unknown?type=phone&brand=Apple&model=iPhone 14 Pro", Some(SHOP)).await;
    assert_eq!(unknown.status(), 404);
    assert_eq!(unknown.json::<Value>().await.unwrap()["code"], "not_found");
}
