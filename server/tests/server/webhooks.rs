//! Webhooks of a running server to real endpoints.

use std::collections::HashSet;
use std::net::{IpAddr, SocketAddr};
use std::time::{Duration, Instant};

use checkout::webhooks::Allowed;
use checkout::{Checkout, Kept, Wanted};
use domain::{Money, Quote};
use futures::FutureExt as _;
use records::{DeliveriesAsked, DeliveryRecord, InstanceId};
use server::Settings;
use server::offers::{Names, Sender};

use crate::house::{House, phone};
use crate::receiver::{Got, Manner, Receiver, SECRET, settings};

/// A server whose merchant `demo` has these endpoints.
async fn house(urls: &[String]) -> House {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tradein.toml");
    std::fs::write(&file, settings(urls)).unwrap();
    House::with(&[("TRADEIN_CONFIG", file.to_str().unwrap()), ("DEMO_WEBHOOK", SECRET)]).await
}

pub(crate) async fn quote(house: &House) -> Quote {
    let answer = house.call("quote", &phone(&[])).await;
    assert_eq!(answer.status(), 200);
    answer.json().await.unwrap()
}

/// A new offer for that quote.
pub(crate) async fn accept(checkout: &Checkout, quote: &Quote) -> Kept {
    let wanted = Wanted {
        merchant: "demo".into(),
        provider: "aihuishou".into(),
        quote: quote.clone(),
        top_up: Money::from_fen(20_000),
        product: None,
        until: None,
        visit: None,
    };
    checkout.accept(wanted).await.unwrap().0
}

