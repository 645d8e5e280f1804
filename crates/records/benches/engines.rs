//! The time that a quote takes in the records on each engine, in the same run: an attempt with its place in
//! the count, and the quote. The file is on this machine's disk. The server is on the loopback interface; it
//! flushes each transaction to its disk unless it is configured otherwise, as the tests' server is.

use std::sync::Arc;
use std::time::{Duration, Instant};

use domain::{Device, Moment, Money, Price, PriceParts, ProviderName, Quote, QuoteForm, QuoteId, Source};
use jiff::Timestamp;
use records::testing::{Other, Server};
use records::{Begin, Begun, Entry, Key, Most, Origin, Outcome, Records, Taken};

const QUOTES: usize = 2_000;

type Done<T> = Result<T, Box<dyn std::error::Error>>;

fn quote(number: usize) -> Done<Arc<Quote>> {
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
    Ok(Arc::new(Quote {
        id: QuoteId::from_random(number as u128),
        sandbox: false,
        source: Source::Partner,
        provider: ProviderName::parse("aihuishou")?,
        device: Device::new(&request, None, None),
        price: Price::new(parts),
        recycle: Vec::new(),
        quality_check: Vec::new(),
        quoted_at: Moment::new(Timestamp::now()),
        valid_until: None,
    }))
}

/// The steps that a quote waits for: beginning an attempt, and writing a quote. The attempt's end is written
/// later.
async fn one(records: &Records, number: usize) -> Done<Duration> {
    let begun = Begun {
        app_id: "A".into(),
        at: Timestamp::now(),
        call: "quote",
        attempt: 1,
        parameters: "{}".into(),
        spends: 1,
        searches: 0,
        merchant: None,
        provider: None,
        advance: None,
    };
    let quote = quote(number)?;
    let start = Instant::now();
    let most = Most { calls: u32::MAX / 2, searches: 0, reserve: 0 };
    let Begin::Made(row, taken) = records.begin(&begun, most, Taken::default()).await? else {
        return Err("the calls are used up".into());
    };
    let (key, confirmed) = (Some(Key::new([number as u8; 32])), Some("iPhone 14 Pro".into()));
    records.write(&[Entry::Quoted { key, quote, confirmed, origin: Origin::default() }]).await?;
    let took = start.elapsed();
    let outcome = Outcome { name: "ok", code: None, latency: took };
    records.write(&[Entry::Ended(row, begun, taken, outcome)]).await?;
    Ok(took)
}

async fn measured(name: &str, url: &str) -> Done<()> {
    let records = Records::open(url).await?;
    let mut times = Vec::with_capacity(QUOTES);
    for number in 0..QUOTES {
        times.push(one(&records, number).await?);
    }
    records.close().await;
    times.sort();
    let at = |hundredths: usize| times[(QUOTES * hundredths / 100).min(QUOTES - 1)];
    println!("{name:<10} p50 {:>9.1?}  p95 {:>9.1?}  p99 {:>9.1?}", at(50), at(95), at(99));
    Ok(())
}

#[tokio::main]
async fn main() -> Done<()> {
    let folder = tempfile::tempdir()?;
    let server = Server::of_these_tests();
    Other::at(&server.url("postgres")).await?.run("CREATE DATABASE measured").await?;
    measured("SQLite", &format!("sqlite://{}", folder.path().join("tradein.db").display())).await?;
    measured("PostgreSQL", &server.url("measured")).await?;
    Ok(())
}
