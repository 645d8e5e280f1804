//! Calls and prices are recorded for the merchant in whose page they were asked for.

use std::sync::Arc;

use jiff::civil::date;

use crate::house::{House, request};

#[tokio::test]
async fn a_call_is_counted_to_the_merchant_that_made_it_and_an_answer_at_hand_to_none() {
    let house = House::open().await;
    let merchant = |id: &str| Some(Arc::from(id));
    house.desk.quote_for(merchant("north"), request("iPhone 14 Pro")).await.unwrap();
    house.desk.quote_for(merchant("south"), request("iPhone 14 Pro")).await.unwrap();
    house.desk.search_for(merchant("south"), "iphone", None).await.unwrap();
    house.desk.quote(request("iPhone 15")).await.unwrap();
    house.desk.all_recorded().await;

    let today = date(2025, 12, 30);
    let mut calls = Vec::new();
    for id in ["north", "south", "demo"] {
        calls.push(house.records.calls_of_merchant(id, today).await.unwrap());
    }
    assert_eq!(calls, [1, 1, 0], "the second shop heard what the first one's call brought");
    assert_eq!(house.quota_used().await, 3);
    let mut other = house.other().await;
    for (table, merchant, rows) in
        [("quotes", "north", 1), ("quotes", "south", 0), ("attempts", "north", 1), ("attempts", "south", 1)]
    {
        let query = format!("SELECT count(*) FROM {table} WHERE merchant = '{merchant}'");
        assert_eq!(other.number(&query).await.unwrap(), rows, "{table} of {merchant}");
    }
}
