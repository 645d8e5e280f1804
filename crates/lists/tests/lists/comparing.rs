//! Lists that ask several providers: one that is down, slow, without quota or gone takes nothing from the others.

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Duration;

use desk::{Desks, Records};
use domain::{Moment, Money, NotAccepted, ProviderName};
use lists::{
    BatchId, BatchState, Format, ListError, Lists, Phase, ProviderProgress, Runner, Times, ask_all,
    compared_rows, each_to_best, write_report,
};
use provider::testing::InMemory;
use provider::{Capabilities, Credential, Refusal};

use crate::house::{House, Settings, until, variant};
use crate::plain::Plain;
use crate::work::{Running, add, instance, start, start_by};

/// Three providers in memory, and the house whose records they share.
struct Buyers {
    house: House,
    main: Arc<InMemory>,
    own: Arc<InMemory>,
    third: Arc<InMemory>,
}

fn provider(name: &str, daily_quota: Option<u32>, yuan: i64) -> Arc<InMemory> {
    let places = NonZeroUsize::new(5).unwrap();
    let capabilities = Capabilities { places, daily_quota, over_the_net: true, ..Capabilities::IN_MEMORY };
    Arc::new(InMemory::new(name, capabilities, Money::from_fen(yuan * 100)).unwrap())
}

impl Buyers {
    async fn open(quota_of_third: Option<u32>) -> Self {
        let settings = Settings { sandbox: true, shopper_reserve: 0, ..Settings::default() };
        Self {
            house: House::with(settings).await,
            main: provider("main", None, 400),
            own: provider("own", None, 500),
            third: provider("third", quota_of_third, 300),
        }
    }

    /// The desks of a process.
    async fn desks(&self) -> Desks {
        let records = Records::open(&self.house.url).await.unwrap();
        let desk =
            |provider: &Arc<InMemory>| self.house.desk_asking(Arc::clone(provider) as _, records.clone());
        let desks = Desks::new(desk(&self.main), vec![desk(&self.own), desk(&self.third)]);
        desks.look_up_quota().await;
        desks
    }

    /// A list of that many devices that asks all, and desks to ask by.
    async fn list(&self, devices: u32) -> (BatchId, Desks) {
        let (id, desks) = (add(&self.house, (0..devices).map(variant)).await, self.desks().await);
        ask_all(&desks, id).await.unwrap();
        (id, desks)
    }

    fn asked(&self) -> [usize; 3] {
        [&self.main, &self.own, &self.third].map(|provider| provider.calls().len())
    }

    async fn state(&self, id: BatchId) -> BatchState {
        self.house.records.batch(id).await.unwrap().unwrap().state
    }

    /// How many devices have a price of each provider, and how many none.
    async fn counts(&self, id: BatchId) -> Vec<(u32, u32)> {
        let list = self.house.records.batch(id).await.unwrap().unwrap();
        list.providers.iter().map(|it| (it.priced, it.failed)).collect()
    }

    /// The outcome of each row at the provider of that name.
    async fn told(&self, id: BatchId, provider: &str) -> Vec<&'static str> {
        let (records, now) = (&self.house.records, Moment::new(self.house.desk.now()));
        let providers = records.batch_providers(id).await.unwrap();
        let rows = records.batch_rows(id, 0).await.unwrap();
        let rows = compared_rows(records, id, &providers, rows, now).await.unwrap();
        let told = |row: &lists::ComparedRow| {
            let said = row.providers.iter().find(|(name, _)| name.as_str() == provider);
            match said.and_then(|(_, said)| said.as_ref()) {
                Some(Ok(_)) => "priced",
                Some(Err(failure)) => failure.code(),
                None => "open",
            }
        };
        rows.iter().map(told).collect()
    }
}

fn phases(running: &Running) -> Vec<Phase> {
    running.progress.borrow().providers.iter().map(|provider| provider.phase).collect()
}

fn down() -> Option<Refusal> {
    Some(Refusal::Unavailable("down".into()))
}

