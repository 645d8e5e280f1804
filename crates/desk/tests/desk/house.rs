use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Duration;

use aihuishou::{Account, Aihuishou, AppSecret, Client, Profile, Terms};
use desk::{AttemptRecord, Deps, Desk, InstanceId, Records, Span};
use domain::{QuoteForm, QuoteRequest};
use jiff::{SignedDuration, Timestamp};
use provider::{Provider, ProviderName};
use records::testing::Other;
use sandbox::{Faults, Running, Sandbox, Stats};
use tempfile::TempDir;

/// 2025-12-30 14:00 in UTC+8, the beginning of a price window.
pub(crate) const NOON: i64 = 1_767_074_400;

/// Settings of a desk, and the terms of its account at the provider.
#[derive(Clone)]
pub(crate) struct Settings {
    pub(crate) daily_quota: u32,
    pub(crate) native_batch: bool,
    pub(crate) sandbox: bool,
    pub(crate) deadline: Duration,
    pub(crate) shopper_reserve: u32,
    pub(crate) search_share: u32,
    pub(crate) refresh_after: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        let desk::Settings { sandbox, deadline, shopper_reserve, search_share, refresh_after, .. } =
            desk::Settings::default();
        Self {
            daily_quota: 2_000,
            native_batch: false,
            sandbox,
            deadline,
            shopper_reserve,
            search_share,
            refresh_after,
        }
    }
}

impl Settings {
    pub(crate) fn of_the_desk(&self) -> desk::Settings {
        let Self { sandbox, deadline, shopper_reserve, search_share, refresh_after, .. } = *self;
        desk::Settings {
            sandbox,
            deadline,
            shopper_reserve,
            search_share,
            refresh_after,
            ..desk::Settings::default()
        }
    }
}

/// The account of `client`, as a provider for the desk.
pub(crate) fn provider(client: Client, next: Option<Client>, settings: &Settings) -> Arc<dyn Provider> {
    let name = ProviderName::parse("aihuishou").unwrap();
    let Settings { daily_quota, native_batch: several_at_once, .. } = *settings;
    Arc::new(Aihuishou::new(name, client, next, Terms { daily_quota, several_at_once }))
}

pub(crate) struct House {
    pub(crate) desk: Desk,
    pub(crate) partner: Running,
    pub(crate) records: Records,
    /// Where the records are.
    pub(crate) url: String,
    seconds: Arc<AtomicI64>,
    /// Seconds that have passed; setting the clock does not change them.
    passed: Arc<AtomicU64>,
    pub(crate) folder: TempDir,
    settings: Settings,
}

impl House {
    pub(crate) async fn open() -> Self {
        Self::with(Settings { sandbox: true, ..Settings::default() }).await
    }

    pub(crate) async fn with(settings: Settings) -> Self {
        Self::on(tempfile::tempdir().unwrap(), settings).await
    }

    /// A desk on the records in `folder`, in whatever state they are.
    pub(crate) async fn on(folder: TempDir, settings: Settings) -> Self {
        let url = database(&folder);
        Self::at(&url, folder, settings).await
    }

    /// A desk on the records at `url`.
    pub(crate) async fn at(url: &str, folder: TempDir, settings: Settings) -> Self {
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
        let records = Records::at(url).unwrap();
        let client = Client::new(account, Profile::v2(&partner.base_url()).unwrap()).unwrap();
        let (random, passed) = (counting(), Arc::default());
        let deps = Deps { clock, uptime: uptime(&passed), random, instance: instance() };
        let provider = provider(client, None, &settings);
        let desk = Desk::new(provider, records.clone(), settings.of_the_desk(), deps);
        Self { desk, partner, records, url: url.to_owned(), seconds, passed, folder, settings }
    }

    /// A house whose desk asks the partner at `url` instead of its sandbox.
    pub(crate) async fn asking(url: &str, settings: Settings) -> Self {
        let mut house = Self::with(settings.clone()).await;
        let account = Account::new("AHS2025TEST", AppSecret::new("hush-hush").unwrap()).unwrap();
        let client = Client::new(account, Profile::v2(url).unwrap()).unwrap();
        house.desk = house.desk_asking(provider(client, None, &settings), house.records.clone());
        house
    }

