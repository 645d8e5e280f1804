//! Sessions of operators that were ended.

use jiff::SignedDuration;
use records::EndedSession;

use crate::place::{Place, on_both};
use crate::things::at;

on_both!(a_session_that_was_ended_is_so_for_all_instances_until_its_time_is_over);

async fn a_session_that_was_ended_is_so_for_all_instances_until_its_time_is_over(place: Place) {
    let (one, other) = (place.records().await, place.records().await);
    let session = |id: &str, ends| EndedSession { id: id.into(), ends_at: at(ends) };
    one.end_sessions(&[]).await.unwrap();
    one.end_sessions(&[session("a", 100), session("b", 200)]).await.unwrap();
    one.end_sessions(&[session("a", 100)]).await.unwrap();
    let mut ended = other.ended_sessions(at(0)).await.unwrap();
    ended.sort_by(|one, other| one.id.cmp(&other.id));
    assert_eq!(ended, [session("a", 100), session("b", 200)]);
    assert_eq!(other.ended_sessions(at(100)).await.unwrap(), [session("b", 200)]);
    // The clock of one instance is ten minutes behind.
    one.purge(at(700), SignedDuration::from_hours(24)).await.unwrap();
    assert_eq!(other.ended_sessions(at(100)).await.unwrap(), [session("b", 200)]);
    one.purge(at(200 + 3_601), SignedDuration::from_hours(24)).await.unwrap();
    assert_eq!(other.ended_sessions(at(0)).await.unwrap(), []);
}