#[tokio::test]
async fn a_list_asks_the_first_provider_alone_unless_it_compares() {
    let buyers = Buyers::open(None).await;
    let (alone, desks) = (add(&buyers.house, (0..4).map(variant)).await, buyers.desks().await);
    start(&desks, alone).task.await.unwrap().unwrap();
    assert_eq!(buyers.asked(), [4, 0, 0]);
    let (compared, _) = buyers.list(6).await;
    start(&desks, compared).task.await.unwrap().unwrap();
    // Of the devices that both lists have, the first one's prices are known.
    assert_eq!(buyers.asked(), [6, 6, 6]);
    assert_eq!(buyers.counts(compared).await, [(6, 0); 3]);
    assert_eq!(
        (buyers.state(alone).await, buyers.state(compared).await),
        (BatchState::Done, BatchState::Done)
    );
}

#[tokio::test]
async fn equal_devices_are_asked_for_once_by_each_provider() {
    let buyers = Buyers::open(None).await;
    let id = add(&buyers.house, (0..12).map(|number| variant(number % 3))).await;
    let desks = buyers.desks().await;
    ask_all(&desks, id).await.unwrap();
    start(&desks, id).task.await.unwrap().unwrap();
    assert_eq!(buyers.asked(), [3; 3]);
    assert_eq!(buyers.told(id, "third").await, ["priced"; 12]);
}

#[tokio::test]
async fn one_that_is_down_and_one_without_quota_take_nothing_from_the_others() {
    let buyers = Buyers::open(Some(7)).await;
    buyers.own.refuse_all(down());
    let (id, desks) = buyers.list(25).await;
    start(&desks, id).task.await.unwrap().unwrap();
    assert_eq!(buyers.state(id).await, BatchState::Done);
    assert_eq!(buyers.counts(id).await, [(25, 0), (0, 25), (7, 18)]);
    assert_eq!((buyers.asked()[0], buyers.asked()[2]), (25, 7), "exactly the quota");
    assert_eq!(buyers.told(id, "main").await, ["priced"; 25]);
    assert_eq!(buyers.told(id, "own").await, ["partner_unavailable"; 25]);
    let third = buyers.told(id, "third").await;
    let of = |code: &str| third.iter().filter(|told| **told == code).count();
    assert_eq!((of("priced"), of("quota_exhausted")), (7, 18));
}

#[tokio::test]
async fn a_further_provider_waits_for_its_quota_as_long_as_the_main_one_is_at_work() {
    let buyers = Buyers::open(Some(4)).await;
    buyers.main.hold(true);
    let (id, desks) = buyers.list(10).await;
    let mut running = start(&desks, id);
    let waits = |one: &ProviderProgress| matches!(one.phase, Phase::WaitsForQuota { .. });
    running.progress.wait_for(|now| now.providers.iter().any(waits)).await.unwrap();
    running.progress.wait_for(|now| now.providers[1].phase == Phase::Ended).await.unwrap();
    assert_eq!(running.progress.borrow().phase, Phase::Asking);
    assert_eq!(buyers.counts(id).await[1..], [(10, 0), (4, 0)]);
    // The next day, its quota is new.
    buyers.house.wait(jiff::SignedDuration::from_hours(12));
    running.progress.wait_for(|now| now.providers[2].priced > 4).await.unwrap();
    buyers.main.hold(false);
    running.task.await.unwrap().unwrap();
    assert_eq!(buyers.counts(id).await[..2], [(10, 0), (10, 0)]);
    assert_eq!(buyers.counts(id).await[2], (8, 2), "four a day");
}

#[tokio::test]
async fn a_slow_provider_holds_up_no_other_and_is_waited_for() {
    let buyers = Buyers::open(None).await;
    buyers.own.hold(true);
    let (id, desks) = buyers.list(20).await;
    let mut running = start(&desks, id);
    let done = |now: &lists::Progress| [0, 2].iter().all(|at| now.providers[*at].phase == Phase::Ended);
    running.progress.wait_for(|now| !now.providers.is_empty() && done(now)).await.unwrap();
    assert_eq!(phases(&running), [Phase::Ended, Phase::Asking, Phase::Ended]);
    assert_eq!(buyers.counts(id).await, [(20, 0), (0, 0), (20, 0)]);
    assert_eq!(running.progress.borrow().open(), 20);
    assert!(!running.task.is_finished());
    buyers.own.hold(false);
    running.task.await.unwrap().unwrap();
    assert_eq!((buyers.counts(id).await, buyers.asked()), (vec![(20, 0); 3], [20; 3]));
}

