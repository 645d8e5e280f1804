//! A checkout with a separate database for each test, and with a clock and randomness that the test sets.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU32, AtomicU64, Ordering};

use checkout::{Amount, Checkout, Deps, Endpoint, EventKind, Kept, KeyRing, Redemption, Setup, Wanted};
use checkout::{OrderId, Product};
use domain::{Device, Moment, Money, Price, PriceParts, ProviderName, Quote, QuoteForm, QuoteId, Source};
use jiff::Timestamp;
use records::testing::{Other, Server};
use records::{Records, RecordsError};
use tempfile::TempDir;

/// 2025-12-30 14:00 in UTC+8.
const NOON: i64 = 1_767_074_400;

pub(crate) const ISSUER: &str = "https://trade.example";

/// The name of an endpoint of the merchant `demo` to which all events are sent.
pub(crate) const HOOK: &str = "https://shop.example/hook";

pub(crate) struct Place {
    pub(crate) url: String,
    /// Seconds after [`NOON`].
    clock: Arc<AtomicI64>,
    drawn: Arc<AtomicU64>,
    _folder: Option<TempDir>,
}

pub(crate) fn moment(seconds: i64) -> Moment {
    Moment::new(Timestamp::from_second(NOON + seconds).unwrap())
}

impl Place {
    pub(crate) fn in_a_file() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("tradein.db").display());
        Self::at(url, Some(folder))
    }

    pub(crate) async fn on_a_server() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let name = format!("test_{}", NUMBER.fetch_add(1, Ordering::Relaxed));
        let server = Server::of_these_tests();
        let mut other = Other::at(&server.url("postgres")).await.unwrap();
        other.run(&format!("CREATE DATABASE {name}")).await.unwrap();
        other.close().await.unwrap();
        Self::at(server.url(&name), None)
    }

    /// The place of another process, with different random numbers.
    pub(crate) fn of_another(url: String) -> Self {
        let place = Self::at(url, None);
        let since = Timestamp::now().as_microsecond();
        place.drawn.store(since.unsigned_abs(), Ordering::Relaxed);
        place
    }

    fn at(url: String, folder: Option<TempDir>) -> Self {
        let (clock, drawn) = Default::default();
        Self { url, clock, drawn, _folder: folder }
    }

    pub(crate) async fn records(&self) -> Records {
        // Among other tests PostgreSQL may take longer than a server waits for it.
        for _ in 0..30 {
            match Records::open(&self.url).await {
                Err(RecordsError::Unreachable(_)) => {}
                opened => return opened.unwrap(),
            }
        }
        panic!("PostgreSQL does not answer");
    }

    /// The checkout of a live server, as in a separate process.
    pub(crate) async fn checkout(&self) -> Arc<Checkout> {
        self.checkout_of(setup(false)).await
    }

    pub(crate) async fn checkout_of(&self, setup: Setup) -> Arc<Checkout> {
        let (clock, drawn) = (Arc::clone(&self.clock), Arc::clone(&self.drawn));
        let deps = Deps {
            clock: Arc::new(move || moment(clock.load(Ordering::Relaxed)).timestamp()),
            random: Arc::new(move || spread(drawn.fetch_add(1, Ordering::Relaxed))),
        };
        Arc::new(Checkout::new(self.records().await, setup, deps))
    }

    pub(crate) fn set_clock(&self, seconds: i64) {
        self.clock.store(seconds, Ordering::Relaxed);
    }

    /// Lets time pass for deliveries, which go by the database's clock.
    pub(crate) async fn let_pass(&self, seconds: i64) {
        let mut other = Other::at(&self.url).await.unwrap();
        let by = seconds * 1_000;
        let earlier =
            format!("UPDATE deliveries SET due_at = due_at - {by}, taken_until = taken_until - {by}");
        other.run(&earlier).await.unwrap();
        other.close().await.unwrap();
    }

    /// Adds offers of the merchant `demo` that ended long ago and whose records no offer can be read from.
    pub(crate) async fn add_unreadable_offers(&self, most: u32) {
        let mut other = Other::at(&self.url).await.unwrap();
        let sql = format!(
            "INSERT INTO offers (id, code, merchant, sandbox, quote, offer, amount, accepted_at, expires_at,
                state, changed_at, version)
             WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {most})
             SELECT 'of_' || i, 'code' || i, 'demo', 0, 'quote', '{{}}', 1, 0, 0, 'accepted', 0, 1 FROM n"
        );
        other.run(&sql).await.unwrap();
        other.close().await.unwrap();
    }

    /// Starts the random numbers again, so that the same ones are drawn as before.
    pub(crate) fn draw_again(&self) {
        self.drawn.store(0, Ordering::Relaxed);
    }
}

