//! Device lists.

use domain::{Failure, Money, QuoteForm};
use records::{BatchId, BatchState, Counts, NewRow, Records, RowCounts, RowOrder, RowOutcome, RowsAsked};

use crate::place::{Place, on_both};
use crate::things::{self, at, phone, quote, quoted};

on_both!(
    a_list_is_kept_device_by_device_and_settled,
    a_part_of_a_lists_rows_is_found_in_the_order_asked_for,
    a_list_that_is_over_stays_so_and_one_that_is_deleted_is_gone,
);

fn row(number: u32, form: QuoteForm) -> NewRow {
    NewRow::new(number, form)
}

/// Six rows: two of the same device, one without a storage, two of other devices, and one that waits for an answer.
async fn list(records: &Records) -> BatchId {
    let rows = [
        row(2, phone("iPhone 14 Pro")),
        NewRow { written_model: Some("苹果13".into()), ..row(3, phone("iPhone 13")) },
        row(4, QuoteForm { storage: String::new(), ..phone("iPhone 12") }),
        row(5, phone("iPhone 14 Pro")),
        row(6, QuoteForm { brand: "华为".into(), ..phone("Mate 60\0") }),
        NewRow { waits: true, ..row(7, QuoteForm { condition: "A级".into(), ..phone("iPhone 12") }) },
    ];
    records.add_batch("list.csv", b"fingerprint", &rows, at(0)).await.unwrap()
}

/// A price for the first two devices, none for the last.
async fn settle(records: &Records, id: BatchId) {
    let [first, second] = [quote(1, "iPhone 14 Pro", 4_000, 0), quote(2, "iPhone 13", 3_000, 0)];
    records.write(&[quoted(1, &first), quoted(2, &second)]).await.unwrap();
    things::settle(records, id, 2, Ok(first.id.clone())).await;
    things::settle(records, id, 3, Ok(second.id.clone())).await;
}

async fn a_list_is_kept_device_by_device_and_settled(place: Place) {
    let records = place.records().await;
    let id = list(&records).await;
    let batch = records.batch(id).await.unwrap().unwrap();
    assert_eq!((batch.name.as_str(), batch.state), ("list.csv", BatchState::Paused));
    let open = records.open_devices(id).await.unwrap();
    let devices = open.iter().map(|it| it.device).collect::<Vec<_>>();
    assert_eq!(devices[..2], [2, 3]);
    let counts = Counts { rows: 6, bad_rows: 6 - 1 - devices.len() as u32, waiting_rows: 1, ..batch.counts };
    assert_eq!(batch.counts, counts);

    settle(&records, id).await;
    things::settle(&records, id, 2, Ok(quote(1, "iPhone 14 Pro", 4_000, 0).id.clone())).await;
    let batch = records.batch(id).await.unwrap().unwrap();
    assert_eq!((batch.counts.priced, batch.counts.failed), (2, 0));
    assert_eq!(records.open_devices(id).await.unwrap().len(), devices.len() - 2);
    let rows = records.batch_rows(id, 0).await.unwrap();
    assert_eq!(rows.iter().map(|row| row.number).collect::<Vec<_>>(), [2, 3, 4, 5, 6, 7]);
    assert_eq!(
        rows.iter().map(|row| row.waits).collect::<Vec<_>>(),
        [false, false, false, false, false, true]
    );
    assert_eq!(rows[0].answer.as_ref().unwrap().as_ref().unwrap().id, quote(1, "x", 1, 0).id);
    assert_eq!((rows[0].written_model.as_deref(), rows[1].written_model.as_deref()), (None, Some("苹果13")));
    assert!(rows[3].answer.as_ref().unwrap().is_ok(), "of the same device");
    assert!(matches!(rows[2].answer, Some(Err(Failure::InvalidInput { .. }))));
    assert_eq!(records.batch_rows(id, 4).await.unwrap().len(), 3);
    let none = Failure::ModelUnknown;
    things::settle(&records, id, 3, Err(none.clone())).await;
    assert_eq!(records.batch_rows(id, 2).await.unwrap()[0].answer, Some(Err(none)));
    // A device whose quote was lost before it could be written has no result again.
    things::settle(&records, id, 2, Ok(quote(77, "x", 1, 0).id.clone())).await;
    assert_eq!(records.open_devices(id).await.unwrap()[0].device, 2);
}

