//! The instances that use one database, by its clock.

use std::time::Duration;

use records::{Instance, InstanceId};

use crate::place::Place;

fn instance(number: u64) -> Instance {
    Instance { id: InstanceId::of(number), version: "1.2.3".into(), fingerprint: format!("print {number}") }
}

#[tokio::test]
async fn instances_count_while_they_are_seen_and_what_they_tell_last_stands() {
    let place = Place::on_a_server().await;
    let (one, other) = (place.records().await, place.records().await);
    assert!(one.are_on_a_server());
    assert_eq!(one.note_instance(&instance(1)).await.unwrap(), 1);
    assert_eq!(other.note_instance(&instance(2)).await.unwrap(), 2);
    let changed = Instance { fingerprint: "another".into(), ..instance(1) };
    assert_eq!(one.note_instance(&changed).await.unwrap(), 2);
    let seen = other.instances().await.unwrap();
    let told: Vec<_> = seen.iter().map(|seen| seen.instance.clone()).collect();
    assert_eq!(told, [changed, instance(2)], "in the order of their starts");
    assert!(seen.iter().all(|seen| seen.seen < Duration::from_secs(15)));
    one.forget_instance(&InstanceId::of(1)).await.unwrap();
    assert_eq!(other.note_instance(&instance(2)).await.unwrap(), 1);
}

#[tokio::test]
async fn one_that_was_not_seen_for_a_while_does_not_count_and_is_deleted_later() {
    let place = Place::on_a_server().await;
    let records = place.records().await;
    let mut other = place.other().await;
    for number in 1..=3 {
        records.note_instance(&instance(number)).await.unwrap();
    }
    let age = |id, time: &str| {
        format!("UPDATE instances SET seen_at = now() - interval '{time}' WHERE id = '{id:016x}'")
    };
    other.run(&age(1, "16 seconds")).await.unwrap();
    other.run(&age(2, "2 hours")).await.unwrap();
    assert_eq!(records.instances().await.unwrap().len(), 1);
    assert_eq!(records.note_instance(&instance(3)).await.unwrap(), 1);
    assert_eq!(other.number("SELECT count(*) FROM instances").await.unwrap(), 2);
    // It was only slow.
    assert_eq!(records.note_instance(&instance(1)).await.unwrap(), 2);
}

#[tokio::test]
async fn in_a_file_nothing_is_noted() {
    let place = Place::in_a_file();
    let records = place.records().await;
    assert!(!records.are_on_a_server());
    assert_eq!(records.note_instance(&instance(1)).await.unwrap(), 1);
    assert!(records.instances().await.unwrap().is_empty());
    records.forget_instance(&InstanceId::of(1)).await.unwrap();
}
