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
        let desk = Desk::new(client, records.clone(), settings, Surroundings { clock, random });
        Self { desk, partner, records, seconds, folder }
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
    assert_eq!((calls(404), calls(503)), (1, 3));
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
