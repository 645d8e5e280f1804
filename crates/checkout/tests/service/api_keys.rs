//! API keys of merchants' backends.

use checkout::{ApiKeyId, DEMO_KEY};

use crate::place::{Place, on_both, setup};

on_both!(
    a_key_opens_its_merchants_offers_until_it_is_revoked,
    a_sandbox_takes_only_test_keys_and_a_live_server_only_live_ones,
);

async fn a_key_opens_its_merchants_offers_until_it_is_revoked(place: Place) {
    let checkout = place.checkout().await;
    let (view, secret) = checkout.create_api_key("demo", "the till", true).await.unwrap();
    let key = checkout.verify_api_key(secret.expose()).await.unwrap().unwrap();
    assert_eq!((&*key.merchant, key.read_only), ("demo", true));
    assert_eq!(key.id.unwrap().as_str(), view.id);
    let (_, other) = checkout.create_api_key("other", &"long".repeat(90), false).await.unwrap();
    let list = checkout.api_keys().await.unwrap();
    assert_eq!(list.len(), 2);
    let known = list.iter().find(|it| it.id == view.id).unwrap();
    assert_eq!((known, &*known.name), (&view, "the till"));
    assert!(list.iter().all(|it| it.name.chars().count() <= 100));
    // What is stored cannot be used as a key.
    let kept = place.records().await.api_keys().await.unwrap();
    assert!(!format!("{kept:?}").contains(secret.expose()));

    place.set_clock(60);
    let id = ApiKeyId::parse(&view.id).unwrap();
    assert!(checkout.revoke_api_key(&id).await.unwrap());
    assert!(!checkout.revoke_api_key(&id).await.unwrap());
    assert_eq!(checkout.verify_api_key(secret.expose()).await.unwrap(), None);
    assert!(checkout.verify_api_key(other.expose()).await.unwrap().is_some());
    for text in ["", "tik_live_", "tik_live_0000000000000000000000", "nonsense"] {
        assert_eq!(checkout.verify_api_key(text).await.unwrap(), None, "{text}");
    }
}

async fn a_sandbox_takes_only_test_keys_and_a_live_server_only_live_ones(place: Place) {
    let (live, sandbox) = (place.checkout().await, place.checkout_of(setup(true)).await);
    let (_, for_live) = live.create_api_key("demo", "", false).await.unwrap();
    let (_, for_sandbox) = sandbox.create_api_key("demo", "", false).await.unwrap();
    assert!(for_live.expose().starts_with("tik_live_") && for_sandbox.expose().starts_with("tik_test_"));
    assert!(live.verify_api_key(for_live.expose()).await.unwrap().is_some());
    assert!(sandbox.verify_api_key(for_sandbox.expose()).await.unwrap().is_some());
    assert_eq!(live.verify_api_key(for_sandbox.expose()).await.unwrap(), None);
    assert_eq!(sandbox.verify_api_key(for_live.expose()).await.unwrap(), None);
    assert_eq!(sandbox.verify_api_key(DEMO_KEY).await.unwrap().unwrap().merchant, "demo");
    assert_eq!(live.verify_api_key(DEMO_KEY).await.unwrap(), None);
}
