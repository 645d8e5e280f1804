use serde_json::Value;

use crate::house::{House, phone};

/// Asks as the visitor with the address that a proxy saw.
async fn ask(house: &House, seen: &str, merchant: &str) -> reqwest::Response {
    let url = format!("{}/api/fn/quote", house.base);
    let post = house.http.post(url).header("accept", "application/json").header("x-forwarded-for", seen);
    post.form(&phone(&[("merchant", merchant)])).send().await.unwrap()
}

#[tokio::test]
async fn a_visitor_who_asks_too_often_is_told_how_long_to_wait() {
    let house = House::with(&[("TRADEIN_VISITOR_LIMIT", "2"), ("TRADEIN_TRUSTED_HOPS", "1")]).await;
    for forged in ["6.6.6.1", "6.6.6.2"] {
        assert_eq!(ask(&house, &format!("{forged}, 198.51.100.1"), "demo").await.status(), 200);
    }
    let refused = ask(&house, "6.6.6.3, 198.51.100.1", "demo").await;
    assert_eq!(refused.status(), 429);
    let wait: u64 = refused.headers()["retry-after"].to_str().unwrap().parse().unwrap();
    assert!((1..=31).contains(&wait), "{wait}");
    let json: Value = refused.json().await.unwrap();
    assert_eq!((&json["code"], &json["retry_after_seconds"]), (&"rate_limited".into(), &wait.into()));
    assert_eq!(ask(&house, "198.51.100.2", "demo").await.status(), 200, "others are served");

    // Merchants that do not exist share one bucket.
    let made_up = [ask(&house, "198.51.100.3", "a").await, ask(&house, "198.51.100.3", "b").await];
    assert!(made_up.iter().all(|answer| answer.status() == 200));
    assert_eq!(ask(&house, "198.51.100.3", "c").await.status(), 429);
}

#[tokio::test]
async fn the_form_without_javascript_says_so_and_keeps_what_was_typed() {
    let house = House::with(&[("TRADEIN_VISITOR_LIMIT", "1"), ("TRADEIN_TRUSTED_HOPS", "1")]).await;
    let search = || async {
        let post =
            house.http.post(format!("{}/widget/demo", house.base)).header("x-forwarded-for", "198.51.100.4");
        let answer = post.form(&[("locale", "en"), ("keyword", "iphone14pro")]).send().await.unwrap();
        house.page(answer.headers()["location"].to_str().unwrap()).await
    };
    assert!(search().await.contains("iPhone 14 Pro"));
    let refused = search().await;
    assert!(refused.contains("That was a little fast") && refused.contains("value=\"iphone14pro\""));

    let post = house.http.post(format!("{}/api/fn/quote", house.base)).header("accept", "text/html");
    let sent_back = post.header("x-forwarded-for", "198.51.100.4").form(&phone(&[])).send().await.unwrap();
    let place = sent_back.headers()["location"].to_str().unwrap();
    let get = house.http.get(format!("{}{place}", house.base)).header("x-forwarded-for", "198.51.100.4");
    let form = get.send().await.unwrap().text().await.unwrap();
    for kept in ["That was a little fast", "iPhone 14 Pro", "256GB", "value=\"九成新\" checked"] {
        assert!(form.contains(kept), "{kept}");
    }
}

#[tokio::test]
async fn who_sits_at_this_machine_is_not_limited() {
    let house = House::with(&[("TRADEIN_VISITOR_LIMIT", "1")]).await;
    for _ in 0..5 {
        // Without a trusted proxy, anyone can write the header, so it is ignored.
        assert_eq!(ask(&house, "198.51.100.5", "demo").await.status(), 200);
    }
}
