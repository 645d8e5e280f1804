//! Several servers on one database: lists and webhooks, while servers are killed, stopped and held.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use aihuishou::{Account, AppSecret};
use domain::QuoteForm;
use jiff::Timestamp;
use lists::{BatchId, BatchState, NewRow};
use records::Records;
use records::testing::{Other, Server};
use reqwest::Response;
use sandbox::{Faults, Running, Sandbox};

use crate::house::{House, TOKEN, client, database};
use crate::lists as pages;
use crate::process::Process;
use crate::receiver::{Manner, Receiver, SECRET, settings};
use crate::webhooks::{accept, quote};

async fn partner() -> Running {
    let account = Account::new("AHS2025TEST", AppSecret::new("hush").unwrap()).unwrap();
    let partner = Sandbox::new(account, Arc::new(Timestamp::now)).unwrap();
    let partner = partner.serve(([127, 0, 0, 1], 0).into()).await.unwrap();
    partner.sandbox().bring_about(Faults { latency_ms: Some(100), ..Faults::default() });
    partner
}

async fn on_a_server(name: &str) -> String {
    let server = Server::of_these_tests();
    let mut admin = Other::at(&server.url("postgres")).await.unwrap();
    admin.run(&format!("CREATE DATABASE {name}")).await.unwrap();
    server.url(name)
}

