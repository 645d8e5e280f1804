//! The time that the desk adds to a call of the partner, compared with the bare client in the same run, and
//! the time of an answer from the cache. The records are on disk, and the partner is the sandbox over HTTP,
//! in this process. Also the time of a quote by a price list, alone and through the desk, which records it meanwhile.

use std::sync::Arc;
use std::time::{Duration, Instant};

use aihuishou::{Account, Aihuishou, AppSecret, Attempt, Client, Profile, Terms};
use desk::{Deps, Desk, InstanceId, Records, Settings};
use domain::{QuoteForm, QuoteRequest, RecycleKind};
use jiff::{SignedDuration, Timestamp};
use pricelist::{PriceList, PriceListProvider, PriceLists};
use provider::{Provider, ProviderName};
use sandbox::Sandbox;

const CALLS: usize = 3_000;
const FROM_CACHE: usize = 100_000;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// A device that was not asked for before.
fn request(number: usize) -> Outcome<QuoteRequest> {
    let form = QuoteForm {
        device_type: "手机".into(),
        brand: "苹果".into(),
        model: "iPhone 14 Pro".into(),
        storage: "256GB".into(),
        condition: "九成新".into(),
        function_status: format!("按键{number}"),
        ..QuoteForm::default()
    };
    Ok(form.parse()?)
}

/// The percentile `hundredths` of the times.
fn percentile(times: &mut [Duration], hundredths: usize) -> Duration {
    times.sort();
    times[(times.len() * hundredths / 100).min(times.len() - 1)]
}

#[tokio::main]
async fn main() -> Outcome<()> {
    let account = Account::new("BENCH", AppSecret::new("hush-hush")?)?;
    let clock: Arc<dyn Fn() -> Timestamp + Send + Sync> = Arc::new(Timestamp::now);
    let partner =
        Sandbox::new(account.clone(), Arc::clone(&clock))?.serve(([127, 0, 0, 1], 0).into()).await?;
    let client = || {
        Client::new(account.clone(), Profile::v2(&partner.base_url())?)
            .map_err(Box::<dyn std::error::Error>::from)
    };
    partner.sandbox().bring_about(sandbox::Faults { quota: Some(u32::MAX), ..sandbox::Faults::default() });
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
    let records = Records::open(&format!("sqlite://{}", folder.path().join("bench.db").display())).await?;
    let terms = Terms { daily_quota: u32::MAX, several_at_once: false };
    let provider = Arc::new(Aihuishou::new(ProviderName::parse("bench")?, client()?, None, terms));
    let next = std::sync::atomic::AtomicU64::new(1);
    let random = Arc::new(move || u128::from(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed)));
    let start = std::time::Instant::now();
    let uptime = Arc::new(move || start.elapsed());
    let deps = Deps { clock, uptime, random, instance: InstanceId::of(1) };
    let desk = Desk::new(provider, records.clone(), Settings::default(), deps.clone());

    let bare = client()?;
    let (mut alone, mut through) = (Vec::with_capacity(CALLS), Vec::with_capacity(CALLS));
    for number in 0..CALLS + 100 {
        let (one, other) = (request(2 * number)?, request(2 * number + 1)?);
        let start = Instant::now();
        bare.inquire(&one, Attempt { at: Timestamp::now(), timeout: Duration::from_secs(8) })
            .await
            .map_err(|error| error.kind)?;
        alone.push(start.elapsed());
        let start = Instant::now();
        desk.quote(other).await.map_err(|failure| failure.code())?;
        through.push(start.elapsed());
    }
    // By then, connections are open and the database's pages are cached.
    let (alone, through) = (&mut alone[100..], &mut through[100..]);
    for hundredths in [50, 99] {
        let (alone, through) = (percentile(alone, hundredths), percentile(through, hundredths));
        println!(
            "a call to the partner, {hundredths} % of {CALLS}: {alone:?} alone, {through:?} through the desk, which adds {:?} (at most 1 ms)",
            through.saturating_sub(alone)
        );
    }

    let one = request(1)?;
    let mut cached = Vec::with_capacity(FROM_CACHE);
    for _ in 0..FROM_CACHE {
        let again = one.clone();
        let start = Instant::now();
        desk.quote(again).await.map_err(|failure| failure.code())?;
        cached.push(start.elapsed());
    }
    for hundredths in [50, 99] {
        println!(
            "an answer from the cache, {hundredths} % of {FROM_CACHE}: {:?} (at most 50 µs)",
            percentile(&mut cached, hundredths)
        );
    }
    by_price_list(&records, deps).await?;
    desk.close().await;
    Ok(())
}

/// The time of a quote by a price list, each for another device.
async fn by_price_list(records: &Records, deps: Deps) -> Outcome<()> {
    let mut csv = String::from("类型,品牌,型号,容量,九成新\n");
    for number in 0..CALLS {
        csv += &format!("手机,苹果,iPhone {number},256GB,{}\n", 1_000 + number);
    }
    let sheets = sheet::read_sheets(csv.as_bytes(), pricelist::is_part)?;
    let list = PriceList::parse(&sheets).map_err(|mistakes| format!("{:?}", mistakes.listed()))?;
    let lists = Arc::new(PriceLists::default());
    lists.take(list, "prices.csv", Timestamp::now()).map_err(|why| why.to_string())?;
    let terms = pricelist::Terms { valid_for: SignedDuration::from_hours(24), ways: vec![RecycleKind::Mail] };
    let dealer = Arc::new(PriceListProvider::new(ProviderName::parse("own")?, lists, terms));
    let desk = Desk::new(Arc::clone(&dealer) as _, records.clone(), Settings::default(), deps);
    let (mut alone, mut through) = (Vec::with_capacity(CALLS), Vec::with_capacity(CALLS));
    for number in 0..CALLS {
        let form = QuoteForm {
            device_type: "手机".into(),
            brand: "苹果".into(),
            model: format!("iPhone {number}"),
            storage: "256GB".into(),
            condition: "九成新".into(),
            function_status: "正常".into(),
            ..QuoteForm::default()
        };
        let device: QuoteRequest = form.parse()?;
        let attempt = Attempt { at: Timestamp::now(), timeout: Duration::from_secs(8) };
        let start = Instant::now();
        dealer.quote(&device, attempt).await?;
        alone.push(start.elapsed());
        let start = Instant::now();
        desk.quote(device).await.map_err(|failure| failure.code())?;
        through.push(start.elapsed());
    }
    for hundredths in [50, 99] {
        println!(
            "a quote by a price list, {hundredths} % of {CALLS}: {:?} alone, {:?} through the desk (at most 50 µs), which records it meanwhile",
            percentile(&mut alone, hundredths),
            percentile(&mut through, hundredths)
        );
    }
    desk.close().await;
    Ok(())
}
