//! Desks of several instances that share a Redis. Each has its own records, so what one knows of another's
//! prices, it knows by Redis.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use desk::{Deps, Desk, Priced, Records, Settings};
use domain::{Money, QuoteForm, Source};
use fleet::Fleet;
use fleet::testing::RedisServer;
use futures::future::join_all;
use jiff::{SignedDuration, Timestamp};
use parking_lot::Mutex;
use provider::testing::InMemory;
use provider::{Capabilities, Refusal};

use crate::house::{NOON, instance, phone, until};

/// Long enough for a busy machine: these tests are not about a slow Redis.
const CALM: fleet::Settings = fleet::Settings {
    quick: Duration::from_secs(20),
    patient: Duration::from_secs(20),
    lease: Duration::from_secs(1),
};

/// An instance: its desk, the provider as it is seen by this instance, and its clock.
struct Instance {
    desk: Desk,
    provider: Arc<InMemory>,
    fleet: Fleet,
    clock: Arc<Mutex<Timestamp>>,
    /// Seconds that have passed in addition to real time.
    passed: Arc<AtomicU64>,
}

fn random() -> Arc<dyn Fn() -> u128 + Send + Sync> {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    Arc::new(|| u128::from(NEXT.fetch_add(1, Ordering::Relaxed)))
}

impl Instance {
    async fn start(server: &RedisServer) -> Self {
        let fleet = Fleet::open(&server.url(), CALM, random()).await;
        let can = Capabilities { search: true, over_the_net: true, ..Capabilities::IN_MEMORY };
        let provider = Arc::new(InMemory::new("dealer", can, Money::YUAN).unwrap());
        let clock = Arc::new(Mutex::new(Timestamp::from_second(NOON).unwrap()));
        let now = Arc::clone(&clock);
        let (passed, start) = (Arc::new(AtomicU64::new(0)), Instant::now());
        let more = Arc::clone(&passed);
        let deps = Deps {
            clock: Arc::new(move || *now.lock()),
            uptime: Arc::new(move || start.elapsed() + Duration::from_secs(more.load(Ordering::Relaxed))),
            random: random(),
            instance: instance(),
        };
        let records = Records::at("sqlite::memory:").unwrap();
        let settings = Settings { deadline: Duration::from_secs(30), ..Settings::default() };
        let asked = Arc::clone(&provider);
        let desk = Desk::with_fleet(asked, records, fleet.clone(), settings, deps);
        Self { desk, provider, fleet, clock, passed }
    }

    fn wait(&self, time: SignedDuration) {
        let mut clock = self.clock.lock();
        *clock += time;
    }

    async fn ask(&self) -> Priced {
        self.desk.quote(phone("iPhone 14 Pro").parse().unwrap()).await
    }

    async fn source(&self) -> Result<Source, &'static str> {
        self.ask().await.map(|quote| quote.source).map_err(|failure| failure.code())
    }

    fn calls(&self) -> usize {
        self.provider.calls().len()
    }
}

async fn three(server: &RedisServer) -> [Instance; 3] {
    [Instance::start(server).await, Instance::start(server).await, Instance::start(server).await]
}

fn calls(instances: &[Instance]) -> usize {
    instances.iter().map(Instance::calls).sum()
}

#[tokio::test]
async fn shoppers_of_three_instances_make_one_call_and_get_one_price() {
    let server = RedisServer::start();
    let instances = three(&server).await;
    instances.iter().for_each(|instance| instance.provider.hold(true));
    let asked = (0..90).map(|number| instances[number % 3].ask());
    let let_go = async {
        until(async || calls(&instances) == 1).await;
        instances.iter().for_each(|instance| instance.provider.hold(false));
    };
    let (answers, ()) = futures::join!(join_all(asked), let_go);
    let ids: std::collections::HashSet<_> =
        answers.into_iter().map(|answer| answer.unwrap().id.clone()).collect();
    assert_eq!((ids.len(), calls(&instances)), (1, 1));
    // Each instance can show the price's page.
    let id = ids.into_iter().next().unwrap();
    for instance in &instances {
        assert_eq!(instance.desk.recall(&id).await.unwrap().id, id);
    }
}

