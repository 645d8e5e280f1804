//! The dashboard and the alert rules ask for what `/metrics` tells.

use std::collections::BTreeSet;

use crate::house::{House, phone};

/// The names of our metrics in a text; a histogram's parts go by its own name.
fn names(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    let ours = words.filter(|word| word.starts_with("tradein_"));
    ours.map(|name| name.trim_end_matches("_bucket").trim_end_matches("_total").to_owned()).collect()
}

#[tokio::test]
async fn what_dashboard_and_alerts_ask_for_is_told() {
    let house = House::open().await;
    house.call("quote", &phone(&[])).await;
    let told = names(&house.page("/metrics").await);
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
