//! An offer is redeemed by one order at most.

use futures::future::join_all;
use serde_json::json;

use super::backend::{Backend, path, redemption};
use crate::house::House;
use crate::process::Process;

#[tokio::test]
async fn the_same_order_gets_the_same_answer_and_another_is_told_that_it_comes_too_late() {
    let house = House::open().await;
    let backend = Backend::of(&house);
    let offer = backend.offer().await;
    let first = backend.redeem(&offer, "A-1").await;
    assert_eq!((first.status, &first.json["state"]), (200, &json!("redeemed")));
    assert_eq!((&first.json["order_id"], &first.json["version"]), (&json!("A-1"), &json!(2)));
    let mut again = backend.redeem(&offer, "A-1").await;
    assert_eq!(again.status, 200);
    again.json["token"] = first.json["token"].clone();
    assert_eq!(again.json, first.json);
    backend.redeem(&offer, "A-2").await.is_problem(409, "already_redeemed");
}

#[tokio::test]
async fn an_amount_or_a_currency_that_differs_redeems_nothing_and_both_amounts_are_told() {
    let house = House::open().await;
    let backend = Backend::of(&house);
    let offer = backend.offer().await;
    let amount = offer["amount"].as_i64().unwrap();
    for (other, currency) in [(amount - 1, "CNY"), (0, "CNY"), (-amount, "CNY"), (amount, "USD")] {
        let body = json!({ "order_id": "A-1", "amount": other, "currency": currency });
        let answer = backend.post(&path(&offer, "redeem"), &body).await;
        answer.is_problem(422, "amount_mismatch");
        assert_eq!(answer.json["expected"], json!({ "amount": amount, "currency": "CNY" }));
        assert_eq!(answer.json["given"], json!({ "amount": other, "currency": currency }));
    }
    let read = backend.get(&format!("/offers/{}", offer["id"].as_str().unwrap())).await;
    assert_eq!((&read.json["state"], &read.json["version"]), (&json!("accepted"), &json!(1)));
}

#[tokio::test]
async fn a_token_that_is_sent_along_has_to_be_this_offers() {
    let house = House::open().await;
    let backend = Backend::of(&house);
    let [offer, other] = [backend.offer().await, backend.offer().await];
    let with = |token: serde_json::Value| {
        let mut body = redemption(&offer, "A-1");
        body["token"] = token;
        body
    };
    for token in [json!("nonsense"), other["token"].clone()] {
        let answer = backend.post(&path(&offer, "redeem"), &with(token)).await;
        answer.is_problem(422, "invalid_input");
        assert_eq!(answer.fields(), ["token"]);
    }
    let redeemed = backend.post(&path(&offer, "redeem"), &with(offer["token"].clone())).await;
    assert_eq!(redeemed.json["state"], "redeemed");
}

#[tokio::test]
async fn the_order_that_holds_an_offer_releases_it_for_another() {
    let house = House::open().await;
    let backend = Backend::of(&house);
    let offer = backend.offer().await;
    let release = path(&offer, "release");
    backend.post(&release, &json!({ "order_id": "A-1" })).await.is_problem(409, "conflict");
    backend.redeem(&offer, "A-1").await;
    backend.post(&release, &json!({ "order_id": "A-2" })).await.is_problem(409, "conflict");
    let released = backend.post(&release, &json!({ "order_id": "A-1", "reason": "order cancelled" })).await;
    assert_eq!((released.status, &released.json["state"]), (200, &json!("accepted")));
    assert!(released.json["order_id"].is_null() && released.json["redeemed_at"].is_null());
    assert_eq!(backend.redeem(&offer, "A-2").await.json["order_id"], "A-2");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_hundred_orders_at_once_one_redeems_the_offer() {
    let house = House::open().await;
    let backend = Backend::of(&house);
    let offer = backend.offer().await;
    let orders = (0..200).map(|number| {
        let (backend, offer) = (backend.clone(), offer.clone());
        async move { backend.redeem(&offer, &format!("A-{number}")).await }
    });
    let answers = join_all(orders).await;
    let taken: Vec<_> = answers.iter().filter(|answer| answer.status == 200).collect();
    assert_eq!(taken.len(), 1);
    for answer in answers.iter().filter(|answer| answer.status != 200) {
        answer.is_problem(409, "already_redeemed");
    }
    let read = backend.get(&format!("/offers/{}", offer["id"].as_str().unwrap())).await;
    assert_eq!((&read.json["order_id"], &read.json["version"]), (&taken[0].json["order_id"], &json!(2)));
}

#[tokio::test]
async fn kill_9_in_the_middle_of_redemptions_leaves_one_order_and_its_key_works_again() {
    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite://{}/shop.db", folder.path().display());
    let settings = [("TRADEIN_DATABASE_URL", &*database)];
    let first = Process::start(&settings).await;
    let backend = Backend::at(&first.base, super::backend::DEMO);
    let offer = backend.offer().await;
    let orders: Vec<_> = (0..40)
        .map(|number| {
            let call = backend
                .request(reqwest::Method::POST, &path(&offer, "redeem"))
                .header("idempotency-key", format!("key-{number}"))
                .json(&redemption(&offer, &format!("A-{number}")));
            tokio::spawn(async move { call.send().await.is_ok() })
        })
        .collect();
    tokio::time::sleep(std::time::Duration::from_millis(30)).await;
    first.signal("KILL").await;
    first.exited().await;
    join_all(orders).await;
    let second = Process::start(&settings).await;
    let backend = Backend::at(&second.base, super::backend::DEMO);
    let mut holders = 0;
    for number in 0..40 {
        let body = redemption(&offer, &format!("A-{number}"));
        let answer = backend.post_once(&format!("key-{number}"), &path(&offer, "redeem"), &body).await;
        match answer.status {
            200 => holders += 1,
            _ => answer.is_conflict(),
        }
    }
    assert_eq!(holders, 1);
    let events = backend.get("/events?limit=100").await;
    let kinds: Vec<_> = events.json["data"].as_array().unwrap().iter().map(|event| &event["type"]).collect();
    assert_eq!(kinds, ["offer.accepted", "offer.redeemed"]);
}