#[tokio::test]
async fn a_further_provider_that_refuses_the_account_is_told_in_the_rows_and_the_list_ends() {
    let buyers = Buyers::open(None).await;
    buyers.third.refuse_all(Some(Refusal::Unauthorized {
        credential: Credential::Secret,
        message: "no".into(),
        another: false,
    }));
    let (id, desks) = buyers.list(10).await;
    start(&desks, id).task.await.unwrap().unwrap();
    assert_eq!(buyers.counts(id).await, [(10, 0), (10, 0), (0, 10)]);
    assert_eq!(buyers.told(id, "third").await, ["partner_refused"; 10]);
    assert_eq!(buyers.state(id).await, BatchState::Done);
}

#[tokio::test]
async fn a_main_provider_that_refuses_the_account_takes_no_price_of_the_others() {
    let buyers = Buyers::open(None).await;
    buyers.main.refuse_all(Some(Refusal::Unauthorized {
        credential: Credential::Secret,
        message: "no".into(),
        another: false,
    }));
    let (id, desks) = buyers.list(10).await;
    let ended = start(&desks, id).task.await.unwrap();
    assert!(matches!(ended, Err(ListError::Refused)), "{ended:?}");
    assert_eq!(buyers.counts(id).await, [(0, 0), (10, 0), (10, 0)]);
    assert_eq!(buyers.state(id).await, BatchState::Paused);
    // Calls that were under way when the list stopped still end; a row that asks meanwhile would get their refusal.
    for desk in desks.iter() {
        desk.all_recorded().await;
    }
    buyers.main.refuse_all(None);
    start(&desks, id).task.await.unwrap().unwrap();
    assert_eq!(buyers.counts(id).await, [(10, 0); 3]);
    assert_eq!(buyers.asked()[1..], [10, 10], "they are not asked again");
}

