//! The desk against a real partner over HTTP and a real SQLite file.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Duration;

use aihuishou::{Account, AppSecret, Client, Profile};
use desk::{Desk, Records, Settings, Surroundings};
use domain::{Failure, NotAccepted, QuoteForm, QuoteId, QuoteRequest, Source};
use jiff::{SignedDuration, Timestamp};
use sandbox::{Faults, Running, Sandbox, Stats};
use tempfile::TempDir;

/// 2025-12-30 14:00 in UTC+8, the beginning of a price window.
const NOON: i64 = 1_767_074_400;

struct House {
    desk: Desk,
    partner: Running,
    records: Records,
    seconds: Arc<AtomicI64>,
    folder: TempDir,
}

impl House {
    async fn open() -> Self {
        Self::with(Settings { sandbox: true, ..Settings::default() }).await
    }

    async fn with(settings: Settings) -> Self {
        let account = Account::new("AHS2025TEST", AppSecret::new("hush-hush").unwrap()).unwrap();
        let seconds = Arc::new(AtomicI64::new(NOON));
        let time = Arc::clone(&seconds);
        let clock: Arc<dyn Fn() -> Timestamp + Send + Sync> =
            Arc::new(move || Timestamp::from_second(time.load(Ordering::SeqCst)).unwrap());
        let partner = Sandbox::new(account.clone(), Arc::clone(&clock))
            .unwrap()
            .serve(([127, 0, 0, 1], 0).into())
            .await
            .unwrap();
        let folder = tempfile::tempdir().unwrap();
        let records = Records::open(&database(&folder)).await.unwrap();
        let client = Client::new(account, Profile::v2(&partner.base_url()).unwrap()).unwrap();
        let next = AtomicU64::new(1);
        let random = Arc::new(move || u128::from(next.fetch_add(1, Ordering::SeqCst)));
        let desk = Desk::new(client, None, records.clone(), settings, Surroundings { clock, random });
        Self { desk, partner, records, seconds, folder }
    }

    /// A second process on the same records.
    async fn another_desk(&self, settings: Settings) -> Desk {
        let account = Account::new("AHS2025TEST", AppSecret::new("hush-hush").unwrap()).unwrap();
        let client = Client::new(account, Profile::v2(&self.partner.base_url()).unwrap()).unwrap();
        let time = Arc::clone(&self.seconds);
        let clock = Arc::new(move || Timestamp::from_second(time.load(Ordering::SeqCst)).unwrap());
        let records = Records::open(&database(&self.folder)).await.unwrap();
        Desk::new(client, None, records, settings, Surroundings { clock, random: Arc::new(|| 7) })
    }

    fn wait(&self, time: SignedDuration) {
        self.seconds.fetch_add(time.as_secs(), Ordering::SeqCst);
    }

    fn stats(&self) -> Stats {
        self.partner.sandbox().stats()
    }

    async fn set(&self, faults: &str) {
        serde_json::from_str::<Faults>(faults).expect("the faults are spelt right");
        let url = format!("http://{}/_sandbox/faults", self.partner.address());
        let answer = reqwest::Client::new()
            .post(url)
            .header("content-type", "application/json")
            .body(faults.to_owned())
            .send()
            .await
            .unwrap();
        assert!(answer.status().is_success());
    }
}

fn database(folder: &TempDir) -> String {
    format!("sqlite://{}", folder.path().join("data/tradein.db").display())
}

fn phone(model: &str) -> QuoteForm {
    QuoteForm {
        device_type: "手机".into(),
        brand: "苹果".into(),
        model: model.into(),
        storage: "256GB".into(),
        condition: "九成新".into(),
        function_status: "正常".into(),
        ..QuoteForm::default()
    }
}

fn request(model: &str) -> QuoteRequest {
    phone(model).parse().unwrap()
}

#[tokio::test]
async fn a_price_comes_from_the_partner_and_then_from_the_cache() {
    let house = House::open().await;
    let first = house.desk.quote(request("iPhone 14 Pro")).await.unwrap();
    assert_eq!((first.source, first.sandbox), (Source::Partner, true));
    assert_eq!(first.price.consistent(), Some(true));
    let second = house.desk.quote(request("iPhone 14 Pro")).await.unwrap();
    assert_eq!(second.source, Source::Cache);
    assert_eq!((&second.id, &second.price), (&first.id, &first.price));
    assert_eq!(house.stats().quota_used, 1);

    house.wait(SignedDuration::from_mins(10));
    let third = house.desk.quote(request("iPhone 14 Pro")).await.unwrap();
    assert_eq!(third.source, Source::Partner);
    assert_ne!(third.id, first.id);
}