/// A different number for each number, with its bits spread over all 128.
fn spread(number: u64) -> u128 {
    u128::from(number + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835)
}

pub(crate) fn setup(sandbox: bool) -> Setup {
    let endpoint = |name: &str, events| Endpoint { merchant: "demo".into(), name: name.into(), events };
    Setup {
        issuer: ISSUER.into(),
        sandbox,
        keys: KeyRing::generate([1; 32], [2; 32], moment(0)),
        endpoints: vec![
            endpoint(HOOK, None),
            endpoint("redeemed only", Some(vec![EventKind::OfferRedeemed])),
        ],
    }
}

/// A quote of ¥4,500 that is valid for a day from noon on.
fn quote(sandbox: bool) -> Quote {
    let form = QuoteForm {
        device_type: "手机".into(),
        brand: "苹果".into(),
        model: "iPhone 14 Pro".into(),
        storage: "256GB".into(),
        condition: "九成新".into(),
        function_status: "正常".into(),
        ..QuoteForm::default()
    };
    let parts = PriceParts {
        base: None,
        condition_discount: None,
        function_deduction: None,
        market_coefficient: None,
        final_price: Money::from_fen(450_000),
    };
    Quote {
        id: QuoteId::from_random(7),
        sandbox,
        source: Source::Partner,
        provider: ProviderName::parse("aihuishou").unwrap(),
        device: Device::new(&form.parse().unwrap(), Some("101".into()), None),
        price: Price::new(parts),
        recycle: Vec::new(),
        quality_check: Vec::new(),
        quoted_at: moment(-60),
        valid_until: Some(moment(86_400)),
    }
}

/// What a shopper with this visit accepts at the merchant `demo`: ¥4,700 for an iPhone 17.
pub(crate) fn wanted(visit: &str) -> Wanted {
    Wanted {
        merchant: "demo".into(),
        provider: "aihuishou".into(),
        quote: quote(false),
        top_up: Money::from_fen(20_000),
        product: Some(Product { name: "iPhone 17".into(), price: Some(Money::from_fen(599_900)) }),
        until: None,
        visit: Some(visit.into()),
    }
}

/// The same in a sandbox.
pub(crate) fn wanted_in_a_sandbox(visit: &str) -> Wanted {
    Wanted { quote: quote(true), ..wanted(visit) }
}

/// The offer of a shopper with this visit.
pub(crate) async fn accept(checkout: &Checkout, visit: &str) -> Kept {
    checkout.accept(wanted(visit)).await.unwrap().0
}

/// An order that redeems the whole amount.
pub(crate) fn order(id: &str) -> Redemption {
    let order_id = OrderId::parse(id).unwrap();
    Redemption { order_id, amount: Amount::cny(Money::from_fen(470_000)), token: None }
}

/// Runs each test on both engines: `on_both!(name, name)` for functions that take a [`Place`].
macro_rules! on_both {
    ($($promise:ident),+ $(,)?) => {
        mod on_sqlite {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $promise() {
                    super::$promise($crate::place::Place::in_a_file()).await;
                }
            )+
        }
        mod on_postgres {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $promise() {
                    super::$promise($crate::place::Place::on_a_server().await).await;
                }
            )+
        }
    };
}
pub(crate) use on_both;
