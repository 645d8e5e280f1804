//! What is recorded, for how long, and what metrics and health checks show of it.

use desk::Records;
use domain::{QuoteForm, QuoteId};
use jiff::{SignedDuration, Timestamp};

use crate::house::{House, NOON, Settings, database, phone, request, until};

#[tokio::test]
async fn quotes_outlive_the_process() {
    let house = House::open().await;
    let quote = house.desk.quote(request("iPhone 14 Pro")).await.unwrap();
    house.records.close().await;
    let reopened = Records::open(&database(&house.folder)).await.unwrap();
    assert_eq!(reopened.quote(&quote.id).await.unwrap().as_ref(), Some(&*quote));
    assert_eq!(reopened.quote(&QuoteId::from_random(99)).await.unwrap(), None);
}

#[tokio::test]
async fn a_price_is_given_though_the_database_is_broken() {
    let house = House::open().await;
    house.records.close().await;
    let quote = house.desk.quote(request("iPhone 14 Pro")).await.unwrap();
    assert_eq!(house.desk.recall(&quote.id).await.unwrap(), quote);
    assert!(house.desk.ready().await.is_err());
    assert_eq!(house.desk.recall(&QuoteId::from_random(99)).await.unwrap_err().code(), "internal");
}

#[tokio::test]
async fn what_a_locked_database_does_not_take_is_written_when_it_does() {
    let house = House::open().await;
    house.desk.quote(request("iPhone 14 Pro")).await.unwrap();
    house.desk.all_recorded().await;
    let mut other = house.other().await;
    other.run("BEGIN IMMEDIATE").await.unwrap();
    let quote = house.desk.quote(request("iPhone 15")).await.unwrap();
    house.desk.quote(request("SANDBOX-UNKNOWN")).await.unwrap_err();
    assert!(house.desk.ready().await.is_err());
    let metrics = house.desk.metrics().unwrap();
    assert_eq!(house.desk.today().await.unwrap().outcomes.len(), 1, "what is there can still be read");
    // Three entries wait: two attempts and a quote.
    for line in [
        "tradein_records_unwritten 3",
        "tradein_records_failing 1",
        "tradein_partner_quota_left{provider=\"aihuishou\"} 1997",
    ] {
        assert!(metrics.lines().any(|own| own == line), "{line} is not in\n{metrics}");
    }

    other.run("ROLLBACK").await.unwrap();
    until(async || house.desk.ready().await.is_ok()).await;
    house.desk.all_recorded().await;
    assert_eq!(house.records.quote(&quote.id).await.unwrap().as_ref(), Some(&*quote));
    assert_eq!(house.attempts().await, ["ok", "ok", "model_unknown"]);
    let used = other.number("SELECT used FROM quota").await.unwrap();
    assert_eq!(used, 3, "counted on from what was known");
}

#[tokio::test]
async fn the_next_call_of_a_list_does_not_wait_until_a_price_is_recorded() {
    let house = House::open().await;
    let quoter = house.desk.quoter();
    let mut turns = Vec::new();
    for _ in 0..quoter.most_at_once() {
        turns.push(quoter.turn().await.unwrap());
    }
    let pricing = quoter.price(request("iPhone 14 Pro"), house.desk.now(), turns.remove(0));
    tokio::select! {
        biased;
        turn = quoter.turn() => assert!(turn.is_some()),
        _ = pricing => panic!("the turn ends before the price is given"),
    }
}

#[tokio::test]
async fn a_damaged_database_keeps_no_sandbox_from_a_price_and_is_made_anew_once_it_is_moved_away() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("data/tradein.db");
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(&file, "no database ".repeat(1_000)).unwrap();
    assert!(!Records::open(&database(&folder)).await.unwrap_err().is_misplaced());
    // A sandbox's account is new, so nothing of its quota was used before.
    let house = House::on(folder, Settings { sandbox: true, ..Settings::default() }).await;
    let quote = house.desk.quote(request("iPhone 14 Pro")).await.unwrap();
    assert!(house.desk.ready().await.is_err());
    assert_eq!(house.desk.recall(&quote.id).await.unwrap(), quote);

    std::fs::rename(&file, file.with_extension("broken")).unwrap();
    until(async || house.desk.ready().await.is_ok()).await;
    house.desk.all_recorded().await;
    assert_eq!(house.records.quote(&quote.id).await.unwrap().as_ref(), Some(&*quote));
    assert_eq!(house.attempts().await, ["ok"]);
}

