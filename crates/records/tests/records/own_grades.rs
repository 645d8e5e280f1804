//! What companies mean by their own grades, and what reports say besides their rows.

use jiff::SignedDuration;
use records::NewRow;

use crate::place::{Place, on_both};
use crate::things::{at, phone};

on_both!(
    a_companys_own_grades_are_known_for_its_next_list,
    own_grades_are_kept_for_two_years_after_they_were_last_said,
    a_report_has_remarks_of_its_list_alone,
);

fn said(all: &[(&str, &str)]) -> Vec<(String, String)> {
    all.iter().map(|(written, grade)| ((*written).to_owned(), (*grade).to_owned())).collect()
}

async fn a_companys_own_grades_are_known_for_its_next_list(place: Place) {
    let records = place.records().await;
    assert_eq!(records.own_grades(b"one").await.unwrap(), []);
    records.remember_own_grades(b"one", &said(&[("B+", "八成新"), ("A级", "九成新")]), at(0)).await.unwrap();
    records.remember_own_grades(b"two", &said(&[("A级", "九五新")]), at(0)).await.unwrap();
    records.remember_own_grades(b"one", &said(&[("A级", "全新")]), at(1)).await.unwrap();
    records.close().await;
    let again = place.records().await;
    let mut known = again.own_grades(b"one").await.unwrap();
    known.sort();
    assert_eq!(known, said(&[("A级", "全新"), ("B+", "八成新")]));
    assert_eq!(again.own_grades(b"two").await.unwrap(), said(&[("A级", "九五新")]));
}

async fn own_grades_are_kept_for_two_years_after_they_were_last_said(place: Place) {
    let records = place.records().await;
    let year = 365 * 86_400;
    records.remember_own_grades(b"one", &said(&[("A", "九成新"), ("B", "八成新")]), at(0)).await.unwrap();
    records.remember_own_grades(b"one", &said(&[("A", "九成新")]), at(year)).await.unwrap();
    records.purge(at(2 * year + 86_400), SignedDuration::from_hours(24)).await.unwrap();
    assert_eq!(records.own_grades(b"one").await.unwrap(), said(&[("A", "九成新")]));
}

async fn a_report_has_remarks_of_its_list_alone(place: Place) {
    let records = place.records().await;
    let rows = [NewRow::new(1, phone("x"))];
    let one = records.add_batch("one.csv", b"one", &rows, at(0)).await.unwrap();
    let two = records.add_batch("two.csv", b"two", &rows, at(0)).await.unwrap();
    records.set_batch_remarks(one, "{\"a\":1}").await.unwrap();
    assert_eq!(records.batch_remarks(one).await.unwrap().as_deref(), Some("{\"a\":1}"));
    assert_eq!(records.batch_remarks(two).await.unwrap(), None);
    records.set_batch_state(one, records::BatchState::Done).await.unwrap();
    assert_eq!(records.batch_added_at(b"one").await.unwrap(), Some(at(0)));
    assert_eq!(records.batch_added_at(b"three").await.unwrap(), None);
}
