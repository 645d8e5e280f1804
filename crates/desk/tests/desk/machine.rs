//! Trouble with the machine: files of the records that are damaged, removed, replaced or too new, a full
//! disk, clocks that jump. The quota is never exceeded, and nothing is lost.

use std::path::{Path, PathBuf};
use std::time::Duration;

use desk::{Due, Records, RecordsError};
use domain::{QuoteForm, Source};
use jiff::SignedDuration;
use records::testing::Other;

use crate::house::{House, Settings, database, phone, request, until};

/// Six calls a day, and no sandbox.
fn six() -> Settings {
    Settings { daily_quota: 6, shopper_reserve: 0, search_share: 0, ..Settings::default() }
}

fn file(house: &House) -> PathBuf {
    house.folder.path().join("data/tradein.db")
}

fn beside(house: &House, suffix: &str) -> PathBuf {
    house.folder.path().join(format!("data/tradein.db{suffix}"))
}

/// Asks for `count` devices that were not asked for before, and returns the result of each.
async fn ask(desk: &desk::Desk, name: &str, count: u32) -> Vec<String> {
    let mut told = Vec::new();
    for number in 0..count {
        let form = QuoteForm { function_status: format!("{name}{number}"), ..phone("iPhone 14 Pro") };
        told.push(match desk.quote(form.parse().unwrap()).await {
            Ok(_) => "price".to_owned(),
            Err(failure) => failure.code().to_owned(),
        });
    }
    told
}

/// What another process reads in the file: the number of quotes, of attempts that ended, and of counted
/// calls.
async fn books(path: &Path) -> (i64, i64, i64) {
    let mut other = Other::at(&format!("sqlite://{}", path.display())).await.unwrap();
    let mut number = async |query: &str| other.number(query).await.unwrap();
    let books = (
        number("SELECT count(*) FROM quotes").await,
        number("SELECT count(*) FROM outcomes").await,
        number("SELECT sum(used) FROM quota").await,
    );
    other.close().await.unwrap();
    books
}

#[tokio::test]
async fn where_the_count_cannot_be_read_no_call_is_made_until_it_can() {
    let house = House::with(six()).await;
    assert_eq!(ask(&house.desk, "按键", 4).await, ["price"; 4]);
    house.desk.close().await;
    let damaged = beside(&house, ".damaged");
    std::fs::copy(file(&house), &damaged).unwrap();
    std::fs::write(file(&house), "no database ".repeat(1_000)).unwrap();

    let House { folder, partner, .. } = house;
    let house = House::on(folder, six()).await;
    assert_eq!(ask(&house.desk, "边框", 8).await, ["partner_unavailable"; 8]);
    assert_eq!(house.stats().quota_used, 0);
    assert!(!house.desk.knows_the_count());
    assert_eq!(house.desk.state().quota_used, None);
    let metrics = house.desk.metrics().unwrap();
    assert!(metrics.contains("tradein_partner_count_unknown{provider=\"aihuishou\"} 1\n"), "{metrics}");

    std::fs::rename(damaged, file(&house)).unwrap();
    until(async || house.desk.ready().await.is_ok()).await;
    assert_eq!(ask(&house.desk, "边框", 4).await, ["price", "price", "quota_exhausted", "quota_exhausted"]);
    drop(partner);
}

#[tokio::test]
async fn a_process_that_knew_the_count_goes_on_from_it() {
    let house = House::with(six()).await;
    assert_eq!(ask(&house.desk, "按键", 2).await, ["price"; 2]);
    house.records.close().await;
    assert_eq!(ask(&house.desk, "边框", 6).await[3..], ["price", "quota_exhausted", "quota_exhausted"]);
    assert_eq!(house.stats().quota_used, 6);
}

