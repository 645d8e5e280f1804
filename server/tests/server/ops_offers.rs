//! The operator's pages about offers.

use checkout::{Amount, Kept, OrderId, Redemption, Wanted};
use domain::{Money, QuoteId};
use serde_json::Value;

use crate::house::{House, TOKEN, phone};

async fn house() -> House {
    House::with(&[("TRADEIN_OPERATOR_TOKEN", TOKEN)]).await
}

/// An offer of a new quote, with that storage.
async fn offer(house: &House, storage: &str) -> Kept {
    let quote: Value = house.call("quote", &phone(&[("storage", storage)])).await.json().await.unwrap();
    let id = QuoteId::parse(quote["id"].as_str().unwrap()).unwrap();
    let wanted = Wanted {
        merchant: "demo".into(),
        provider: "aihuishou".into(),
        quote: (*house.desk.recall(&id).await.unwrap()).clone(),
        top_up: Money::ZERO,
        product: None,
        until: None,
        visit: None,
    };
    house.checkout.accept(wanted).await.unwrap().0
}

async fn redeem(house: &House, kept: &Kept, order: &str) {
    let redemption = Redemption {
        order_id: OrderId::parse(order).unwrap(),
        amount: Amount::cny(kept.offer.credit().amount().amount),
        token: None,
    };
    house.checkout.redeem(kept.offer.id(), "demo", redemption).await.unwrap();
}

async fn page(house: &House, path: &str) -> String {
    house.operators(path).await.text().await.unwrap()
}

#[tokio::test]
async fn offers_are_listed_by_merchant_state_and_day() {
    let house = house().await;
    let empty = page(&house, "/ops/offers?locale=en").await;
    assert!(empty.contains("No offers yet"), "{empty}");
    let (open, taken) = (offer(&house, "128GB").await, offer(&house, "256GB").await);
    redeem(&house, &taken, "A-1001").await;

    let all = page(&house, "/ops/offers?locale=en").await;
    let outstanding = format!("{} · 1", open.offer.credit().amount().amount);
    assert!(all.contains(&outstanding), "{outstanding}: {all}");
    let has = |text: &str, kept: &Kept| text.contains(&format!("/ops/offers/{}?", kept.offer.id()));
    assert!(has(&all, &open) && has(&all, &taken) && all.contains("A-1001"));
    let today = open.offer.accepted_at().in_utc8().date();
    for (query, (is_open, is_taken)) in [
        ("state=redeemed", (false, true)),
        ("state=accepted", (true, false)),
        ("merchant=demo", (true, true)),
        ("merchant=other", (false, false)),
        (&format!("day={today}"), (true, true)),
        ("day=2020-01-01", (false, false)),
    ] {
        let some = page(&house, &format!("/ops/offers?locale=en&{query}")).await;
        assert_eq!((has(&some, &open), has(&some, &taken)), (is_open, is_taken), "{query}");
    }
    house.close().await;
}

#[tokio::test]
async fn the_story_of_an_offer_is_told_and_the_operator_releases_it() {
    let house = house().await;
    let kept = offer(&house, "128GB").await;
    redeem(&house, &kept, "A-1001").await;
    let path = format!("/ops/offers/{}?locale=en", kept.offer.id());
    house.desk.all_recorded().await;
    let told = page(&house, &path).await;
    let places = ["Asked", "Quoted", "Accepted", "Redeemed"]
        .map(|step| told.rfind(&format!("<strong>{step}")).unwrap());
    assert!(places.is_sorted(), "{told}");
    assert!(told.contains("A-1001") && told.contains("Release the offer"));

    let press = [("do", "release"), ("order", "A-1001"), ("reason", "the shop closed")];
    let url = format!("{}{path}", house.base);
    let answer = house.http.post(&url).bearer_auth(TOKEN).form(&press).send().await.unwrap();
    let told = answer.text().await.unwrap();
    assert!(told.contains("The offer was released.") && told.contains("the shop closed"), "{told}");
    let again = house.http.post(&url).bearer_auth(TOKEN).form(&press).send().await.unwrap();
    assert!(again.text().await.unwrap().contains("The offer was not released"));

    let by_code = house.operators(&format!("/ops/offers/{}", kept.offer.code())).await;
    assert_eq!(by_code.status(), 200);
    assert_eq!(house.operators("/ops/offers/of_none").await.status(), 404);
    house.close().await;
}

#[tokio::test]
async fn offers_are_exported_whole_and_without_tokens() {
    let house = house().await;
    let kept = offer(&house, "128GB").await;
    offer(&house, "256GB").await;
    let token = house.checkout.token(&kept.offer);
    let csv = page(&house, "/ops/offers/export.csv").await;
    assert_eq!(csv.lines().count(), 3, "{csv}");
    assert!(csv.starts_with("\u{feff}id,code,merchant,state"), "{csv}");
    let lines = page(&house, "/ops/offers/export.jsonl").await;
    let mut ids = lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["id"].clone());
    assert_eq!(ids.next_back().unwrap(), kept.offer.id().as_str(), "the oldest is the last");
    for text in [csv, lines] {
        assert!(!text.contains(token.expose()) && !text.contains("eyJ"));
    }
    assert!(page(&house, "/ops/deliveries?locale=en").await.contains("Nothing waits"));
    house.close().await;
}
