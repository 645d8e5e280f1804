//! Moves all records between the engines.

use domain::ProviderName;
use jiff::civil::date;
use records::{BatchId, Begin, Begun, DeliveriesAsked, Entry, MoveError, NewRow, OfferName, Records, Taken};

use crate::offer_things;
use crate::place::Place;
use crate::things::{self, at, attempt, ended, key, most, phone, quote, quoted};

/// Adds some rows of every kind, enough for two pages.
async fn fill(records: &Records) -> BatchId {
    for number in 0..3 {
        let begun = Begun { merchant: Some("shop".into()), at: at(number), ..attempt("quote") };
        let Begin::Made(row, taken) = records.begin(&begun, most(9), Taken::default()).await.unwrap() else {
            panic!("nothing was taken")
        };
        records.write(&[Entry::Ended(row, begun, taken, ended("ok", 70))]).await.unwrap();
    }
    let quotes: Vec<_> =
        (0..700).map(|id| quoted((id % 250) as u8, &quote(id, "iPhone 14 Pro", 4_000, id as i64))).collect();
    records.write(&quotes).await.unwrap();
    records
        .write(&[Entry::Found { key: key(1), provider: key(9), items: [].into(), at: at(0) }])
        .await
        .unwrap();
    let form = phone("iPhone 14 Pro\0");
    let rows = [NewRow { form: form.into(), ..NewRow::new(1, phone("iPhone 14 Pro")) }];
    let id = records.add_batch("list.csv", b"it", &rows, at(0)).await.unwrap();
    records.set_batch_remarks(id, "{}").await.unwrap();
    let grades = [("A级".to_owned(), "九成新".to_owned())];
    records.remember_own_grades(b"company", &grades, at(0)).await.unwrap();
    things::settle(records, id, 1, Ok(quote(1, "x", 1, 0).id.clone())).await;
    let providers = ["main", "own"].map(|name| ProviderName::parse(name).unwrap());
    records.set_batch_providers(id, &providers).await.unwrap();
    let lease = things::claim(records, id, 1).await.unwrap();
    let alternative = Ok(quote(2, "x", 1, 0).id.clone());
    assert!(records.settle_alternative(&lease, &providers[1], 1, &alternative).await.unwrap());
    offer_things::add(records, 1).await;
    let (standing, told) = offer_things::changed(1, 2, "redeemed", Some("A1"));
    assert!(records.change_offer("of_1", &standing, &told).await.unwrap());
    id
}

#[tokio::test]
async fn all_is_moved_to_a_server_and_back_and_stays_the_same() {
    let (file, server, back) = (Place::in_a_file(), Place::on_a_server().await, Place::in_a_file());
    let [from, to, again] = [file.records().await, server.records().await, back.records().await];
    let list = fill(&from).await;
    let moved = from.move_to(&to).await.unwrap();
    let rows = |name: &str| moved.iter().find(|table| table.name == name).unwrap().rows;
    assert_eq!((rows("quotes"), rows("attempts"), rows("outcomes")), (700, 3, 3));
    assert_eq!((rows("quota"), rows("batch_rows"), rows("searches")), (1, 1, 1));
    assert_eq!((rows("offers"), rows("events"), rows("deliveries")), (1, 2, 2));
    assert_eq!((rows("prices"), rows("prices_by_provider")), (0, 1));
    to.move_to(&again).await.unwrap();
    for records in [&to, &again] {
        assert_eq!(records.taken("A", date(2025, 12, 30)).await.unwrap().calls, 3);
        assert_eq!(records.calls_of_merchant("shop", date(2025, 12, 30)).await.unwrap(), 3);
        let batch = records.batch(list).await.unwrap().unwrap();
        assert_eq!((batch.counts.rows, batch.counts.priced), (1, 1));
        assert_eq!(batch.providers[1].priced, 1);
        assert_eq!(records.batch_remarks(list).await.unwrap().as_deref(), Some("{}"));
        assert_eq!(records.own_grades(b"company").await.unwrap().len(), 1);
        assert_eq!(records.check_books().await.unwrap(), []);
        let offer = records.offer(OfferName::Code("code1")).await.unwrap().unwrap();
        assert_eq!(offer.standing.order_id.as_deref(), Some("A1"));
        assert_eq!(records.events_of_offer("of_1").await.unwrap().len(), 2);
        // Row numbers continue after the highest one.
        let Begin::Made(row, _) = records.begin(&attempt("quote"), most(9), Taken::default()).await.unwrap()
        else {
            panic!("nothing was taken")
        };
        assert_eq!(row.number, 4);
        assert_eq!(fill_one(records).await, BatchId(list.0 + 1));
        offer_things::add(records, 2).await;
        let last = records.deliveries(DeliveriesAsked { most: 1, ..Default::default() }).await.unwrap();
        assert_eq!((last.len(), last[0].event.as_str()), (1, "ev_2_1"));
    }
}

async fn fill_one(records: &Records) -> BatchId {
    let rows = [NewRow::new(1, phone("x"))];
    records.add_batch("another.csv", b"other", &rows, at(0)).await.unwrap()
}

#[tokio::test]
async fn a_move_that_was_cut_off_is_finished_by_the_next() {
    let (file, server) = (Place::in_a_file(), Place::on_a_server().await);
    let [from, to] = [file.records().await, server.records().await];
    fill(&from).await;
    // As if the move was interrupted after some quotes.
    let some: Vec<_> =
        (0..300).map(|id| quoted((id % 250) as u8, &quote(id, "iPhone 14 Pro", 4_000, id as i64))).collect();
    to.write(&some).await.unwrap();
    server.other().await.run("DELETE FROM prices_by_provider").await.unwrap();
    from.move_to(&to).await.unwrap();
    // Once more, when there is nothing left to copy.
    let moved = from.move_to(&to).await.unwrap();
    assert_eq!(moved.iter().map(|table| table.rows).max(), Some(700));
}

#[tokio::test]
async fn what_holds_something_else_is_left_as_it_is() {
    let (file, server) = (Place::in_a_file(), Place::on_a_server().await);
    let [from, to] = [file.records().await, server.records().await];
    fill(&from).await;
    to.begin(&Begun { app_id: "B".into(), ..attempt("quote") }, most(9), Taken::default()).await.unwrap();
    let refused = from.move_to(&to).await.unwrap_err();
    assert!(matches!(refused, MoveError::Holds("quota")), "{refused}");
    assert_eq!(server.other().await.number("SELECT count(*) FROM quotes").await.unwrap(), 0);
    // Different rows with the same keys.
    let (file, other) = (Place::in_a_file(), Place::in_a_file());
    let [one, two] = [file.records().await, other.records().await];
    one.write(&[quoted(1, &quote(1, "iPhone 13", 3_000, 0))]).await.unwrap();
    two.write(&[quoted(1, &quote(1, "iPhone 13", 3_100, 0))]).await.unwrap();
    assert!(matches!(one.move_to(&two).await, Err(MoveError::Holds("quotes"))));
}

#[tokio::test]
async fn what_the_mark_of_an_older_copy_knows_is_moved_too() {
    let (file, server) = (Place::in_a_file(), Place::on_a_server().await);
    let records = file.records().await;
    for _ in 0..3 {
        records.begin(&attempt("quote"), most(9), Taken::default()).await.unwrap();
    }
    records.sync().await.unwrap();
    records.close().await;
    file.other().await.run("UPDATE quota SET used = 1").await.unwrap();
    let to = server.records().await;
    file.records().await.move_to(&to).await.unwrap();
    assert_eq!(to.taken("A", date(2025, 12, 30)).await.unwrap().calls, 3);
}