/// The deliveries of an offer's events, once each has been tried.
async fn tried(house: &House, kept: &Kept) -> Vec<DeliveryRecord> {
    let began = Instant::now();
    loop {
        let asked = DeliveriesAsked { offer: Some(kept.offer.id().as_str()), most: 9, ..Default::default() };
        let deliveries = house.records.deliveries(asked).await.unwrap();
        if !deliveries.is_empty() && deliveries.iter().all(|it| it.tried_at.is_some() || it.state != "open") {
            return deliveries;
        }
        assert!(began.elapsed() < Duration::from_secs(20), "{deliveries:?}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

fn verified(got: &Got, secret: &str) -> bool {
    standardwebhooks::Webhook::new(secret).unwrap().verify(&got.body, &got.headers).is_ok()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_acceptance_is_sent_signed_within_200_ms_as_a_rule() {
    let shop = Receiver::taking_all().await;
    let house = house(&[shop.url()]).await;
    let quote = quote(&house).await;
    let mut waits = Vec::new();
    for number in 1..=40 {
        let began = Instant::now();
        let kept = accept(&house.checkout, &quote).await;
        let got = shop.wait_for(number).await.pop().unwrap();
        assert_eq!(got.json()["data"]["id"], kept.offer.id().as_str());
        waits.push(got.at.saturating_duration_since(began));
    }
    waits.sort_unstable();
    println!("first webhook after the acceptance began: p50 {:?}, p95 {:?}", waits[20], waits[37]);
    assert!(waits[20] < Duration::from_millis(200), "{waits:?}");
    let got = &shop.got()[0];
    assert!(verified(got, SECRET) && !verified(got, "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"));
    assert_eq!((got.kind(), got.header("content-type")), ("offer.accepted".into(), "application/json"));
    assert!(got.header("user-agent").starts_with("tradein-webhooks/"));
    assert!(got.json()["data"].get("token").is_none());
    assert!(got.body.len() < 20_000);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_failed_webhook_is_sent_again_as_the_same_event() {
    let shop = Receiver::answering(Manner::Then(500, 204)).await;
    let house = house(&[shop.url()]).await;
    let kept = accept(&house.checkout, &quote(&house).await).await;
    let got = shop.wait_for(2).await;
    let wait = got[1].at - got[0].at;
    assert!((Duration::from_secs(4)..Duration::from_secs(9)).contains(&wait), "{wait:?}");
    assert_eq!((got[0].header("webhook-id"), &got[0].body), (got[1].header("webhook-id"), &got[1].body));
    assert_ne!(got[0].header("webhook-timestamp"), got[1].header("webhook-timestamp"));
    assert!(got.iter().all(|got| verified(got, SECRET)));
    let began = Instant::now();
    while tried(&house, &kept).await[0].state != "delivered" {
        assert!(began.elapsed() < Duration::from_secs(5));
    }
    assert_eq!(tried(&house, &kept).await[0].tries, 2);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_endpoint_that_is_gone_gets_nothing_more_and_the_other_is_told() {
    let gone = Receiver::answering(Manner::With(410)).await;
    let other = Receiver::taking_all().await;
    let house = house(&[gone.url(), other.url()]).await;
    let quote = quote(&house).await;
    accept(&house.checkout, &quote).await;
    let told = other.wait_for(2).await;
    let disabled = told.iter().find(|got| got.kind() == "endpoint.disabled").unwrap().json();
    assert_eq!(disabled["data"]["url"], format!("http://127.0.0.1:{}", gone.port));
    let kept = accept(&house.checkout, &quote).await;
    other.wait_for(3).await;
    assert_eq!(tried(&house, &kept).await.len(), 1, "it is written for the other endpoint only");
    assert_eq!(gone.got().len(), 1);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_redirect_is_a_failure_and_not_followed() {
    let elsewhere = Receiver::taking_all().await;
    let shop = Receiver::answering(Manner::Redirect(elsewhere.url())).await;
    let house = house(&[shop.url()]).await;
    let kept = accept(&house.checkout, &quote(&house).await).await;
    let delivery = tried(&house, &kept).await.remove(0);
    assert_eq!((&*delivery.state, delivery.status), ("open", Some(307)));
    assert!(elsewhere.got().is_empty());
    house.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slow_endpoint_holds_up_no_other_one() {
    let slow = Receiver::answering(Manner::After(Duration::from_secs(15))).await;
    let shop = Receiver::taking_all().await;
    let house = house(&[slow.url(), shop.url()]).await;
    let quote = quote(&house).await;
    let began = Instant::now();
    for _ in 0..12 {
        accept(&house.checkout, &quote).await;
    }
    shop.wait_for(12).await;
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
    assert!((1..=4).contains(&slow.got().len()), "{} at once", slow.got().len());
    let stopped = Instant::now();
    house.close().await;
    assert!(stopped.elapsed() < Duration::from_secs(6), "{:?}", stopped.elapsed());
}

/// Sends by a sender whose names lead to `addresses`. Returns the result of the first try.
async fn sent_to(addresses: &'static [&'static str], shop: &Receiver, house: &House) -> DeliveryRecord {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tradein.toml");
    std::fs::write(&file, settings(&[format!("http://localhost:{}/hooks/hush", shop.port)])).unwrap();
    let file = file.display().to_string();
    let variables = |name: &str| match name {
        "TRADEIN_CONFIG" => Some(file.clone()),
        "DEMO_WEBHOOK" => Some(SECRET.to_owned()),
        _ => None,
    };
    let merchants = Settings::read(&variables).unwrap().merchants;
    let sandbox = Allowed { loopback: true, ..Allowed::default() };
    let names = Names::asking(sandbox, |_| {
        let of = |text: &&str| SocketAddr::new(text.parse::<IpAddr>().unwrap(), 0);
        let found = addresses.iter().map(of).collect::<Vec<_>>();
        async move { Ok(found) }.boxed()
    });
    let sender = Sender::new(InstanceId::of(rand::random()), &house.checkout, &merchants, names).unwrap();
    let sending = tokio::spawn(sender.run(std::future::pending()));
    let kept = accept(&house.checkout, &quote(house).await).await;
    let delivery = tried(house, &kept).await.remove(0);
    sending.abort();
    delivery
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_name_that_leads_to_a_private_address_is_sent_nothing() {
    let shop = Receiver::taking_all().await;
    let house = house(&[]).await;
    for private in [&["10.0.0.1"] as &[_], &["::ffff:192.168.1.1"], &["169.254.169.254"]] {
        let delivery = sent_to(private, &shop, &house).await;
        assert_eq!((&*delivery.state, delivery.tries, delivery.status), ("open", 1, None), "{private:?}");
        let took = delivery.tried_at.unwrap().duration_since(delivery.at);
        assert!(took.as_secs() < 3, "a connection was tried: {took}");
    }
    assert!(shop.got().is_empty());
    house.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_several_addresses_of_a_name_a_private_one_is_never_connected_to() {
    let shop = Receiver::taking_all().await;
    let house = house(&[]).await;
    let delivery = sent_to(&["10.0.0.1", "127.0.0.1", "192.168.0.1"], &shop, &house).await;
    assert_eq!((&*delivery.state, delivery.status), ("delivered", Some(200)));
    assert_eq!(shop.got().len(), 1);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_a_secret_is_replaced_both_sign() {
    const NEXT: &str = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
    let shop = Receiver::taking_all().await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tradein.toml");
    let text = settings(&[shop.url()]) + "secret_next_env = \"DEMO_WEBHOOK_NEXT\"\n";
    std::fs::write(&file, text).unwrap();
    let variables =
        [("TRADEIN_CONFIG", file.to_str().unwrap()), ("DEMO_WEBHOOK", SECRET), ("DEMO_WEBHOOK_NEXT", NEXT)];
    let house = House::with(&variables).await;
    house.checkout.ping("demo").await.unwrap();
    let got = shop.wait_for(1).await.remove(0);
    assert_eq!(got.kind(), "ping");
    assert!(verified(&got, SECRET) && verified(&got, NEXT));
    house.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn changed_endpoints_are_used_without_a_restart() {
    let (before, after) = (Receiver::taking_all().await, Receiver::taking_all().await);
    let house = house(&[before.url()]).await;
    house.checkout.ping("demo").await.unwrap();
    before.wait_for(1).await;
    let text = settings(&[after.url()]);
    let variables = |name: &str| (name == "DEMO_WEBHOOK").then(|| SECRET.to_owned());
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tradein.toml");
    std::fs::write(&file, text).unwrap();
    let file = file.display().to_string();
    let read =
        Settings::read(&|name| if name == "TRADEIN_CONFIG" { Some(file.clone()) } else { variables(name) });
    house.sender.use_merchants(&read.unwrap().merchants);
    house.checkout.ping("demo").await.unwrap();
    after.wait_for(1).await;
    assert_eq!(before.got().len(), 1);
    // An event that was sent before goes to the new endpoint as well when it is replayed.
    let event = checkout::EventId::parse(before.got()[0].header("webhook-id")).unwrap();
    house.checkout.replay(&event).await.unwrap();
    assert_eq!(after.wait_for(2).await[1].header("webhook-id"), event.as_str());
    house.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_change_of_an_offer_is_sent_once_with_its_version() {
    let shop = Receiver::taking_all().await;
    let house = house(&[shop.url()]).await;
    let kept = accept(&house.checkout, &quote(&house).await).await;
    house.checkout.withdraw(kept.offer.id(), "demo").await.unwrap();
    let got = shop.wait_for(2).await;
    let mut told: Vec<_> =
        got.iter().map(|got| (got.json()["data"]["version"].as_u64(), got.kind())).collect();
    told.sort_unstable();
    assert_eq!(told, [(Some(1), "offer.accepted".to_owned()), (Some(2), "offer.withdrawn".to_owned())]);
    assert_eq!(house.records.check_books().await.unwrap(), []);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_acceptances_at_once_each_is_sent_once() {
    const COUNT: usize = 60;
    let shop = Receiver::taking_all().await;
    let house = house(&[shop.url()]).await;
    let quote = quote(&house).await;
    let began = Instant::now();
    let accepting = (0..COUNT).map(|_| accept(&house.checkout, &quote));
    futures::future::join_all(accepting).await;
    let mut waits: Vec<_> = shop.wait_for(COUNT).await.iter().map(|got| got.at - began).collect();
    waits.sort_unstable();
    println!("of {COUNT} at once: p50 {:?}, p95 {:?}", waits[COUNT / 2], waits[COUNT * 95 / 100]);
    tokio::time::sleep(Duration::from_millis(300)).await;
    let ids: HashSet<_> = shop.got().iter().map(|got| got.header("webhook-id").to_owned()).collect();
    assert_eq!((ids.len(), shop.got().len()), (COUNT, COUNT));
    house.close().await;
}
