//! Pages of offers and events.

use checkout::{OfferId, Selection};

use crate::place::{Place, accept, on_both, order, wanted};

on_both!(
    offers_are_listed_page_by_page_the_newest_first,
    an_offer_that_cannot_be_read_is_left_out_of_a_page,
    events_are_read_page_by_page_for_thirty_days,
);

fn of_demo(limit: u32) -> Selection<'static> {
    Selection { merchant: Some("demo"), state: None, day: None, after: None, limit }
}

async fn offers_are_listed_page_by_page_the_newest_first(place: Place) {
    let checkout = place.checkout().await;
    let mut ids: Vec<OfferId> = Vec::new();
    for visit in ["a", "b", "c", "d", "e"] {
        ids.insert(0, accept(&checkout, visit).await.offer.id().clone());
    }
    let mut of_another = wanted("a");
    of_another.merchant = "other".into();
    checkout.accept(of_another).await.unwrap();

    let (mut listed, mut cursor, mut pages) = (Vec::new(), None, 0);
    loop {
        let page = checkout.list(Selection { after: cursor.as_deref(), ..of_demo(2) }).await.unwrap();
        listed.extend(page.items.into_iter().map(|kept| kept.offer.id().clone()));
        pages += 1;
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!((listed, pages), (ids.clone(), 3));
    assert_eq!(
        checkout.list(Selection { merchant: None, ..of_demo(0) }).await.unwrap().items.len(),
        1,
        "a page has one at least"
    );
    assert_eq!(
        checkout.list(Selection { merchant: None, ..of_demo(u32::MAX) }).await.unwrap().items.len(),
        6
    );

    checkout.redeem(&ids[3], "demo", order("A1")).await.unwrap();
    let in_state = async |state| {
        let page = checkout.list(Selection { state: Some(state), ..of_demo(9) }).await.unwrap();
        page.items.into_iter().map(|kept| kept.offer.id().clone()).collect::<Vec<_>>()
    };
    assert_eq!(in_state("redeemed").await, ids[3..4]);
    assert_eq!(in_state("accepted").await.len(), 4);
    // All have ended, whether they were marked as expired or not.
    place.set_clock(86_400);
    assert!(in_state("accepted").await.is_empty());
    assert_eq!(in_state("expired").await.len(), 4);
}

async fn an_offer_that_cannot_be_read_is_left_out_of_a_page(place: Place) {
    let checkout = place.checkout().await;
    let first = accept(&checkout, "a").await;
    place.add_unreadable_offers(3).await;
    let second = accept(&checkout, "b").await;
    let page = checkout.list(of_demo(4)).await.unwrap();
    assert_eq!(page.items, [second]);
    let rest = checkout.list(Selection { after: page.next.as_deref(), ..of_demo(4) }).await.unwrap();
    assert_eq!((rest.items, rest.next), (vec![first], None));
}

async fn events_are_read_page_by_page_for_thirty_days(place: Place) {
    let checkout = place.checkout().await;
    let kept = accept(&checkout, "a").await;
    checkout.redeem(kept.offer.id(), "demo", order("A1")).await.unwrap();
    place.set_clock(60);
    accept(&checkout, "b").await;
    let first = checkout.events("demo", None, 2).await.unwrap();
    let kinds: Vec<_> = first.items.iter().map(|event| event.kind.as_str()).collect();
    assert_eq!(kinds, ["offer.accepted", "offer.redeemed"]);
    assert_eq!(first.next.as_deref(), Some(first.items[1].id.as_str()));
    let second = checkout.events("demo", first.next.as_deref(), 2).await.unwrap();
    assert_eq!((second.items.len(), &second.next), (1, &None));
    // A merchant that has all events asks for those after the last one.
    let none = checkout.events("demo", Some(&second.items[0].id), 2).await.unwrap();
    assert!(none.items.is_empty());
    assert!(checkout.events("other", None, 2).await.unwrap().items.is_empty());
    place.set_clock(30 * 86_400 + 1);
    assert_eq!(checkout.events("demo", None, 9).await.unwrap().items, second.items);
}