async fn until(is_so: impl AsyncFn() -> bool) {
    let began = Instant::now();
    while !is_so().await {
        assert!(began.elapsed() < Duration::from_secs(60), "it never came about");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Two servers as processes of their own, one list, and the partner that they ask.
struct Pair {
    partner: Running,
    records: Records,
    one: Process,
    other: Process,
    list: BatchId,
}

const DEVICES: u32 = 160;

impl Pair {
    /// The list is being quoted by `one`.
    async fn at_work(name: &str) -> Self {
        let (partner, url) = (partner().await, on_a_server(name).await);
        let base = partner.base_url();
        let variables = [
            ("AHS_APP_ID", "AHS2025TEST"),
            ("AHS_APP_SECRET", "hush"),
            ("AHS_API_URL", &base),
            ("TRADEIN_DATABASE_URL", &url),
            ("TRADEIN_OPERATOR_TOKEN", TOKEN),
        ];
        let one = Process::start(&variables).await;
        let records = Records::open(&url).await.unwrap();
        let row = |number: u32| {
            let form = QuoteForm {
                device_type: "手机".into(),
                brand: "苹果".into(),
                model: "iPhone 14 Pro".into(),
                storage: "256GB".into(),
                condition: "九成新".into(),
                function_status: format!("划痕{number}处"),
                ..QuoteForm::default()
            };
            NewRow::new(number, form)
        };
        let rows: Vec<_> = (1..=DEVICES).map(row).collect();
        let list = records.add_batch("list.csv", b"it", &rows, Timestamp::now()).await.unwrap();
        press(&one, list, "start").await;
        let pair = Self { partner, records, one, other: Process::start(&variables).await, list };
        until(async || pair.list().await.counts.priced >= 10).await;
        pair
    }

    async fn list(&self) -> lists::Batch {
        self.records.batch(self.list).await.unwrap().unwrap()
    }

    /// Waits until another instance than `former` quotes the list. Returns how long that took.
    async fn taken_over(&self, former: &records::InstanceId) -> Duration {
        let since = Instant::now();
        until(async || self.list().await.holder.is_some_and(|holder| holder != *former)).await;
        since.elapsed()
    }

    /// Waits until the list is done, and checks it. At most `repeated` devices were asked for twice.
    async fn done(&self, repeated: usize) {
        until(async || self.list().await.state == BatchState::Done).await;
        assert_eq!(self.list().await.counts.priced, DEVICES);
        let stats = self.partner.sandbox().stats();
        assert!(stats.repeated_devices <= repeated, "{stats:?}");
        assert_eq!(self.records.check_books().await.unwrap(), []);
    }
}

async fn get(server: &Process, path: &str) -> Response {
    client().get(format!("{}{path}", server.base)).bearer_auth(TOKEN).send().await.unwrap()
}

async fn press(server: &Process, list: BatchId, button: &str) {
    let post = client().post(format!("{}/batch/{}", server.base, list.0)).bearer_auth(TOKEN);
    assert_eq!(post.form(&[("do", button)]).send().await.unwrap().status(), 303);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_servers_list_is_shown_by_another_one_and_goes_on_there_within_30_s() {
    let pair = Pair::at_work("killed_at_a_list").await;
    let path = format!("/batch/{}", pair.list.0);
    let shown = get(&pair.other, &format!("{path}?locale=en")).await.text().await.unwrap();
    assert!(shown.contains("data-events") && shown.contains("value=\"pause\""), "{shown}");
    assert!(!shown.contains("value=\"start\""), "it is not offered twice: {shown}");
    let mut events = get(&pair.other, &format!("{path}/events?locale=en")).await;
    let mut known = Vec::new();
    while known.len() < 3 {
        let chunk = events.chunk().await.unwrap().unwrap();
        let text = String::from_utf8_lossy(&chunk).into_owned();
        let told = text.split_once(" of 160 devices are known").map(|(before, _)| before.to_owned());
        let count = told.and_then(|before| before.rsplit(['>', ' ']).next()?.parse::<u32>().ok());
        known.extend(count.filter(|count| known.last() != Some(count)));
    }
    assert!(known.is_sorted(), "{known:?}");
    let former = pair.list().await.holder.unwrap();
    pair.one.signal("KILL").await;
    let took = pair.taken_over(&former).await;
    println!("taken over {took:?} after kill -9");
    assert!(took < Duration::from_secs(30), "{took:?}");
    pair.done(4).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_hung_and_comes_back_leaves_its_list_to_the_other_one() {
    let pair = Pair::at_work("hung_at_a_list").await;
    let former = pair.list().await.holder.unwrap();
    pair.one.signal("STOP").await;
    let took = pair.taken_over(&former).await;
    println!("taken over {took:?} after SIGSTOP");
    let priced = pair.list().await.counts.priced;
    pair.one.signal("CONT").await;
    until(async || pair.list().await.counts.priced >= priced + 20).await;
    assert_ne!(pair.list().await.holder, Some(former));
    // Only what was in flight when it hung.
    pair.done(4).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_stops_in_good_order_hands_its_list_over_at_once() {
    let pair = Pair::at_work("stopped_at_a_list").await;
    let former = pair.list().await.holder.unwrap();
    pair.one.signal("TERM").await;
    let took = pair.taken_over(&former).await;
    println!("taken over {took:?} after SIGTERM");
    assert!(took < Duration::from_secs(10), "{took:?}");
    pair.done(0).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_is_paused_and_cancelled_at_any_server() {
    let (partner, folder) = (partner().await, tempfile::tempdir().unwrap());
    let (base, url) = (partner.base_url(), database(&folder));
    let variables = [
        ("AHS_APP_ID", "AHS2025TEST"),
        ("AHS_APP_SECRET", "hush"),
        ("AHS_API_URL", base.as_str()),
        ("TRADEIN_DATABASE_URL", url.as_str()),
        ("TRADEIN_OPERATOR_TOKEN", TOKEN),
    ];
    let (one, other) = (House::with(&variables).await, House::with(&variables).await);
    let path = pages::start(&one, &pages::list(300)).await;
    let at_other = format!("{path}?locale=en");
    until(async || pages::page(&other, &at_other).await.contains("value=\"pause\"")).await;
    pages::press(&other, &path, "pause").await;
    let told = pages::page(&other, &at_other).await;
    assert!(!told.contains("value=\"start\"") || told.contains("Resume"), "{told}");
    pages::follow(&other, &path).await;
    let told = pages::page(&other, &at_other).await;
    assert!(told.contains("value=\"start\""), "{told}");
    pages::press(&other, &path, "start").await;
    until(async || pages::page(&one, &at_other).await.contains("value=\"pause\"")).await;
    let calls = || partner.sandbox().stats().calls.values().sum::<u64>();
    let before = calls();
    until(async || calls() > before + 5).await;
    pages::press(&one, &path, "cancel").await;
    let cancelled = Instant::now();
    pages::follow(&one, &path).await;
    assert!(cancelled.elapsed() < Duration::from_secs(5), "{:?}", cancelled.elapsed());
    assert!(pages::page(&other, &at_other).await.contains("Cancelled"));
    assert_eq!(partner.sandbox().stats().repeated_devices, 0);
    assert!(calls() < 300);
    one.close().await;
    other.close().await;
}

/// Two servers on the database at `url`, whose merchant `demo` has this endpoint.
async fn senders(url: &str, shop: &Receiver) -> [House; 2] {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tradein.toml");
    std::fs::write(&file, settings(&[shop.url()])).unwrap();
    let file = file.to_str().unwrap();
    let variables = [("TRADEIN_CONFIG", file), ("DEMO_WEBHOOK", SECRET), ("TRADEIN_DATABASE_URL", url)];
    [House::with(&variables).await, House::with(&variables).await]
}

async fn each_event_comes_once(url: &str) {
    const COUNT: usize = 40;
    let shop = Receiver::answering(Manner::After(Duration::from_millis(150))).await;
    let houses = senders(url, &shop).await;
    let quotes = [quote(&houses[0]).await, quote(&houses[1]).await];
    let accepting = (0..COUNT).map(|number| accept(&houses[number % 2].checkout, &quotes[number % 2]));
    futures::future::join_all(accepting).await;
    shop.wait_for(COUNT).await;
    until(async || houses[0].records.undelivered().await.unwrap().waiting == 0).await;
    let ids: HashSet<_> = shop.got().iter().map(|got| got.header("webhook-id").to_owned()).collect();
    assert_eq!((ids.len(), shop.got().len()), (COUNT, COUNT));
    assert!((2..=4).contains(&shop.most_at_once()), "{} at once", shop.most_at_once());
    for house in houses {
        house.close().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_servers_send_each_event_once_and_no_more_at_once_than_one_would() {
    let folder = tempfile::tempdir().unwrap();
    each_event_comes_once(&database(&folder)).await;
    each_event_comes_once(&on_a_server("two_senders").await).await;
}

async fn a_killed_ones_event_is_sent_by_the_other(url: &str) {
    let shop = Receiver::answering(Manner::NotAtFirst).await;
    let [one, other] = senders(url, &shop).await;
    let price = quote(&one).await;
    accept(&one.checkout, &price).await;
    shop.wait_for(1).await;
    one.kill().await;
    // The time for which the event belonged to the killed one passes.
    let mut time = Other::at(url).await.unwrap();
    let passes = "UPDATE deliveries SET due_at = due_at - 30000, taken_until = taken_until - 30000";
    time.run(passes).await.unwrap();
    let got = shop.wait_for(2).await;
    assert_eq!(got[0].header("webhook-id"), got[1].header("webhook-id"));
    until(async || other.records.undelivered().await.unwrap().waiting == 0).await;
    assert_eq!(shop.got().len(), 2);
    other.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_event_that_a_killed_server_was_sending_is_sent_by_the_other_one() {
    let folder = tempfile::tempdir().unwrap();
    a_killed_ones_event_is_sent_by_the_other(&database(&folder)).await;
    a_killed_ones_event_is_sent_by_the_other(&on_a_server("killed_sender").await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_endpoint_that_is_gone_at_one_server_is_gone_at_all() {
    let url = on_a_server("gone_at_one").await;
    let shop = Receiver::answering(Manner::With(410)).await;
    let [one, other] = senders(&url, &shop).await;
    let prices = [quote(&one).await, quote(&other).await];
    accept(&one.checkout, &prices[0]).await;
    until(async || other.records.undelivered().await.unwrap().endpoints_off == 1).await;
    let kept = accept(&other.checkout, &prices[1]).await;
    let asked =
        records::DeliveriesAsked { offer: Some(kept.offer.id().as_str()), most: 9, ..Default::default() };
    assert!(other.records.deliveries(asked).await.unwrap().is_empty());
    assert_eq!(shop.got().len(), 1);
    one.close().await;
    other.close().await;
}
