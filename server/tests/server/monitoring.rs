//! The dashboard and the alert rules use metrics that `/metrics` has.

use std::collections::BTreeSet;

use crate::house::{House, TOKEN, client, phone};

/// The names of our metrics in a text. The parts of a histogram count as the histogram.
fn names(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    let ours = words.filter(|word| word.starts_with("tradein_"));
    ours.map(|name| name.trim_end_matches("_bucket").trim_end_matches("_total").to_owned()).collect()
}

#[tokio::test]
async fn what_dashboard_and_alerts_ask_for_is_told() {
    let house = House::with(&[("TRADEIN_OPERATOR_TOKEN", TOKEN)]).await;
    house.call("quote", &phone(&[])).await;
    let told = names(&house.operators("/metrics").await.text().await.unwrap());
    for (file, text) in [
        ("dashboard.json", include_str!("../../../docs/monitoring/dashboard.json")),
        ("alerts.yml", include_str!("../../../docs/monitoring/alerts.yml")),
    ] {
        let asked = names(text);
        assert!(asked.len() > 5, "{file}");
        let unknown: Vec<_> = asked.difference(&told).collect();
        assert!(unknown.is_empty(), "{file} asks for {unknown:?}");
    }
    let dashboard: serde_json::Value =
        serde_json::from_str(include_str!("../../../docs/monitoring/dashboard.json")).unwrap();
    assert_eq!(dashboard["uid"], "tradein");
}

#[tokio::test]
async fn metrics_are_for_the_operator_and_for_an_address_of_their_own() {
    let house = House::with(&[
        ("TRADEIN_OPERATOR_TOKEN", TOKEN),
        ("TRADEIN_METRICS_ADDR", "127.0.0.1:0"),
        ("TRADEIN_PUBLIC_URL", "https://tradein.example"),
    ])
    .await;
    let stranger = house.get("/metrics").await;
    assert_eq!(
        (stranger.status().as_u16(), &stranger.headers()["www-authenticate"]),
        (401, &"Bearer".parse().unwrap())
    );
    let refusal: serde_json::Value = stranger.json().await.unwrap();
    assert_eq!(refusal["code"], "not_allowed");
    let guess = house.http.get(format!("{}/metrics", house.base)).bearer_auth("guess").send().await.unwrap();
    assert_eq!(guess.status(), 401);
    assert!(house.operators("/metrics").await.text().await.unwrap().ends_with("# EOF\n"));

    let open = client().get(format!("{}/metrics", house.metrics)).send().await.unwrap();
    assert_eq!((open.status().as_u16(), open.headers().get("strict-transport-security")), (200, None));
    assert!(open.text().await.unwrap().contains("tradein_visitors_limited_total 0"));
    for path in ["/", "/ops", "/healthz", "/api/fn/quote"] {
        let other = client().get(format!("{}{path}", house.metrics)).send().await.unwrap();
        assert_eq!(other.status(), 404, "{path}");
        assert!(other.headers().contains_key("x-request-id"), "{path}");
    }
}

#[tokio::test]
async fn strangers_hear_whether_it_is_ready_and_the_operator_why_not() {
    let house = House::with(&[("TRADEIN_OPERATOR_TOKEN", TOKEN)]).await;
    assert_eq!(house.page("/readyz").await, "{\"ready\":true}");
    let told: serde_json::Value = house.operators("/readyz").await.json().await.unwrap();
    assert_eq!((&told["records"], &told["settings"]), (&"ok".into(), &"ok".into()));
}