#[tokio::test]
async fn a_price_of_another_instance_is_from_the_cache_and_cached_for_what_is_left_of_ten_minutes() {
    let server = RedisServer::start();
    let [one, other, _] = three(&server).await;
    assert_eq!(one.source().await, Ok(Source::Partner));
    assert_eq!((other.source().await, other.calls()), (Ok(Source::Cache), 0));
    // Without Redis: it is in the cache of the other one too.
    drop(server);
    other.wait(SignedDuration::from_mins(9));
    assert_eq!((other.source().await, other.calls()), (Ok(Source::Cache), 0));
    other.wait(SignedDuration::from_mins(1));
    assert_eq!((other.source().await, other.calls()), (Ok(Source::Partner), 1));
}

#[tokio::test]
async fn searches_at_three_instances_make_one_call() {
    let server = RedisServer::start();
    let instances = three(&server).await;
    instances.iter().for_each(|instance| instance.provider.hold(true));
    let asked = (0..30).map(|number| instances[number % 3].desk.search("iPhone", None));
    let let_go = async {
        until(async || calls(&instances) == 1).await;
        instances.iter().for_each(|instance| instance.provider.hold(false));
    };
    let (found, ()) = futures::join!(join_all(asked), let_go);
    assert!(found.iter().all(Result::is_ok));
    assert_eq!(calls(&instances), 1);
}

#[tokio::test]
async fn a_search_that_fails_at_one_instance_is_made_by_another() {
    let server = RedisServer::start();
    let [one, other, _] = three(&server).await;
    one.provider.refuse_all(Some(Refusal::Unavailable("on purpose".into())));
    assert!(one.desk.search("iPhone", None).await.is_err());
    assert!(other.desk.search("iPhone", None).await.is_ok());
    // What one found is known to the other for a minute, until the records tell it.
    one.provider.refuse_all(None);
    until(async || server.say("KEYS tradein:answer:*") == "*1").await;
    let before = one.calls();
    assert!(one.desk.search("iPhone", None).await.is_ok());
    assert_eq!((one.calls(), other.calls()), (before, 1));
}

#[tokio::test]
async fn clocks_ten_minutes_apart_harm_nothing() {
    let server = RedisServer::start();
    let [one, ahead, behind] = three(&server).await;
    ahead.wait(SignedDuration::from_mins(10));
    behind.wait(-SignedDuration::from_mins(10));
    assert_eq!(one.source().await, Ok(Source::Partner));
    for instance in [&ahead, &behind] {
        assert_eq!(instance.source().await, Ok(Source::Cache));
    }
    assert_eq!(calls(&[ahead, behind]), 0);
}

#[tokio::test]
async fn a_model_that_one_instance_knows_to_be_unknown_is_not_asked_for_again() {
    let server = RedisServer::start();
    let [one, other, _] = three(&server).await;
    one.provider.refuse_all(Some(Refusal::ModelUnknown("no".into())));
    assert_eq!(one.source().await, Err("model_unknown"));
    assert_eq!((other.source().await, other.calls()), (Err("model_unknown"), 0));
}

#[tokio::test]
async fn a_failure_of_one_instance_is_not_another_ones() {
    let server = RedisServer::start();
    let [one, other, _] = three(&server).await;
    one.provider.refuse_all(Some(Refusal::Unavailable("on purpose".into())));
    one.provider.hold(true);
    let let_go = async {
        until(async || one.calls() == 1).await;
        one.provider.hold(false);
    };
    let (failed, priced, ()) = futures::join!(one.source(), other.source(), let_go);
    // Either desk may have made the first call. The other one got its answer, or made a call of its own.
    assert_eq!(priced, Ok(Source::Partner));
    assert!(matches!(failed, Err("partner_unavailable") | Ok(Source::Cache)), "{failed:?}");
}