async fn a_part_of_a_lists_rows_is_found_in_the_order_asked_for(place: Place) {
    let records = place.records().await;
    let id = list(&records).await;
    settle(&records, id).await;
    let numbers = async |asked: RowsAsked| {
        let found = records.batch_rows_by(id, &RowsAsked { most: 10, ..asked }).await.unwrap();
        (found.rows.iter().map(|row| row.number).collect::<Vec<_>>(), found.total)
    };
    let all = RowsAsked::default();
    assert_eq!(numbers(all.clone()).await, (vec![2, 3, 4, 5, 6, 7], 6));
    assert_eq!(numbers(RowsAsked { skip: 3, descending: true, ..all.clone() }).await, (vec![4, 3, 2], 6));
    let priced = RowsAsked { outcome: Some(RowOutcome::Priced), ..all.clone() };
    assert_eq!(numbers(priced.clone()).await, (vec![2, 3, 5], 3));
    let of = |outcome| RowsAsked { outcome: Some(outcome), ..all.clone() };
    assert_eq!(numbers(of(RowOutcome::Waiting)).await, (vec![7], 1));
    assert!(!numbers(of(RowOutcome::Failed)).await.0.contains(&7), "an answer may give it a price");
    let by_price = RowsAsked { order: RowOrder::Price, ..all.clone() };
    assert_eq!(numbers(by_price.clone()).await.0[..3], [3, 2, 5]);
    assert_eq!(numbers(RowsAsked { descending: true, ..by_price }).await.0[..3], [2, 5, 3], "unknown last");
    let by_device = RowsAsked { order: RowOrder::Device, ..all.clone() };
    assert_eq!(numbers(by_device).await.0, [6, 4, 7, 3, 2, 5], "by the bytes of brand and model");
    let text = |text: &str| RowsAsked { text: text.into(), ..all.clone() };
    assert_eq!(numbers(text(" IPHONE 14 ")).await, (vec![2, 5], 2));
    assert_eq!(numbers(text("华为")).await, (vec![6], 1));
    assert_eq!(numbers(text("苹果13")).await, (vec![3], 1), "as it was written");
    assert_eq!(numbers(text("100%")).await, (vec![], 0));

    let counts = records.batch_row_counts(id).await.unwrap();
    assert_eq!((counts.priced, counts.waiting), (3, 1));
    assert_eq!(counts, RowCounts { open: 2 - counts.failed, ..counts });
    let worth = records.batch_worth(id).await.unwrap();
    assert_eq!(worth.len(), 1);
    let worth = &worth[0];
    assert_eq!((worth.brand.as_str(), worth.rows), ("苹果", 3));
    assert_eq!(worth.worth, Money::from_fen(1_100_000));
}

async fn a_list_that_is_over_stays_so_and_one_that_is_deleted_is_gone(place: Place) {
    let records = place.records().await;
    let [first, second] = [list(&records).await, list(&records).await];
    assert!(second > first);
    assert_eq!(records.unfinished_batch(b"fingerprint").await.unwrap(), Some(second));
    records.set_batch_state(second, BatchState::Cancelled).await.unwrap();
    records.set_batch_state(second, BatchState::Paused).await.unwrap();
    assert_eq!(records.batch(second).await.unwrap().unwrap().state, BatchState::Cancelled);
    assert_eq!(records.unfinished_batch(b"fingerprint").await.unwrap(), Some(first));
    assert_eq!(records.unfinished_batch(b"another").await.unwrap(), None);
    let ids: Vec<_> = records.batches().await.unwrap().iter().map(|batch| batch.id).collect();
    assert_eq!(ids, [second, first]);
    records.delete_batch(second).await.unwrap();
    assert!(records.batch(second).await.unwrap().is_none());
    let rows = format!("SELECT count(*) FROM batch_rows WHERE batch = {}", second.0);
    assert_eq!(place.other().await.number(&rows).await.unwrap(), 0);
    // A number is never used again.
    assert!(list(&records).await > second);
}
