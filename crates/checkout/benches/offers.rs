//! How long accepting, redeeming and verifying an offer takes: redemptions on both engines, 1, 8 and 64 at once, each
//! with its event and a delivery in the same transaction. The file is on this machine's disk, and the server is on the
//! loopback interface.

use std::sync::Arc;
use std::time::{Duration, Instant};

use checkout::{Amount, Checkout, Deps, Endpoint, Kept, KeyRing, OrderId, Redemption, Setup, Wanted, verify};
use domain::{Device, Moment, Money, Price, PriceParts, ProviderName, Quote, QuoteForm, QuoteId, Source};
use jiff::{SignedDuration, Timestamp};
use records::Records;
use records::testing::{Other, Server};

const ISSUER: &str = "https://trade.example";
const OFFERS: usize = 640;

type Done<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

fn quote() -> Done<Quote> {
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
        final_price: Money::from_fen(400_000),
    };
    let request = form.parse().map_err(|failure: domain::Failure| failure.code())?;
    let now = Timestamp::now();
    Ok(Quote {
        id: QuoteId::from_random(1),
        sandbox: false,
        source: Source::Partner,
        provider: ProviderName::parse("aihuishou")?,
        device: Device::new(&request, None, None),
        price: Price::new(parts),
        recycle: Vec::new(),
        quality_check: Vec::new(),
        quoted_at: Moment::new(now),
        valid_until: Some(Moment::new(now.checked_add(SignedDuration::from_hours(24))?)),
    })
}

fn wanted(quote: &Quote) -> Wanted {
    Wanted {
        merchant: "demo".into(),
        provider: "aihuishou".into(),
        quote: quote.clone(),
        top_up: Money::from_fen(20_000),
        product: None,
        until: None,
        visit: None,
    }
}

async fn checkout(url: &str) -> Done<Arc<Checkout>> {
    let setup = Setup {
        issuer: ISSUER.into(),
        sandbox: false,
        keys: KeyRing::generate([1; 32], [2; 32], Moment::new(Timestamp::now())),
        endpoints: vec![Endpoint { merchant: "demo".into(), name: "hook".into(), events: None }],
    };
    let deps = Deps { clock: Arc::new(Timestamp::now), random: Arc::new(rand::random) };
    Ok(Arc::new(Checkout::new(Records::open(url).await?, setup, deps)))
}

async fn redeem(checkout: &Checkout, kept: &Kept, order: String) -> Done<Duration> {
    let (order_id, amount) = (OrderId::parse(&order)?, Amount::cny(Money::from_fen(420_000)));
    let start = Instant::now();
    checkout.redeem(kept.offer.id(), "demo", Redemption { order_id, amount, token: None }).await?;
    Ok(start.elapsed())
}

fn print(name: &str, mut times: Vec<Duration>) {
    times.sort();
    let at = |hundredths: usize| times[(times.len() * hundredths / 100).min(times.len() - 1)];
    println!("{name:<40} p50 {:>9.1?}  p95 {:>9.1?}  p99 {:>9.1?}", at(50), at(95), at(99));
}

async fn measured(name: &str, url: &str) -> Done<()> {
    let (checkout, quote) = (checkout(url).await?, quote()?);
    let mut accepting = Vec::with_capacity(OFFERS);
    for at_once in [1, 8, 64] {
        let mut offers = Vec::with_capacity(OFFERS);
        for _ in 0..OFFERS {
            let start = Instant::now();
            offers.push(checkout.accept(wanted(&quote)).await?.0);
            accepting.push(start.elapsed());
        }
        let mut times = Vec::with_capacity(OFFERS);
        for batch in offers.chunks(at_once) {
            let tasks: Vec<_> = batch
                .iter()
                .map(|kept| {
                    let (checkout, kept) = (Arc::clone(&checkout), kept.clone());
                    tokio::spawn(async move { redeem(&checkout, &kept, "A-1".into()).await })
                })
                .collect();
            for task in tasks {
                times.push(task.await??);
            }
        }
        print(&format!("{name}: redeem, {at_once} at once"), times);
    }
    print(&format!("{name}: accept"), accepting);

    let kept = checkout.accept(wanted(&quote)).await?.0;
    let start = Instant::now();
    let orders: Vec<_> = (0..1_000)
        .map(|order| {
            let (checkout, kept) = (Arc::clone(&checkout), kept.clone());
            tokio::spawn(async move { redeem(&checkout, &kept, format!("B-{order}")).await.is_ok() })
        })
        .collect();
    let mut taken = 0;
    for order in orders {
        taken += u32::from(order.await?);
    }
    println!("{name}: 1,000 orders at once for one offer: {taken} takes it, in {:.1?}", start.elapsed());
    Ok(())
}

async fn verifying() -> Done<()> {
    let folder = tempfile::tempdir()?;
    let checkout = checkout(&format!("sqlite://{}", folder.path().join("v.db").display())).await?;
    let kept = checkout.accept(wanted(&quote()?)).await?.0;
    let (token, setup, now) = (checkout.token(&kept.offer), checkout.setup(), Moment::new(Timestamp::now()));
    let mut times = Vec::with_capacity(2_000);
    for _ in 0..2_000 {
        let start = Instant::now();
        verify(token.expose(), setup.keys.published(now), ISSUER, "demo", now)?;
        times.push(start.elapsed());
    }
    print("verify a token", times);
    let mut times = Vec::with_capacity(2_000);
    for _ in 0..2_000 {
        let start = Instant::now();
        std::hint::black_box(checkout.token(&kept.offer));
        times.push(start.elapsed());
    }
    print("sign a token", times);
    Ok(())
}

#[tokio::main]
async fn main() -> Done<()> {
    verifying().await?;
    let folder = tempfile::tempdir()?;
    let server = Server::of_these_tests();
    Other::at(&server.url("postgres")).await?.run("CREATE DATABASE measured").await?;
    measured("SQLite", &format!("sqlite://{}", folder.path().join("tradein.db").display())).await?;
    measured("PostgreSQL", &server.url("measured")).await?;
    Ok(())
}
