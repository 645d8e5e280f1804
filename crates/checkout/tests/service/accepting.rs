//! Accepting a price.

use std::sync::Arc;

use checkout::{CheckoutError, NotAcceptable, Product, Selection, State, Wanted, verify};
use records::DeliveriesAsked;

use crate::place::{HOOK, ISSUER, Place, accept, moment, on_both, setup, wanted, wanted_in_a_sandbox};

on_both!(
    an_accepted_price_has_a_token_a_code_and_an_event,
    pressing_twice_and_a_second_tab_make_one_offer,
    a_backend_without_a_visit_makes_a_new_offer_each_time,
    after_a_withdrawal_or_the_end_the_same_can_be_accepted_once_more,
    what_cannot_be_accepted_leaves_nothing_behind,
    a_code_that_is_taken_is_drawn_again,
    an_offer_outlives_the_process_that_made_it,
);

async fn an_accepted_price_has_a_token_a_code_and_an_event(place: Place) {
    let checkout = place.checkout().await;
    let (kept, is_new) = checkout.accept(wanted("a")).await.unwrap();
    assert!(is_new);
    let token = checkout.token(&kept.offer);
    let keys = checkout.setup().keys.clone();
    let claims = verify(token.expose(), keys.published(moment(0)), ISSUER, "demo", moment(0)).unwrap();
    assert_eq!((&claims.jti, claims.amount.fen()), (kept.offer.id(), 470_000));
    let typed = kept.offer.code().grouped().to_lowercase();
    assert_eq!(checkout.get(&typed, Some("demo")).await.unwrap(), kept);
    let story = checkout.story(kept.offer.id()).await.unwrap();
    assert_eq!((story.len(), &*story[0].kind), (1, "offer.accepted"));
    assert!(story[0].body.contains(kept.offer.id().as_str()) && !story[0].body.contains(token.expose()));
    let sent = DeliveriesAsked { offer: Some(kept.offer.id().as_str()), most: 9, ..Default::default() };
    let sent = place.records().await.deliveries(sent).await.unwrap();
    assert_eq!((sent.len(), &*sent[0].endpoint, &*sent[0].state), (1, HOOK, "open"));
}

async fn pressing_twice_and_a_second_tab_make_one_offer(place: Place) {
    let instances = [place.checkout().await, place.checkout().await];
    let accepting = (0..30).map(|number| {
        let checkout = Arc::clone(&instances[number % 2]);
        tokio::spawn(async move { checkout.accept(wanted("a")).await.unwrap() })
    });
    let (mut ids, mut new) = (Vec::new(), 0);
    for accepted in accepting.collect::<Vec<_>>() {
        let (kept, is_new) = accepted.await.unwrap();
        ids.push(kept.offer.id().clone());
        new += u32::from(is_new);
    }
    ids.dedup();
    assert_eq!((ids.len(), new), (1, 1));
    let [other_visit, mut other_product, mut other_merchant] = ["b", "a", "a"].map(wanted);
    other_product.product = Some(Product { name: "iPhone 17".into(), price: None });
    other_merchant.merchant = "other".into();
    for other in [other_visit, other_product, other_merchant] {
        assert!(instances[0].accept(other).await.unwrap().1, "another one");
    }
}

async fn a_backend_without_a_visit_makes_a_new_offer_each_time(place: Place) {
    let checkout = place.checkout().await;
    let wanted = || Wanted { visit: None, ..wanted("a") };
    let (first, _) = checkout.accept(wanted()).await.unwrap();
    let (second, is_new) = checkout.accept(wanted()).await.unwrap();
    assert!(is_new && first.offer.id() != second.offer.id());
}

async fn after_a_withdrawal_or_the_end_the_same_can_be_accepted_once_more(place: Place) {
    let checkout = place.checkout().await;
    let wanted = || Wanted { until: Some(moment(60)), ..wanted("a") };
    let (first, _) = checkout.accept(wanted()).await.unwrap();
    checkout.withdraw(first.offer.id(), "demo").await.unwrap();
    let (second, is_new) = checkout.accept(wanted()).await.unwrap();
    assert!(is_new);
    place.set_clock(60);
    // The offer has ended, but it was not marked as expired yet.
    let wanted = || Wanted { until: Some(moment(120)), ..wanted() };
    assert!(checkout.accept(wanted()).await.unwrap().1);
    assert!(!checkout.accept(wanted()).await.unwrap().1);
    for (kept, state) in [(first, State::Withdrawn), (second, State::Expired)] {
        let now = checkout.get(kept.offer.id().as_str(), Some("demo")).await.unwrap();
        assert_eq!(now.standing.state, state);
    }
}

async fn what_cannot_be_accepted_leaves_nothing_behind(place: Place) {
    let checkout = place.checkout().await;
    let error = checkout.accept(wanted_in_a_sandbox("a")).await.unwrap_err();
    assert!(matches!(error, CheckoutError::NotFound), "{error}");
    place.set_clock(86_400);
    let error = checkout.accept(wanted("a")).await.unwrap_err();
    assert!(matches!(error, CheckoutError::NotAcceptable(NotAcceptable::Expired)), "{error}");
    assert!(
        checkout
            .list(Selection { merchant: None, state: None, day: None, after: None, limit: 9 })
            .await
            .unwrap()
            .items
            .is_empty()
    );
    assert!(checkout.events("demo", None, 9).await.unwrap().items.is_empty());
}

async fn a_code_that_is_taken_is_drawn_again(place: Place) {
    let checkout = place.checkout().await;
    let first = accept(&checkout, "a").await;
    place.draw_again();
    let second = accept(&checkout, "b").await;
    assert_ne!(first.offer.code(), second.offer.code());
    assert_ne!(first.offer.id(), second.offer.id());
}

async fn an_offer_outlives_the_process_that_made_it(place: Place) {
    let checkout = place.checkout().await;
    let kept = accept(&checkout, "a").await;
    let again = place.checkout().await;
    assert_eq!(again.get(kept.offer.id().as_str(), None).await.unwrap(), kept);
    // A sandbox with the same database does not find it.
    let sandbox = place.checkout_of(setup(true)).await;
    let error = sandbox.get(kept.offer.id().as_str(), None).await.unwrap_err();
    assert!(matches!(error, CheckoutError::NotFound), "{error}");
    assert!(sandbox.accept(wanted_in_a_sandbox("a")).await.unwrap().1);
}
