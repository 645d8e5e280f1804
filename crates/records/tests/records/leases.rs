//! Leases of device lists: of several instances, one quotes a list.

use std::time::Duration;

use domain::Failure;
use records::testing::Other;
use records::{BatchId, BatchState, InstanceId, ListClaim, ListLease, NewRow, Records};

use crate::place::{Place, on_both};
use crate::things::{at, claim, phone, quote, quoted};

on_both!(
    of_many_that_claim_a_list_at_once_one_gets_it,
    a_lease_that_is_renewed_lives_on_and_one_that_is_not_is_taken_over,
    who_has_lost_its_lease_settles_no_device_and_ends_no_list,
    a_paused_list_is_claimed_by_commands_only_and_one_that_is_over_by_nobody,
    an_open_list_without_a_live_lease_is_to_be_taken_up,
    a_lease_from_before_the_clock_was_set_back_has_ended,
);

const LIFE: Duration = Duration::from_secs(12);

/// An open list of two devices.
async fn list(records: &Records) -> BatchId {
    let row = |number, model: &str| NewRow::new(number, phone(model));
    let rows = [row(1, "iPhone 14 Pro"), row(2, "iPhone 13")];
    let id = records.add_batch("list.csv", b"it", &rows, at(0)).await.unwrap();
    records.set_batch_state(id, BatchState::Open).await.unwrap();
    id
}

async fn renew(records: &Records, lease: &ListLease) -> bool {
    records.renew_list(lease, LIFE, "renewed").await.unwrap()
}

async fn holder(records: &Records, list: BatchId) -> Option<InstanceId> {
    records.batch(list).await.unwrap().unwrap().holder
}

async fn of_many_that_claim_a_list_at_once_one_gets_it(place: Place) {
    let instances = [place.records().await, place.records().await];
    let id = list(&instances[0]).await;
    let claiming = (0..12).map(|number| {
        let records = instances[number % 2].clone();
        tokio::spawn(async move { claim(&records, id, number as u64).await })
    });
    let mut leases = Vec::new();
    for lease in claiming.collect::<Vec<_>>() {
        leases.extend(lease.await.unwrap());
    }
    assert_eq!(leases.len(), 1, "{leases:?}");
    assert_eq!(holder(&instances[1], id).await.as_ref(), Some(&leases[0].holder));
}

async fn a_lease_that_is_renewed_lives_on_and_one_that_is_not_is_taken_over(place: Place) {
    let [one, other] = [place.records().await, place.records().await];
    let id = list(&one).await;
    let lease = claim(&one, id, 1).await.unwrap();
    for _ in 0..3 {
        assert!(renew(&one, &lease).await);
        place.let_pass(8).await;
        assert_eq!(claim(&other, id, 2).await, None);
    }
    assert_eq!(one.batch(id).await.unwrap().unwrap().doing.as_deref(), Some("renewed"));
    place.let_pass(5).await;
    assert_eq!(holder(&other, id).await, None);
    assert!(renew(&one, &lease).await, "no other has claimed it");
    place.let_pass(13).await;
    let next = claim(&other, id, 2).await.unwrap();
    assert!(!renew(&one, &lease).await);
    one.release_list(&lease, None).await.unwrap();
    assert_eq!(holder(&one, id).await.as_ref(), Some(&next.holder), "only its holder releases it");
    other.release_list(&next, None).await.unwrap();
    assert!(claim(&one, id, 1).await.is_some());
    assert!(!renew(&other, &next).await);
}

async fn who_has_lost_its_lease_settles_no_device_and_ends_no_list(place: Place) {
    let [one, other] = [place.records().await, place.records().await];
    let id = list(&one).await;
    let late = claim(&one, id, 1).await.unwrap();
    place.let_pass(61).await;
    let price = quote(1, "iPhone 14 Pro", 4_000, 0);
    one.write(&[quoted(1, &price)]).await.unwrap();
    assert!(one.settle(&late, 1, &Ok(price.id.clone())).await.unwrap(), "no other has claimed it");
    let lease = claim(&other, id, 2).await.unwrap();
    assert!(!one.settle(&late, 1, &Err(Failure::PartnerUnavailable)).await.unwrap());
    assert!(!one.settle(&late, 2, &Err(Failure::PartnerUnavailable)).await.unwrap());
    one.release_list(&late, Some(BatchState::Paused)).await.unwrap();
    let batch = other.batch(id).await.unwrap().unwrap();
    assert_eq!((batch.state, batch.counts.priced, batch.counts.failed), (BatchState::Open, 1, 0));
    assert!(other.settle(&lease, 2, &Err(Failure::ModelUnknown)).await.unwrap());
    other.release_list(&lease, Some(BatchState::Done)).await.unwrap();
    let batch = other.batch(id).await.unwrap().unwrap();
    assert_eq!((batch.state, batch.holder, batch.counts.failed), (BatchState::Done, None, 1));
}

async fn a_paused_list_is_claimed_by_commands_only_and_one_that_is_over_by_nobody(place: Place) {
    let records = place.records().await;
    let id = list(&records).await;
    records.set_batch_state(id, BatchState::Paused).await.unwrap();
    let server = InstanceId::of(9);
    let claimed = ListClaim { list: id, holder: &server, life: LIFE, even_paused: false, doing: "{}" };
    assert_eq!(records.claim_list(claimed).await.unwrap(), None);
    let lease = claim(&records, id, 1).await.unwrap();
    records.set_batch_state(id, BatchState::Cancelled).await.unwrap();
    records.release_list(&lease, Some(BatchState::Paused)).await.unwrap();
    assert_eq!(records.batch(id).await.unwrap().unwrap().state, BatchState::Cancelled);
    assert_eq!(claim(&records, id, 1).await, None);
    records.delete_batch(id).await.unwrap();
    assert!(!renew(&records, &lease).await);
}

async fn an_open_list_without_a_live_lease_is_to_be_taken_up(place: Place) {
    let records = place.records().await;
    let [free, held, paused] = [list(&records).await, list(&records).await, list(&records).await];
    claim(&records, held, 1).await.unwrap();
    records.set_batch_state(paused, BatchState::Paused).await.unwrap();
    assert_eq!(records.lists_to_take_up().await.unwrap(), [free]);
    place.let_pass(61).await;
    assert_eq!(records.lists_to_take_up().await.unwrap(), [free, held]);
}

async fn a_lease_from_before_the_clock_was_set_back_has_ended(place: Place) {
    let records = place.records().await;
    let id = list(&records).await;
    claim(&records, id, 1).await.unwrap();
    place.let_pass(-600).await;
    assert_eq!(holder(&records, id).await, None);
    assert!(claim(&records, id, 2).await.is_some());
    let mut other: Other = place.other().await;
    assert_eq!(other.number("SELECT fence FROM batches").await.unwrap(), 2);
}

#[tokio::test]
async fn what_a_killed_process_held_is_free_at_once_for_the_next_one_alone_at_a_file() {
    let place = Place::in_a_file();
    let killed = place.records().await;
    let id = list(&killed).await;
    claim(&killed, id, 1).await.unwrap();
    // A process beside it takes nothing over.
    let beside = place.records().await;
    assert_eq!(claim(&beside, id, 2).await, None);
    killed.close().await;
    beside.close().await;
    let next = place.records().await;
    assert_eq!(holder(&next, id).await, None);
    assert!(claim(&next, id, 3).await.is_some());
}