#[tokio::test]
async fn a_database_of_a_newer_version_is_named_and_left_as_it_is() {
    let house = House::open().await;
    assert_eq!(ask(&house.desk, "按键", 1).await, ["price"]);
    house.desk.close().await;
    let mut other = house.other().await;
    let newer = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
        VALUES (9001, 'later', 1, x'00', 0)";
    other.run(newer).await.unwrap();
    other.close().await.unwrap();
    let before = std::fs::read(file(&house)).unwrap();

    let error = Records::open(&database(&house.folder)).await.unwrap_err();
    assert!(matches!(error, RecordsError::Newer(9001)), "{error}");
    assert!(error.to_string().contains("written by a newer version"), "{error}");
    let House { folder, .. } = house;
    let house = House::on(folder, six()).await;
    assert_eq!(ask(&house.desk, "边框", 2).await, ["partner_unavailable"; 2]);
    house.desk.close().await;
    assert_eq!(std::fs::read(file(&house)).unwrap(), before);
}

#[tokio::test]
async fn an_older_copy_of_the_database_does_not_give_calls_back() {
    let house = House::with(six()).await;
    assert_eq!(ask(&house.desk, "按键", 2).await, ["price"; 2]);
    house.desk.all_recorded().await;
    let copy = beside(&house, ".copy");
    Records::back_up(&database(&house.folder), &copy).await.unwrap();
    assert_eq!(ask(&house.desk, "边框", 3).await, ["price"; 3]);
    house.desk.all_recorded().await;
    house.desk.close().await;
    Records::restore(&database(&house.folder), &copy).await.unwrap();
    assert_eq!(books(&file(&house)).await, (2, 2, 2));

    let House { folder, .. } = house;
    let house = House::on(folder, six()).await;
    assert_eq!(ask(&house.desk, "转轴", 2).await, ["price", "quota_exhausted"]);
    house.desk.close().await;
    assert_eq!(books(&file(&house)).await, (3, 3, 6));

    // Nor does a new database in the place of a removed one.
    std::fs::remove_file(file(&house)).unwrap();
    let House { folder, .. } = house;
    let house = House::on(folder, six()).await;
    assert_eq!(ask(&house.desk, "屏幕", 1).await, ["quota_exhausted"]);
}

/// A desk with the regular check of its records' files, as in a server.
async fn looked_after(settings: Settings) -> (House, tokio::task::JoinHandle<()>) {
    let house = House::with(settings).await;
    let desk = house.desk.clone();
    (house, tokio::spawn(async move { desk.look_after_records().await }))
}

#[tokio::test]
async fn a_database_that_is_removed_is_noticed_and_written_anew_with_all_that_it_held() {
    let (house, _looking) = looked_after(six()).await;
    assert_eq!(ask(&house.desk, "按键", 2).await, ["price"; 2]);
    house.desk.all_recorded().await;
    house.desk.ready().await.unwrap();
    std::fs::remove_dir_all(house.folder.path().join("data")).unwrap();
    assert!(house.desk.ready().await.is_err(), "at once");
    assert_eq!(ask(&house.desk, "边框", 1).await, ["price"], "counted from what is known");
    until(async || house.desk.ready().await.is_ok()).await;
    house.desk.all_recorded().await;
    assert_eq!(books(&file(&house)).await, (3, 3, 3));
    assert_eq!(ask(&house.desk, "转轴", 4).await[2..], ["price", "quota_exhausted"]);
}

#[tokio::test]
async fn a_database_that_is_removed_before_the_stop_is_written_anew_at_the_stop() {
    let house = House::with(six()).await;
    assert_eq!(ask(&house.desk, "按键", 2).await, ["price"; 2]);
    house.desk.all_recorded().await;
    for suffix in ["", "-wal", "-shm"] {
        std::fs::remove_file(beside(&house, suffix)).unwrap();
    }
    house.desk.close().await;
    assert_eq!(books(&file(&house)).await, (2, 2, 2));
}

