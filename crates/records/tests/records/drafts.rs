//! Drafts of lists, which all instances show and one starts.

use jiff::SignedDuration;
use records::{DraftRecord, DraftSaid, MostDrafts, Records};

use crate::place::{Place, on_both};
use crate::things::at;

on_both!(
    a_draft_is_known_to_all_instances_with_what_a_person_said,
    of_two_who_take_a_draft_one_gets_it,
    the_oldest_make_room_and_the_newest_is_kept,
    a_draft_is_kept_for_a_day_after_a_person_worked_at_it,
);

const MANY: MostDrafts = MostDrafts { drafts: 20, rows: 150_000 };

fn draft(rows: u32) -> DraftRecord {
    let said = DraftSaid { answers: b"[]".into(), hidden_out: false };
    DraftRecord { name: b"list.xlsx".into(), content: [7; 32], rows, cells: b"{\"rows\":[]}".into(), said }
}

async fn keys(records: &Records) -> Vec<String> {
    records.draft_names().await.unwrap().into_iter().map(|(key, _)| key).collect()
}

async fn a_draft_is_known_to_all_instances_with_what_a_person_said(place: Place) {
    let (one, other) = (place.records().await, place.records().await);
    one.add_draft("a", &draft(3), MANY, at(0)).await.unwrap();
    assert_eq!(other.draft("a").await.unwrap(), Some((draft(3), 0)));
    let said = DraftSaid { answers: b"another".into(), hidden_out: true };
    assert_eq!(other.change_draft("a", &said, at(1)).await.unwrap(), Some(1));
    assert_eq!(one.draft_changes("a").await.unwrap(), Some(1));
    assert_eq!(one.draft("a").await.unwrap(), Some((DraftRecord { said: said.clone(), ..draft(3) }, 1)));
    assert_eq!(one.draft_names().await.unwrap(), [("a".to_owned(), b"list.xlsx".to_vec())]);
    for unknown in [one.draft_changes("b").await, one.change_draft("b", &said, at(1)).await] {
        assert_eq!(unknown.unwrap(), None);
    }
    assert_eq!(one.draft("b").await.unwrap(), None);
    // It is put back, as when it could not be started.
    one.add_draft("a", &draft(4), MANY, at(2)).await.unwrap();
    assert_eq!(other.draft("a").await.unwrap(), Some((draft(4), 0)));
}

async fn of_two_who_take_a_draft_one_gets_it(place: Place) {
    let (one, other) = (place.records().await, place.records().await);
    one.add_draft("a", &draft(3), MANY, at(0)).await.unwrap();
    let (first, second) = tokio::join!(one.take_draft("a"), other.take_draft("a"));
    assert!(first.unwrap() ^ second.unwrap());
    assert_eq!(keys(&one).await, [""; 0]);
}

async fn the_oldest_make_room_and_the_newest_is_kept(place: Place) {
    let records = place.records().await;
    let most = MostDrafts { drafts: 3, rows: 100 };
    for (second, key) in ["a", "b", "c", "d"].into_iter().enumerate() {
        records.add_draft(key, &draft(10), most, at(second.try_into().unwrap())).await.unwrap();
    }
    assert_eq!(keys(&records).await, ["d", "c", "b"]);
    records.add_draft("e", &draft(80), most, at(9)).await.unwrap();
    assert_eq!(keys(&records).await, ["e", "d", "c"], "100 rows in all");
    // The clock of another instance is behind.
    records.add_draft("f", &draft(101), most, at(-600)).await.unwrap();
    assert_eq!(keys(&records).await, ["f"], "however long it is");
}

async fn a_draft_is_kept_for_a_day_after_a_person_worked_at_it(place: Place) {
    let records = place.records().await;
    let (hour, month) = (3_600, SignedDuration::from_hours(30 * 24));
    records.add_draft("a", &draft(3), MANY, at(0)).await.unwrap();
    records.add_draft("b", &draft(3), MANY, at(0)).await.unwrap();
    records.change_draft("b", &draft(3).said, at(hour)).await.unwrap();
    records.purge(at(24 * hour + 1), month).await.unwrap();
    assert_eq!(keys(&records).await, ["b"]);
}