    /// A second process on the same records.
    pub(crate) async fn another_desk(&self, settings: Settings) -> Desk {
        let account = Account::new("AHS2025TEST", AppSecret::new("hush-hush").unwrap()).unwrap();
        let client = Client::new(account, Profile::v2(&self.partner.base_url()).unwrap()).unwrap();
        let records = Records::open(&self.url).await.unwrap();
        let uptime = uptime(&self.passed);
        let deps = Deps { clock: self.clock(), uptime, random: counting(), instance: instance() };
        Desk::new(provider(client, None, &settings), records, settings.of_the_desk(), deps)
    }

    /// A desk that asks `provider`, with the settings, the clock and the records of this house.
    pub(crate) fn desk_asking(&self, provider: Arc<dyn Provider>, records: Records) -> Desk {
        let uptime = uptime(&self.passed);
        let deps = Deps { clock: self.clock(), uptime, random: counting(), instance: instance() };
        Desk::new(provider, records, self.settings.of_the_desk(), deps)
    }

    /// Lets the desk ask with other credentials.
    pub(crate) fn use_secrets(&self, client: Client, next: Option<Client>) {
        self.desk.use_provider(provider(client, next, &self.settings));
    }

    /// All attempts, as they are recorded.
    pub(crate) async fn records_of_all(&self) -> Vec<AttemptRecord> {
        let ever = Span { from: Timestamp::MIN, to: Timestamp::MAX };
        self.records.attempts(ever, 0).await.unwrap()
    }

    /// How many calls count against the day's quota, by the database.
    pub(crate) async fn quota_used(&self) -> u32 {
        let used = self.other().await.number("SELECT sum(used - returned) FROM quota").await;
        used.unwrap().try_into().unwrap()
    }

    /// A second process at the database.
    pub(crate) async fn other(&self) -> Other {
        Other::at(&self.url).await.unwrap()
    }

    fn clock(&self) -> Arc<dyn Fn() -> Timestamp + Send + Sync> {
        let time = Arc::clone(&self.seconds);
        Arc::new(move || Timestamp::from_second(time.load(Ordering::SeqCst)).unwrap())
    }

    /// The outcomes of all attempts, as they are recorded.
    pub(crate) async fn attempts(&self) -> Vec<String> {
        self.records_of_all()
            .await
            .into_iter()
            .map(|record| record.outcome.unwrap_or_else(|| "under way".into()))
            .collect()
    }

    pub(crate) fn wait(&self, time: SignedDuration) {
        self.set_clock(time);
        self.passed.fetch_add(time.as_secs().unsigned_abs(), Ordering::SeqCst);
    }

    /// Moves the clock by that much, while no time passes.
    pub(crate) fn set_clock(&self, by: SignedDuration) {
        self.seconds.fetch_add(by.as_secs(), Ordering::SeqCst);
    }

    pub(crate) fn stats(&self) -> Stats {
        self.partner.sandbox().stats()
    }

    pub(crate) async fn set(&self, faults: &str) {
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

fn uptime(passed: &Arc<AtomicU64>) -> Arc<dyn Fn() -> Duration + Send + Sync> {
    let passed = Arc::clone(passed);
    Arc::new(move || Duration::from_secs(passed.load(Ordering::SeqCst)))
}

/// The id of another instance.
pub(crate) fn instance() -> InstanceId {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    InstanceId::of(NEXT.fetch_add(1, Ordering::SeqCst))
}

/// Numbers in place of random ones: each is different, also between the desks of one test.
fn counting() -> Arc<dyn Fn() -> u128 + Send + Sync> {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    Arc::new(|| u128::from(NEXT.fetch_add(1, Ordering::SeqCst)))
}

pub(crate) fn database(folder: &TempDir) -> String {
    format!("sqlite://{}", folder.path().join("data/tradein.db").display())
}

/// Waits until the condition holds.
pub(crate) async fn until(is_so: impl AsyncFn() -> bool) {
    let patience = Duration::from_secs(20);
    let so = async {
        while !is_so().await {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(patience, so).await.expect("it never came about");
}

pub(crate) fn phone(model: &str) -> QuoteForm {
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

pub(crate) fn request(model: &str) -> QuoteRequest {
    phone(model).parse().unwrap()
}

/// A phone of which the sandbox knows no name but takes any.
pub(crate) fn variant(number: u32) -> QuoteForm {
    QuoteForm { function_status: format!("划痕{number}处"), ..phone("iPhone 14 Pro") }
}