#[tokio::test]
async fn everything_that_bears_on_the_price_is_in_the_key() {
    let house = House::open().await;
    let sound = house.desk.quote(request("iPhone 14 Pro")).await.unwrap();
    let broken = QuoteForm { function_status: "屏幕损坏".into(), ..phone("iPhone 14 Pro") };
    let broken = house.desk.quote(broken.parse().unwrap()).await.unwrap();
    assert_eq!(broken.source, Source::Partner);
    assert!(broken.price.final_price() < sound.price.final_price());
    let repaired = QuoteForm { repair_history: "换过屏幕".into(), ..phone("iPhone 14 Pro") };
    assert_eq!(house.desk.quote(repaired.parse().unwrap()).await.unwrap().source, Source::Partner);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_askers_make_one_call() {
    let house = House::open().await;
    house.set(r#"{"latency_ms": 200}"#).await;
    let askers = (0..1_000).map(|_| {
        let desk = house.desk.clone();
        tokio::spawn(async move { desk.quote(request("iPhone 14 Pro")).await.unwrap().id.clone() })
    });
    let mut ids = Vec::new();
    for asker in askers.collect::<Vec<_>>() {
        ids.push(asker.await.unwrap());
    }
    ids.dedup();
    assert_eq!(ids.len(), 1);
    assert_eq!(house.stats().quota_used, 1);
}

#[tokio::test]
async fn who_leaves_neither_repeats_nor_loses_the_quote() {
    let house = House::open().await;
    house.set(r#"{"latency_ms": 300}"#).await;
    let leaver =
        tokio::time::timeout(Duration::from_millis(50), house.desk.quote(request("iPhone 14 Pro"))).await;
    assert!(leaver.is_err(), "the first asker is gone before the answer");
    let stayer = house.desk.quote(request("iPhone 14 Pro")).await.unwrap();
    assert_eq!(house.desk.recall(&stayer.id).await.unwrap().id, stayer.id);
    assert_eq!(house.stats().quota_used, 1);
}

#[tokio::test]
async fn each_refusal_has_its_name_in_the_closed_list() {
    let house = House::with(Settings { deadline: Duration::from_secs(1), ..Settings::default() }).await;
    for (model, code) in [
        ("SANDBOX-UNKNOWN", "model_unknown"),
        ("SANDBOX-QUOTA", "quota_exhausted"),
        ("SANDBOX-PERMISSION", "partner_refused"),
        ("SANDBOX-DOWN", "partner_unavailable"),
        ("SANDBOX-SLOW", "partner_unavailable"),
        ("SANDBOX-GARBLED", "partner_unavailable"),
    ] {
        assert_eq!(house.desk.quote(request(model)).await.unwrap_err().code(), code, "{model}");
    }
    let unreleased = QuoteForm { brand: "小米".into(), ..phone("小米 99") };
    assert_eq!(
        house.desk.quote(unreleased.parse().unwrap()).await,
        Err(Failure::NotAccepted { reason: NotAccepted::NotOnSale })
    );
}

#[tokio::test]
async fn an_unknown_model_stays_unknown_for_a_minute_and_a_fault_for_no_time() {
    let house = House::open().await;
    let calls = |status: u16| house.stats().calls.get(&status).copied().unwrap_or_default();
    for _ in 0..3 {
        house.desk.quote(request("SANDBOX-UNKNOWN")).await.unwrap_err();
        house.desk.quote(request("SANDBOX-DOWN")).await.unwrap_err();
    }
    assert_eq!((calls(404), calls(503)), (1, 6), "a partner that is down is asked twice each time");
    house.wait(SignedDuration::from_mins(1));
    house.desk.quote(request("SANDBOX-UNKNOWN")).await.unwrap_err();
    assert_eq!(calls(404), 2);
}

#[tokio::test]
async fn a_price_that_hardly_holds_or_is_nothing_is_not_given_twice() {
    let house = House::open().await;
    for model in ["SANDBOX-EXPIRING", "SANDBOX-ZERO"] {
        for _ in 0..2 {
            assert_eq!(house.desk.quote(request(model)).await.unwrap().source, Source::Partner, "{model}");
        }
    }
}

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
async fn a_broken_database_keeps_nobody_from_a_price() {
    let house = House::open().await;
    house.records.close().await;
    let quote = house.desk.quote(request("iPhone 14 Pro")).await.unwrap();
    assert_eq!(house.desk.recall(&quote.id).await.unwrap(), quote);
    assert!(house.desk.ready().await.is_err());
    assert_eq!(house.desk.recall(&QuoteId::from_random(99)).await.unwrap_err().code(), "internal");
}

#[tokio::test]
async fn what_may_heal_is_tried_again_within_the_deadline() {
    let house = House::open().await;
    house.set(r#"{"next": [503]}"#).await;
    assert_eq!(house.desk.quote(request("iPhone 14 Pro")).await.unwrap().source, Source::Partner);
    house.set(r#"{"next": [401, 503]}"#).await;
    assert_eq!(house.desk.quote(request("iPhone 15")).await.unwrap_err().code(), "partner_refused");
    assert_eq!(house.stats().calls.get(&503), Some(&1), "a refused key is not tried again");

    let hasty = House::with(Settings { deadline: Duration::from_millis(700), ..Settings::default() }).await;
    hasty.set(r#"{"latency_ms": 60000}"#).await;
    let start = std::time::Instant::now();
    assert_eq!(hasty.desk.quote(request("iPhone 14 Pro")).await.unwrap_err().code(), "partner_unavailable");
    assert!(start.elapsed() < Duration::from_secs(5), "long before the partner would answer");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn at_most_five_calls_are_under_way() {
    let house = House::open().await;
    house.set(r#"{"latency_ms": 30}"#).await;
    let askers = (1..=30).map(|number| {
        let desk = house.desk.clone();
        let form = QuoteForm { function_status: format!("按键{number}"), ..phone("iPhone 14 Pro") };
        tokio::spawn(async move { desk.quote(form.parse().unwrap()).await.map(|quote| quote.id.clone()) })
    });
    for asker in askers.collect::<Vec<_>>() {
        asker.await.unwrap().unwrap();
    }
    assert_eq!(house.stats().most_in_flight, 5);
    assert_eq!(house.stats().quota_used, 30);
}

#[tokio::test]
async fn the_days_quota_is_never_overrun_and_outlives_the_process() {
    let house = House::with(Settings { daily_quota: 2, ..Settings::default() }).await;
    for model in ["iPhone 14 Pro", "iPhone 15"] {
        house.desk.quote(request(model)).await.unwrap();
    }
    let resets_at = domain::Moment::from_utc8("2025-12-31T00:00:00".parse().unwrap()).unwrap();
    let used_up = Err(Failure::QuotaExhausted { resets_at });
    assert_eq!(house.desk.quote(request("iPhone 13")).await, used_up);
    let reopened = house.another_desk(Settings { daily_quota: 2, ..Settings::default() }).await;
    assert_eq!(reopened.quote(request("iPhone 13")).await, used_up);
    assert_eq!(house.stats().quota_used, 2);
    // What was quoted today and still holds is told, and labelled.
    let older = reopened.quote(request("iPhone 15")).await.unwrap();
    assert_eq!(older.source, Source::Stale);
    house.wait(SignedDuration::from_hours(10));
    assert_eq!(house.desk.quote(request("iPhone 13")).await.unwrap().source, Source::Partner);
}

#[tokio::test]
async fn while_the_partner_is_down_an_older_quote_stands_in_as_long_as_it_holds() {
    let house = House::open().await;
    let first = house.desk.quote(request("iPhone 14 Pro")).await.unwrap();
    house.set(r#"{"error_rate": 1.0}"#).await;
    house.wait(SignedDuration::from_hours(1));
    let older = house.desk.quote(request("iPhone 14 Pro")).await.unwrap();
    assert_eq!((&older.price, older.source), (&first.price, Source::Stale));
    assert_eq!(house.desk.recall(&older.id).await.unwrap().source, Source::Stale, "its page says so too");
    assert_eq!(house.desk.recall(&first.id).await.unwrap().source, Source::Partner);
    assert!(!older.acceptable(domain::Moment::new(house.desk.now())), "not at checkout");
    house.wait(SignedDuration::from_hours(23));
    assert_eq!(house.desk.quote(request("iPhone 14 Pro")).await.unwrap_err(), Failure::PartnerUnavailable);
}

#[tokio::test]
async fn a_partner_that_is_down_is_left_alone_until_it_is_back() {
    let house = House::open().await;
    house.set(r#"{"error_rate": 1.0}"#).await;
    let made = || house.stats().calls.values().sum::<u64>();
    let ask = |number: u32| {
        let form = QuoteForm { function_status: format!("按键{number}"), ..phone("iPhone 14 Pro") };
        house.desk.quote(form.parse().unwrap())
    };
    for number in 0..40 {
        assert_eq!(ask(number).await.unwrap_err(), Failure::PartnerUnavailable);
    }
    assert_eq!(made(), 20, "then no more calls are made");
    house.set(r#"{"error_rate": 0.0}"#).await;
    house.wait(SignedDuration::from_secs(5));
    assert!(ask(50).await.is_ok() && ask(51).await.is_ok());
}

#[tokio::test]
async fn each_attempt_is_recorded_for_good_and_without_secrets() {
    let house = House::open().await;
    let form = QuoteForm { function_status: "请电 13800138000".into(), ..phone("SANDBOX-DOWN") };
    house.desk.quote(form.parse().unwrap()).await.unwrap_err();
    let pool = sqlx::SqlitePool::connect(&database(&house.folder)).await.unwrap();
    type Row = (String, i64, String, String, Option<i64>);
    let rows: Vec<Row> =
        sqlx::query_as("SELECT call, attempt, parameters, outcome, quota_used FROM attempts ORDER BY id")
            .fetch_all(&pool)
            .await
            .unwrap();
    let seen: Vec<_> = rows
        .iter()
        .map(|(call, attempt, _, outcome, used)| (call.as_str(), *attempt, outcome.as_str(), *used))
        .collect();
    assert_eq!(
        seen,
        [("item_get_inquir", 1, "unavailable", Some(1)), ("item_get_inquir", 2, "unavailable", Some(2))]
    );
    assert!(
        rows[0].2.contains("SANDBOX-DOWN")
            && !rows[0].2.contains("13800138000")
            && !rows[0].2.contains("hush")
    );
    assert!(sqlx::query("UPDATE attempts SET outcome = 'ok'").execute(&pool).await.is_err());

    let day = desk::Span {
        from: Timestamp::from_second(NOON).unwrap(),
        to: Timestamp::from_second(NOON + 1).unwrap(),
    };
    let page = house.records.attempts(day, 0).await.unwrap();
    assert_eq!(page.iter().map(|record| record.attempt).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(house.records.attempts(day, page[1].id).await.unwrap(), []);
}

#[tokio::test]
async fn records_go_when_their_time_is_over_and_not_before() {
    let house = House::open().await;
    house.desk.quote(request("iPhone 14 Pro")).await.unwrap();
    let now = |days: i64| Timestamp::from_second(NOON + days * 86_400 + 1).unwrap();
    let week = SignedDuration::from_hours(7 * 24);
    assert_eq!(house.records.purge(now(6), week).await.unwrap(), 0);
    assert_eq!(house.records.purge(now(8), week).await.unwrap(), 3, "a quote, an attempt and a day");
    // Whatever the clock says: what is younger than a week stays.
    let pool = sqlx::SqlitePool::connect(&database(&house.folder)).await.unwrap();
    let young = "INSERT INTO attempts (at, call, attempt, parameters, outcome, latency_ms)
                 VALUES ((strftime('%s', 'now') - 6 * 86400) * 1000, 'x', 1, '{}', 'ok', 1)";
    sqlx::query(young).execute(&pool).await.unwrap();
    assert!(sqlx::query("DELETE FROM attempts").execute(&pool).await.is_err());
}

#[tokio::test]
async fn what_happens_can_be_seen_from_outside() {
    let house = House::open().await;
    for model in ["iPhone 14 Pro", "iPhone 14 Pro", "SANDBOX-UNKNOWN"] {
        let _ = house.desk.quote(request(model)).await;
    }
    house.records.close().await;
    house.desk.quote(request("iPhone 15")).await.unwrap();
    let metrics = house.desk.metrics().unwrap();
    for line in [
        "tradein_partner_calls_total{call=\"item_get_inquir\",outcome=\"ok\"} 2",
        "tradein_partner_calls_total{call=\"item_get_inquir\",outcome=\"model_unknown\"} 1",
        "tradein_partner_call_duration_seconds_count{call=\"item_get_inquir\"} 3",
        "tradein_quotes_total{source=\"partner\"} 2",
        "tradein_quotes_total{source=\"cache\"} 1",
        "tradein_quotes_total{source=\"none\"} 1",
        // The day's count, the attempt and the quote.
        "tradein_record_errors_total 3",
        "tradein_partner_calls_in_flight 0",
        "tradein_partner_breaker_open 0",
        "tradein_partner_quota_left 1997",
    ] {
        assert!(metrics.lines().any(|own| own == line), "{line} is not in\n{metrics}");
    }
}

#[tokio::test]
async fn a_clock_that_is_off_is_corrected_by_the_partners() {
    let house = House::open().await;
    for offset in [600, -600] {
        house.set(&format!(r#"{{"clock_offset_seconds": {offset}}}"#)).await;
        let model = if offset > 0 { "iPhone 14 Pro" } else { "iPhone 15" };
        assert_eq!(house.desk.quote(request(model)).await.unwrap().source, Source::Partner);
        let line = format!("tradein_partner_clock_offset_seconds {offset}");
        assert!(house.desk.metrics().unwrap().contains(&line), "{line}");
    }
    assert_eq!(house.stats().calls.get(&400), Some(&2), "one refusal a change, then none");
    house.desk.quote(request("iPhone 13")).await.unwrap();
    assert_eq!(house.stats().calls.get(&400), Some(&2));
}

#[tokio::test]
async fn during_a_rotation_the_next_secret_is_tried_once_and_then_kept() {
    let house = House::open().await;
    let client = |secret: &str| {
        let account = Account::new("AHS2025TEST", AppSecret::new(secret).unwrap()).unwrap();
        Client::new(account, Profile::v2(&house.partner.base_url()).unwrap()).unwrap()
    };
    let refused = || house.stats().calls.get(&401).copied().unwrap_or_default();
    house.desk.use_secrets(client("old"), Some(client("hush-hush")));
    for model in ["iPhone 14 Pro", "iPhone 15"] {
        assert_eq!(house.desk.quote(request(model)).await.unwrap().source, Source::Partner);
    }
    assert_eq!(refused(), 1, "what works is used from then on");
    house.desk.use_secrets(client("old"), Some(client("older")));
    assert_eq!(house.desk.quote(request("iPhone 13")).await.unwrap_err().code(), "partner_refused");
    assert_eq!(refused(), 3, "each once");
}

#[tokio::test]
async fn a_missing_coefficient_is_estimated_for_the_explanation_only() {
    let house = House::open().await;
    let lacking = || QuoteForm { function_status: "屏幕损坏".into(), ..phone("SANDBOX-NO-COEFFICIENT") };
    let unknown = house.desk.quote(lacking().parse().unwrap()).await.unwrap();
    assert_eq!(unknown.price.market_coefficient(), None, "nobody knows it yet");
    let told = house.desk.quote(request("iPhone 14 Pro")).await.unwrap().price.market_coefficient();
    house.wait(SignedDuration::from_mins(10));
    let known = house.desk.quote(lacking().parse().unwrap()).await.unwrap();
    assert_eq!((known.price.market_coefficient(), known.price.market_coefficient_estimated()), (told, true));
    let sum =
        known.price.steps().iter().rev().skip(1).fold(domain::Money::ZERO, |sum, step| sum + step.amount);
    assert_eq!(sum, known.price.final_price(), "the steps still add up");
}

#[tokio::test]
async fn a_search_tells_what_a_model_comes_in_and_is_kept() {
    let house = House::open().await;
    let found = house.desk.search("iphone14pro", None).await.unwrap();
    let item = found.iter().find(|item| item.model == "iPhone 14 Pro").expect("it is in the catalogue");
    assert!(item.storages.contains(&"256GB".to_owned()));
    house.desk.search(" iphone14pro ", None).await.unwrap();
    assert_eq!(house.stats().calls.values().sum::<u64>(), 1);
    let refused = house.desk.search("a&b", None).await.unwrap_err();
    assert_eq!(refused.code(), "invalid_input");
    assert!(!house.desk.search("", None).await.unwrap().is_empty(), "popular models");
}