#[tokio::test]
async fn a_list_that_was_stopped_asks_no_provider_again_for_a_device() {
    let buyers = Buyers::open(None).await;
    let (id, desks) = buyers.list(60).await;
    // Each run ends after some results; the last one has nothing to stop it.
    for known in [20, 60, 110] {
        let mut running = start(&desks, id);
        running.progress.wait_for(|now| now.known() >= known).await.unwrap();
        running.stop.send_replace(true);
        running.task.await.unwrap().unwrap();
    }
    let again = buyers.desks().await;
    start(&again, id).task.await.unwrap().unwrap();
    assert_eq!((buyers.asked(), buyers.counts(id).await), ([60; 3], vec![(60, 0); 3]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_instance_goes_on_with_the_same_providers() {
    let buyers = Buyers::open(None).await;
    let (id, desks) = buyers.list(24).await;
    buyers.house.records.set_batch_state(id, BatchState::Open).await.unwrap();
    let mut running = start_by(Runner::new(&desks, instance()).leasing(Duration::from_secs(2)), id);
    running.progress.wait_for(|now| now.known() >= 20).await.unwrap();
    running.task.abort();
    let lists = Lists::with(
        &buyers.desks().await,
        &"main".into(),
        instance(),
        Times { look: Duration::from_millis(100), ..Times::default() },
    );
    let all = lists.clone();
    let taking_up = tokio::spawn(async move { all.keep_taking_up().await });
    until(async || buyers.state(id).await == BatchState::Done).await;
    taking_up.abort();
    assert_eq!(buyers.counts(id).await, [(24, 0); 3]);
    // Calls that were in flight may be made again, since nothing is known of them: four of each provider.
    assert!(buyers.asked().iter().all(|asked| (24..=28).contains(asked)), "{:?}", buyers.asked());
}

#[tokio::test]
async fn an_instance_reports_how_far_each_provider_of_another_ones_list_is() {
    let buyers = Buyers::open(None).await;
    buyers.own.hold(true);
    let (id, desks) = buyers.list(8).await;
    buyers.house.records.set_batch_state(id, BatchState::Open).await.unwrap();
    let running = start(&desks, id);
    let other = Lists::new(&buyers.desks().await, &"main".into(), instance());
    let seen = async || {
        let list = buyers.house.records.batch(id).await.unwrap().unwrap();
        other.work_on(&list).map(|work| work.progress.providers).unwrap_or_default()
    };
    let as_it_is = |seen: &[ProviderProgress]| {
        seen.iter().map(|one| (one.priced, one.phase)).collect::<Vec<_>>()
            == [(8, Phase::Ended), (0, Phase::Asking), (8, Phase::Ended)]
    };
    until(async || as_it_is(&seen().await)).await;
    buyers.own.hold(false);
    running.task.await.unwrap().unwrap();
}

#[tokio::test]
async fn a_provider_that_is_no_longer_set_up_is_left_out() {
    let buyers = Buyers::open(None).await;
    let id = add(&buyers.house, (0..5).map(variant)).await;
    let names = ["main", "gone", "own"].map(|name| ProviderName::parse(name).unwrap());
    buyers.house.records.set_batch_providers(id, &names).await.unwrap();
    start(&buyers.desks().await, id).task.await.unwrap().unwrap();
    assert_eq!(buyers.counts(id).await, [(5, 0), (0, 5), (5, 0)]);
    assert_eq!(buyers.told(id, "gone").await, ["partner_unavailable"; 5]);
    assert_eq!(buyers.asked(), [5, 5, 0]);
}

#[tokio::test]
async fn a_report_has_the_best_price_and_that_of_each_provider() {
    let buyers = Buyers::open(None).await;
    for _ in 0..2 {
        buyers.own.refuse_next(Refusal::NotAccepted(NotAccepted::Unspecified));
    }
    let (id, desks) = buyers.list(6).await;
    start(&desks, id).task.await.unwrap().unwrap();
    desks.first().all_recorded().await;
    let now = Moment::new(buyers.house.desk.now());
    let (written, text) =
        write_report(Plain, buyers.house.records.clone(), id, Format::Csv, now, Vec::new()).await.unwrap();
    assert_eq!((written.rows, written.priced), (6, 6));
    let text = String::from_utf8(text).unwrap();
    // No cell has a comma.
    let mut lines = text.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let headings = lines.next().unwrap();
    let at = |name: &str| headings.iter().position(|heading| *heading == name).unwrap();
    let cells = ["Price", "Buyer", "main", "own", "third"].map(at);
    let rows: Vec<_> = lines.map(|row| cells.map(|at| row[at])).collect();
    let (best, refused): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row[1] == "own");
    assert_eq!(best, [["500.00", "own", "400.00", "500.00", "300.00"]; 4]);
    assert_eq!(refused, [["400.00", "main", "400.00", "not_accepted", "300.00"]; 2]);
}

#[tokio::test]
async fn each_device_counts_with_the_best_price_and_each_buyer_with_one_is_a_parcel() {
    let buyers = Buyers::open(None).await;
    let (id, desks) = buyers.list(4).await;
    // The buyer that pays most takes none.
    buyers.own.refuse_all(down());
    start(&desks, id).task.await.unwrap().unwrap();
    let now = Moment::new(buyers.house.desk.now());
    let mut rows = 0;
    let best = each_to_best(&buyers.house.records, id, now, |_| rows += 1).await.unwrap().unwrap();
    assert_eq!((rows, best.rows, best.worth), (4, 4, Money::from_fen(4 * 40_000)));
    assert_eq!(best.buyers.iter().map(ProviderName::as_str).collect::<Vec<_>>(), ["main"]);
    let alone = add(&buyers.house, (0..2).map(variant)).await;
    assert_eq!(each_to_best(&buyers.house.records, alone, now, |_| {}).await.unwrap(), None);
}