#[tokio::test]
async fn a_write_ahead_log_that_is_removed_takes_nothing_with_it() {
    let (house, _looking) = looked_after(six()).await;
    assert_eq!(ask(&house.desk, "按键", 2).await, ["price"; 2]);
    house.desk.all_recorded().await;
    std::fs::remove_file(beside(&house, "-wal")).unwrap();
    until(async || house.desk.ready().await.is_err()).await;
    until(async || house.desk.ready().await.is_ok()).await;
    assert_eq!(ask(&house.desk, "边框", 1).await, ["price"]);
    house.desk.close().await;
    assert_eq!(books(&file(&house)).await, (3, 3, 3));
}

#[tokio::test]
async fn another_database_in_its_place_is_taken_up_and_the_former_set_aside() {
    let (house, _looking) = looked_after(six()).await;
    assert_eq!(ask(&house.desk, "按键", 1).await, ["price"]);
    house.desk.all_recorded().await;
    let copy = beside(&house, ".copy");
    Records::back_up(&database(&house.folder), &copy).await.unwrap();
    house.set(r#"{"latency_ms": 400}"#).await;
    assert_eq!(ask(&house.desk, "边框", 2).await, ["price"; 2]);
    house.desk.all_recorded().await;
    // An attempt that begins in one database and ends in another.
    let desk = house.desk.clone();
    let slow = tokio::spawn(async move { ask(&desk, "转轴", 1).await });
    until(async || house.stats().in_flight == 1).await;
    std::fs::rename(&copy, file(&house)).unwrap();
    assert_eq!(slow.await.unwrap(), ["price"]);
    until(async || house.desk.ready().await.is_err()).await;
    until(async || house.desk.ready().await.is_ok()).await;
    house.set(r#"{"latency_ms": 0}"#).await;
    assert_eq!(ask(&house.desk, "屏幕", 3).await, ["price", "price", "quota_exhausted"]);
    house.desk.all_recorded().await;
    house.desk.close().await;
    let (quotes, ended, counted) = books(&file(&house)).await;
    assert_eq!(counted, 6, "from the higher figure");
    let (old_quotes, old_ended, _) = books(&beside(&house, ".set-aside-1")).await;
    // The first quote and its attempt are in both databases.
    assert_eq!((quotes + old_quotes - 1, ended + old_ended - 1), (6, 6));
}

#[tokio::test]
async fn what_the_database_refuses_for_what_it_is_is_set_aside_and_the_rest_is_written() {
    let house = House::open().await;
    assert_eq!(ask(&house.desk, "按键", 1).await, ["price"]);
    let poison = "CREATE TRIGGER poison BEFORE INSERT ON quotes WHEN NEW.quote LIKE '%边框1%'
        BEGIN SELECT RAISE(ABORT, 'poisoned'); END";
    house.other().await.run(poison).await.unwrap();
    assert_eq!(ask(&house.desk, "边框", 3).await, ["price"; 3]);
    house.desk.all_recorded().await;
    until(async || house.desk.ready().await.is_ok()).await;
    assert_eq!(books(&file(&house)).await, (3, 4, 4));
    let state = house.desk.state();
    assert_eq!((state.records_set_aside, state.records_lost, state.records_unwritten), (1, 0, 0));
    let aside = std::fs::read_to_string(beside(&house, ".refused.jsonl")).unwrap();
    assert!(aside.contains("poisoned") && aside.contains("边框1") && aside.lines().count() == 1, "{aside}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_write_ahead_log_stays_small_while_four_ask_all_the_time() {
    let settings = Settings { sandbox: true, daily_quota: 100_000, ..Settings::default() };
    let (house, _looking) = looked_after(settings).await;
    let log = beside(&house, "-wal");
    let asking: Vec<_> = (0..4)
        .map(|asker| {
            let desk = house.desk.clone();
            tokio::spawn(async move { ask(&desk, &format!("按键{asker}之"), 500).await })
        })
        .collect();
    let mut largest = 0;
    while asking.iter().any(|asker| !asker.is_finished()) {
        largest = largest.max(std::fs::metadata(&log).map_or(0, |data| data.len()));
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    for asker in asking {
        assert!(asker.await.unwrap().iter().all(|told| told == "price"));
    }
    house.desk.all_recorded().await;
    let size = || std::fs::metadata(&log).unwrap().len();
    until(async || size() <= 4 << 20).await;
    assert!(largest < 20 << 20, "{largest} bytes");
}

#[tokio::test]
async fn a_clock_that_is_a_month_ahead_for_one_start_deletes_nothing() {
    let week = SignedDuration::from_hours(7 * 24);
    let house = House::open().await;
    assert_eq!(ask(&house.desk, "按键", 2).await, ["price"; 2]);
    house.desk.close().await;
    let before = books(&file(&house)).await;

    let House { folder, .. } = house;
    let house = House::on(folder, Settings { sandbox: true, ..Settings::default() }).await;
    house.wait(SignedDuration::from_hours(30 * 24));
    assert_eq!(ask(&house.desk, "边框", 1).await, ["price"]);
    assert!(matches!(house.desk.purge(week).await.unwrap(), Due::Jumped(_)));
    house.desk.close().await;
    assert_eq!(books(&file(&house)).await, (before.0 + 1, before.1 + 1, before.2 + 1));

    // When the clock is set right again, nothing is old.
    let House { folder, .. } = house;
    let house = House::on(folder, Settings { sandbox: true, ..Settings::default() }).await;
    assert!(matches!(house.desk.purge(week).await.unwrap(), Due::By(_, 0)));
    assert_eq!(books(&file(&house)).await.0, before.0 + 1);
}

#[tokio::test]
async fn nothing_is_deleted_before_the_partner_has_told_the_time() {
    let week = SignedDuration::from_hours(7 * 24);
    let house = House::with(Settings::default()).await;
    assert_eq!(ask(&house.desk, "按键", 1).await, ["price"]);
    house.desk.close().await;
    let House { folder, .. } = house;
    let house = House::on(folder, Settings::default()).await;
    assert_eq!(house.desk.purge(week).await.unwrap(), Due::Unknown);
    assert_eq!(ask(&house.desk, "边框", 1).await, ["price"]);
    assert!(matches!(house.desk.purge(week).await.unwrap(), Due::By(_, 0)));
}

#[tokio::test]
async fn attempts_of_the_second_in_which_their_time_ends_do_not_stop_the_purge() {
    let house = House::open().await;
    house.records.prepare().await.unwrap();
    let mut other = house.other().await;
    for part in ["000", "100", "300", "500", "700", "900", "999"] {
        let young = format!(
            "INSERT INTO attempts (at, call, attempt, parameters)
             VALUES ((strftime('%s', 'now') - 7 * 86400) * 1000 + {part}, 'x', 1, '{{}}')"
        );
        other.run(&young).await.unwrap();
    }
    let now = jiff::Timestamp::now();
    house.records.purge(now, SignedDuration::from_hours(7 * 24)).await.unwrap();
}

#[tokio::test]
async fn the_quotas_day_is_the_partners_where_the_clocks_are_far_apart() {
    // 14:00 by this machine's clock, 00:10 of the next day by the partner's.
    let house = House::with(Settings { sandbox: true, ..six() }).await;
    assert_eq!(ask(&house.desk, "按键", 1).await, ["price"]);
    house.set(r#"{"clock_offset_seconds": 36600}"#).await;
    let told = house.desk.quote(request("iPhone 15")).await;
    assert!(told.is_ok_and(|quote| quote.source == Source::Partner));
    house.desk.all_recorded().await;
    let days = house.other().await.rows("SELECT day, used FROM quota ORDER BY day").await.unwrap();
    // The attempt with the wrong time stamp was counted on this machine's day, before the difference was
    // known.
    assert_eq!(days, [["2025-12-30", "2"], ["2025-12-31", "1"]]);
    assert_eq!(house.desk.state().quota_used, Some(1), "of the partner's day");
}
