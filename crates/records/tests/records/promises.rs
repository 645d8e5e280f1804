//! Opening, trial writes, and databases of another version.

use jiff::Timestamp;
use records::{Entry, MoveError, Records, RecordsError, Taken};

use crate::place::{Place, on_both};
use crate::things::{at, attempt, key, most, quote, quoted};

on_both!(
    opening_twice_changes_nothing,
    a_trial_write_says_whether_writes_are_taken,
    a_database_of_a_newer_version_is_named_and_left_as_it_is,
    a_newer_version_that_older_servers_cannot_work_beside_is_refused,
    a_server_works_beside_a_newer_one_that_only_added_to_the_schema,
    a_large_log_is_known_and_tidied,
    the_records_know_the_time_of_the_newest_one,
    two_that_open_a_new_database_at_once_both_succeed,
);

async fn opening_twice_changes_nothing(place: Place) {
    let first = place.records().await;
    let known = quote(1, "iPhone 14 Pro", 4_000, 0);
    first.write(&[quoted(1, &known)]).await.unwrap();
    let second = place.records().await;
    assert_eq!(second.quote(&known.id).await.unwrap().as_ref(), Some(&*known));
    first.prepare().await.unwrap();
}

async fn a_trial_write_says_whether_writes_are_taken(place: Place) {
    let records = place.records().await;
    records.try_write(at(0)).await.unwrap();
    records.sync().await.unwrap();
    records.tidy().await.unwrap();
    records.look_after().await.unwrap();
    records.check_clock(Timestamp::now()).await.unwrap();
    records.close().await;
    // The result of a successful trial is reused for a second.
    let other = Records::at(&place.url).unwrap();
    other.close().await;
    assert!(other.try_write(at(0)).await.is_err());
}

/// Changes the database as a newer version does, which may say from which schema on a server works with it.
async fn change_as_a_newer_version(place: &Place, oldest: Option<u32>) {
    place.records().await.close().await;
    let mut other = place.other().await;
    let (yes, none) = if place.is_postgres { ("true", "'\\x00'") } else { ("1", "x'00'") };
    let later = format!(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
         VALUES (9001, 'later', {yes}, {none}, 0)"
    );
    other.run(&later).await.unwrap();
    if let Some(oldest) = oldest {
        other.run(&format!("INSERT INTO schema_changes VALUES (9001, {oldest})")).await.unwrap();
    }
    other.run("ALTER TABLE quotes ADD COLUMN later TEXT").await.unwrap();
    other.close().await.unwrap();
}

async fn a_database_of_a_newer_version_is_named_and_left_as_it_is(place: Place) {
    change_as_a_newer_version(&place, None).await;
    let error = Records::open(&place.url).await.unwrap_err();
    assert!(matches!(error, RecordsError::Newer(9001)), "{error}");
    assert_eq!((error.cause(), error.is_misplaced()), ("newer", false));
}

async fn a_newer_version_that_older_servers_cannot_work_beside_is_refused(place: Place) {
    change_as_a_newer_version(&place, Some(9001)).await;
    assert!(matches!(Records::open(&place.url).await, Err(RecordsError::Newer(9001))));
}

async fn a_server_works_beside_a_newer_one_that_only_added_to_the_schema(place: Place) {
    change_as_a_newer_version(&place, Some(14)).await;
    let records = place.records().await;
    records.begin(&attempt("quote"), most(1), Taken::default()).await.unwrap();
    records.try_write(at(0)).await.unwrap();
    // What the newer version added would be left out.
    let other = Records::at("sqlite::memory:").unwrap();
    let moved = records.move_to(&other).await;
    assert!(matches!(moved, Err(MoveError::From(RecordsError::Newer(9001)))), "{moved:?}");
    let moved = other.move_to(&records).await;
    assert!(matches!(moved, Err(MoveError::To(RecordsError::Newer(9001)))), "{moved:?}");
}

async fn a_large_log_is_known_and_tidied(place: Place) {
    let records = place.records().await;
    assert!(!records.has_large_log().await);
    let found = |number: u8| {
        let model = "x".repeat(1024 * 1024);
        let item = domain::CatalogueItem {
            device_type: domain::Category::Phone,
            brand: "苹果".into(),
            model,
            storages: Vec::new(),
            rams: Vec::new(),
        };
        Entry::Found { key: key(number), provider: key(9), items: [item].into(), at: at(0) }
    };
    records.write(&[0, 1, 2, 3, 4].map(found)).await.unwrap();
    // PostgreSQL looks after its log itself.
    assert_eq!(records.has_large_log().await, !place.is_postgres);
    records.tidy().await.unwrap();
    assert!(!records.has_large_log().await);
}

async fn the_records_know_the_time_of_the_newest_one(place: Place) {
    let records = place.records().await;
    assert_eq!(records.time_by_records(), None);
    records.begin(&attempt("quote"), most(1), Taken::default()).await.unwrap();
    records.close().await;
    let records = place.records().await;
    let time = records.time_by_records().unwrap();
    assert!(time >= at(0) && time < at(60), "{time}");
    assert!(!records.open_for().is_zero() && records.open_for().as_secs() < 60);
}

async fn two_that_open_a_new_database_at_once_both_succeed(place: Place) {
    let [first, second] = [Records::at(&place.url).unwrap(), Records::at(&place.url).unwrap()];
    let (first, second) = tokio::join!(first.prepare(), second.prepare());
    first.unwrap();
    second.unwrap();
}
