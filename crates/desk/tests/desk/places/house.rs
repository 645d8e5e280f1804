//! Several desks that share the places at a provider.

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use desk::{Deps, Desk, Records, Settings};
use domain::{Money, QuoteForm, QuoteRequest};
use futures::future::join_all;
use jiff::{SignedDuration, Timestamp};
use provider::Capabilities;
use provider::testing::InMemory;
use records::testing::{Other, Server};
use tokio::task::{AbortHandle, JoinHandle};
use tokio::time::sleep;

use crate::house::{NOON, instance, phone, until};

/// As of a provider over the network.
pub(super) const FIVE: Capabilities = Capabilities {
    search: true,
    many: None,
    places: NonZeroUsize::MIN.saturating_add(4),
    daily_quota: Some(1_000),
    over_the_net: true,
};

/// Long enough for a busy machine: most of these tests are not about slow records.
pub(super) fn calm() -> Settings {
    Settings {
        deadline: Duration::from_secs(60),
        shopper_reserve: 0,
        count_places_within: Duration::from_secs(20),
        ..Settings::default()
    }
}

pub(super) fn dealer(capabilities: Capabilities) -> Arc<InMemory> {
    Arc::new(InMemory::new("dealer", capabilities, Money::YUAN).unwrap())
}

/// An empty database on the tests' server: its name.
pub(super) async fn database() -> String {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let name = format!("places_{}", NUMBER.fetch_add(1, Ordering::Relaxed));
    admin().await.run(&format!("CREATE DATABASE {name}")).await.unwrap();
    name
}

pub(super) async fn admin() -> Other {
    Other::at(&Server::of_these_tests().url("postgres")).await.unwrap()
}

pub(super) fn on_server(database: &str) -> String {
    Server::of_these_tests().url(database)
}

/// A desk of another instance, with its own records at `url`. Its clock is that much ahead.
pub(super) async fn desk(
    url: &str,
    provider: &Arc<InMemory>,
    settings: Settings,
    ahead: SignedDuration,
) -> Desk {
    let records = Records::open(url).await.unwrap();
    let start = Instant::now();
    let clock = move || {
        Timestamp::from_second(NOON).unwrap() + ahead + SignedDuration::try_from(start.elapsed()).unwrap()
    };
    let random = {
        let (numbers, own) = (AtomicU32::new(1), instance());
        let own = u128::from(u64::from_str_radix(own.as_str(), 16).unwrap()) << 64;
        move || own + u128::from(numbers.fetch_add(1, Ordering::Relaxed))
    };
    let deps = Deps {
        clock: Arc::new(clock),
        uptime: Arc::new(move || start.elapsed()),
        random: Arc::new(random),
        instance: instance(),
    };
    let desk = Desk::new(Arc::clone(provider) as _, records, settings, deps);
    desk.look_up_quota().await;
    desk
}

/// Desks of three instances, whose clocks are ten minutes apart.
pub(super) async fn three(url: &str, provider: &Arc<InMemory>, settings: &Settings) -> [Desk; 3] {
    let ten = SignedDuration::from_mins(10);
    let [one, other, another] =
        [SignedDuration::ZERO, ten, -ten].map(|ahead| desk(url, provider, settings.clone(), ahead));
    [one.await, other.await, another.await]
}

/// A device that is asked for once.
pub(super) fn device() -> QuoteRequest {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let form = QuoteForm { function_status: format!("按键{number}"), ..phone("iPhone 14 Pro") };
    form.parse().unwrap()
}

pub(super) fn shoppers(desks: &[Desk], each: usize) -> Vec<JoinHandle<&'static str>> {
    let ask = |desk: &Desk| {
        let desk = desk.clone();
        tokio::spawn(async move {
            let answer = desk.quote(device()).await;
            answer.map_or_else(|failure| failure.code(), |_| "price")
        })
    };
    (0..each).flat_map(|_| desks.iter().map(ask)).collect()
}

pub(super) fn lists(desks: &[Desk], each: usize) -> Vec<JoinHandle<&'static str>> {
    let ask = |desk: &Desk| {
        let quoter = desk.quoter();
        tokio::spawn(async move {
            let since = Timestamp::from_second(NOON).unwrap();
            let turn = quoter.turn().await.unwrap();
            let (answer, _) = quoter.price(device(), since, turn).await;
            answer.map_or_else(|failure| failure.code(), |_| "price")
        })
    };
    (0..each).flat_map(|_| desks.iter().map(ask)).collect()
}

pub(super) async fn answers(asked: Vec<JoinHandle<&'static str>>) -> Vec<&'static str> {
    join_all(asked).await.into_iter().map(Result::unwrap).collect()
}

/// Lets the provider answer late, so that its calls overlap.
pub(super) struct Late(AbortHandle);

impl Late {
    pub(super) fn provider(provider: &Arc<InMemory>) -> Self {
        let provider = Arc::clone(provider);
        let toggle = async move {
            loop {
                provider.hold(true);
                sleep(Duration::from_millis(8)).await;
                provider.hold(false);
                sleep(Duration::from_millis(1)).await;
            }
        };
        Self(tokio::spawn(toggle).abort_handle())
    }
}

impl Drop for Late {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Three desks that know of each other, of which none waits long for the records.
pub(super) async fn three_in_touch(url: &str, provider: &Arc<InMemory>) -> [Desk; 3] {
    let settings = Settings { count_places_within: Duration::from_millis(500), ..calm() };
    let desks = three(url, provider, &settings).await;
    for desk in desks.clone() {
        tokio::spawn(async move { desk.keep_in_touch("1", String::new).await });
    }
    until(async || desks.iter().all(|desk| desk.state().instances == Some(3))).await;
    desks
}