#[tokio::test]
async fn a_price_for_a_list_of_one_instance_is_known_to_shoppers_of_another() {
    let server = RedisServer::start();
    let [one, other, _] = three(&server).await;
    let request = phone("iPhone 14 Pro").parse().unwrap();
    let quoter = one.desk.quoter();
    let turn = quoter.turn().await.unwrap();
    let (priced, called) = quoter.price(request, Timestamp::from_second(NOON).unwrap(), turn).await;
    assert!(priced.is_ok() && called);
    // The list does not wait until the price is with Redis.
    until(async || server.say("KEYS tradein:answer:*") == "*1").await;
    assert_eq!((other.source().await, other.calls()), (Ok(Source::Cache), 0));
}

#[tokio::test]
async fn without_redis_each_instance_makes_its_own_call_at_once() {
    let mut server = RedisServer::start();
    let [one, other, _] = three(&server).await;
    server.kill();
    for instance in [&one, &other] {
        assert_eq!(instance.source().await, Ok(Source::Partner));
        assert!(!instance.fleet.health().unwrap().reachable);
    }
    // It comes back, and what is asked for then is shared.
    server.start_again();
    for instance in [&one, &other] {
        until(async || instance.fleet.health().unwrap().reachable).await;
    }
    let form = QuoteForm { storage: "128GB".into(), ..phone("iPhone 14 Pro") };
    let ask = async |instance: &Instance| instance.desk.quote(form.parse().unwrap()).await.unwrap().source;
    assert_eq!(ask(&one).await, Source::Partner);
    assert_eq!(ask(&other).await, Source::Cache);
}

/// A phone that was not asked for before.
async fn ask_anew(instance: &Instance) -> Result<Source, &'static str> {
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let form = QuoteForm { function_status: format!("按键{number}"), ..phone("iPhone 14 Pro") };
    let answer = instance.desk.quote(form.parse().unwrap()).await;
    answer.map(|quote| quote.source).map_err(|failure| failure.code())
}

/// Opens the breaker of an instance by calls that fail, for the longest break, which is 5 s.
async fn find_down(instance: &Instance) {
    instance.provider.refuse_all(Some(Refusal::Unavailable("on purpose".into())));
    while !instance.desk.state().breaker_open {
        assert_eq!(ask_anew(instance).await, Err("partner_unavailable"));
    }
    for _ in 0..3 {
        instance.passed.fetch_add(5, Ordering::Relaxed);
        assert_eq!(ask_anew(instance).await, Err("partner_unavailable"));
    }
}

fn keep_in_touch(instances: &[Instance]) {
    for instance in instances {
        let desk = instance.desk.clone();
        tokio::spawn(async move { desk.keep_in_touch("1", String::new).await });
    }
}

#[tokio::test]
async fn an_instance_that_finds_the_partner_down_keeps_the_others_from_calling_until_it_is_back() {
    let server = RedisServer::start();
    let instances = three(&server).await;
    keep_in_touch(&instances);
    let [one, other, another] = instances;
    find_down(&one).await;
    until(async || other.desk.state().breaker_open && another.desk.state().breaker_open).await;
    assert_eq!((ask_anew(&other).await, other.calls()), (Err("partner_unavailable"), 0));
    // The first one's probe is answered.
    one.provider.refuse_all(None);
    one.passed.fetch_add(5, Ordering::Relaxed);
    assert_eq!(ask_anew(&one).await, Ok(Source::Partner));
    until(async || !other.desk.state().breaker_open && !another.desk.state().breaker_open).await;
    assert_eq!(ask_anew(&other).await, Ok(Source::Partner));
}

#[tokio::test]
async fn a_hint_blocks_no_longer_than_its_time_also_without_redis() {
    let server = RedisServer::start();
    let instances = three(&server).await;
    keep_in_touch(&instances);
    let [one, other, _] = instances;
    find_down(&one).await;
    until(async || other.desk.state().breaker_open).await;
    drop(server);
    assert_eq!((ask_anew(&other).await, other.calls()), (Err("partner_unavailable"), 0));
    other.passed.fetch_add(5, Ordering::Relaxed);
    assert_eq!((ask_anew(&other).await, other.calls()), (Ok(Source::Partner), 1));
    assert!(!other.desk.state().breaker_open);
}