#[tokio::test]
async fn each_attempt_is_recorded_for_good_and_without_secrets() {
    let house = House::open().await;
    let form = QuoteForm { function_status: "请电 13800138000".into(), ..phone("SANDBOX-DOWN") };
    house.desk.quote(form.parse().unwrap()).await.unwrap_err();
    house.desk.all_recorded().await;
    let mut other = house.other().await;
    let rows = other
        .rows(
            "SELECT call, attempts.attempt, outcome, quota_used, parameters
             FROM attempts JOIN outcomes ON outcomes.attempt = id ORDER BY id",
        )
        .await
        .unwrap();
    let seen: Vec<_> = rows.iter().map(|row| &row[..4]).collect();
    assert_eq!(
        seen,
        [["item_get_inquir", "1", "unavailable", "1"], ["item_get_inquir", "2", "unavailable", "2"]]
    );
    let parameters = &rows[0][4];
    assert!(
        parameters.contains("SANDBOX-DOWN")
            && !parameters.contains("13800138000")
            && !parameters.contains("hush")
    );
    for change in ["UPDATE attempts SET call = 'x'", "UPDATE outcomes SET outcome = 'ok'"] {
        assert!(other.run(change).await.is_err(), "{change}");
    }

    let day = desk::Span {
        from: Timestamp::from_second(NOON).unwrap(),
        to: Timestamp::from_second(NOON + 1).unwrap(),
    };
    let page = house.records.attempts(day, 0).await.unwrap();
    assert_eq!(page.iter().map(|record| record.attempt).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(page[0].code.as_deref(), Some("503"));
    assert_eq!(house.records.attempts(day, page[1].id).await.unwrap(), []);
}

#[tokio::test]
async fn records_go_when_their_time_is_over_and_not_before() {
    let house = House::open().await;
    house.desk.quote(request("iPhone 14 Pro")).await.unwrap();
    house.desk.all_recorded().await;
    let now = |days: i64| Timestamp::from_second(NOON + days * 86_400 + 1).unwrap();
    let week = SignedDuration::from_hours(7 * 24);
    assert_eq!(house.records.purge(now(6), week).await.unwrap(), 0);
    assert_eq!(house.records.purge(now(8), week).await.unwrap(), 3, "a quote, an attempt and a day");
    assert_eq!(house.records.purge(now(89), week).await.unwrap(), 0);
    assert_eq!(house.records.purge(now(92), week).await.unwrap(), 1, "a day of prices");
    // Records younger than a week stay, whatever the clock says.
    let mut other = house.other().await;
    for young in [
        "INSERT INTO attempts (at, call, attempt, parameters)
         VALUES ((strftime('%s', 'now') - 6 * 86400) * 1000, 'x', 1, '{}')",
        "INSERT INTO outcomes SELECT max(id), 'ok', '200', 1 FROM attempts",
    ] {
        other.run(young).await.unwrap();
    }
    for deletion in ["DELETE FROM attempts", "DELETE FROM outcomes"] {
        assert!(other.run(deletion).await.is_err(), "{deletion}");
    }
}

#[tokio::test]
async fn what_happens_can_be_seen_from_outside() {
    let house = House::open().await;
    for model in ["iPhone 14 Pro", "iPhone 14 Pro", "SANDBOX-UNKNOWN"] {
        let _ = house.desk.quote(request(model)).await;
    }
    house.desk.all_recorded().await;
    house.records.close().await;
    house.desk.quote(request("iPhone 15")).await.unwrap();
    let metrics = house.desk.metrics().unwrap();
    for line in [
        "tradein_partner_calls_total{call=\"item_get_inquir\",outcome=\"ok\",provider=\"aihuishou\"} 2",
        "tradein_partner_calls_total{call=\"item_get_inquir\",outcome=\"model_unknown\",provider=\"aihuishou\"} 1",
        "tradein_partner_call_duration_seconds_count{call=\"item_get_inquir\",provider=\"aihuishou\"} 3",
        "tradein_quotes_total{source=\"partner\",provider=\"aihuishou\"} 2",
        "tradein_quotes_total{source=\"cache\",provider=\"aihuishou\"} 1",
        "tradein_quotes_total{source=\"none\",provider=\"aihuishou\"} 1",
        // Two entries wait: an attempt and a quote.
        "tradein_records_unwritten 2",
        "tradein_records_failing 1",
        "tradein_partner_calls_in_flight{provider=\"aihuishou\"} 0",
        "tradein_partner_breaker_open{provider=\"aihuishou\"} 0",
        "tradein_partner_quota_left{provider=\"aihuishou\"} 1997",
    ] {
        assert!(metrics.lines().any(|own| own == line), "{line} is not in\n{metrics}");
    }
}
