//! How long a quote by a list of 50,000 devices takes, and how long and how much memory its file takes to be read.

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use domain::{Category, Grade, PlainText, QuoteForm, QuoteRequest, RecycleKind, Term};
use futures::FutureExt;
use jiff::{SignedDuration, Timestamp};
use pricelist::{PriceList, PriceListProvider, PriceLists, Terms, is_part};
use provider::{Attempt, Provider, ProviderName, SearchRequest};
use rust_decimal::Decimal;
use sheet::{BlankCell, BlankColumn, BlankSheet, blank_workbook, read_sheets};

const BRANDS: [&str; 5] = ["苹果", "华为", "小米", "三星", "OPPO"];
const STORAGES: [&str; 5] = ["64GB", "128GB", "256GB", "512GB", "1TB"];
const MEMORIES: [&str; 2] = ["8GB", "12GB"];
const DEVICES: usize = 50_000;
const MODELS: usize = DEVICES / STORAGES.len() / MEMORIES.len();
const QUOTES: usize = 20_000;
/// The most that half of the quotes may take.
const BUDGET: Duration = Duration::from_micros(50);
/// What reading may take.
const SECONDS: f64 = 3.0;
const MEGABYTES: u64 = 100;

type Outcome<T> = Result<T, Box<dyn Error>>;
/// How a model's name is written.
type Spelling = fn(String) -> String;

/// The brand, the model, the storage and the memory of a device.
fn device(number: usize) -> (&'static str, String, &'static str, &'static str) {
    let model = number / STORAGES.len() / MEMORIES.len();
    let storage = STORAGES[number / MEMORIES.len() % STORAGES.len()];
    let brand = BRANDS[model % BRANDS.len()];
    (brand, format!("Series {} Pro", 10 + model), storage, MEMORIES[number % MEMORIES.len()])
}

fn workbook() -> Outcome<Vec<u8>> {
    let heading = |heading: &str| BlankColumn { heading: heading.into(), words: Vec::new() };
    let text = |text: &str| BlankCell::Text(text.to_owned());
    let mut columns: Vec<_> = ["类型", "品牌", "型号", "容量", "内存"].map(heading).to_vec();
    columns.extend(Grade::ALL.iter().map(|grade| heading(grade.word())));
    let row = |number: usize| {
        let (brand, model, storage, memory) = device(number);
        let mut cells = vec![text("手机"), text(brand), text(&model), text(storage), text(memory)];
        cells.extend((0..7).map(|grade| BlankCell::Yuan(Decimal::from(9_000 - 700 * grade + number % 90))));
        cells
    };
    let devices =
        BlankSheet {
            name: "价格".into(), above: Vec::new(), columns, rows: (0..DEVICES).map(row).collect()
        };
    let deductions = BlankSheet {
        name: "扣减".into(),
        above: Vec::new(),
        columns: ["故障", "金额", "比例"].map(heading).to_vec(),
        rows: vec![vec![text("外屏损坏"), BlankCell::Empty, BlankCell::Share(Decimal::new(15, 2))]],
    };
    Ok(blank_workbook(&[devices, deductions])?)
}

/// A device that is asked for, written as `spell` writes model and storage.
fn request(number: usize, spell: Spelling) -> Outcome<QuoteRequest> {
    let (brand, model, storage, memory) = device(number);
    let form = QuoteForm {
        device_type: Category::Phone.word().into(),
        brand: brand.into(),
        model: spell(model),
        storage: storage.into(),
        ram: memory.into(),
        condition: Grade::ALL[number % Grade::ALL.len()].word().into(),
        function_status: if number.is_multiple_of(2) { "正常" } else { "外屏损坏" }.into(),
        ..QuoteForm::default()
    };
    form.parse().map_err(|failure: domain::Failure| failure.code().into())
}

/// The most memory that this process has had, in MB.
fn peak() -> Outcome<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no VmHWM")?;
    Ok(line.trim().trim_end_matches(" kB").parse::<u64>()? / 1024)
}

/// The processor time that this process has taken: unlike the time that passes, it does not depend on others.
fn processor() -> Outcome<Duration> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    // The name before it may have spaces.
    let fields = stat.rsplit_once(')').ok_or("no name")?.1;
    let ticks = |field: usize| {
        fields.split_whitespace().nth(field).ok_or("no time")?.parse::<u64>().map_err(|_| "no time")
    };
    Ok(Duration::from_millis(10 * (ticks(11)? + ticks(12)?)))
}

fn read(path: &Path) -> Outcome<PriceList> {
    let (start, begun) = (Instant::now(), processor()?);
    let sheets = read_sheets(&std::fs::read(path)?, is_part)?;
    let read = processor()?;
    let list = PriceList::parse(&sheets).map_err(|mistakes| format!("{:?}", mistakes.listed()))?;
    let (parsed, megabytes) = (processor()?, peak()?);
    println!(
        "{} prices of {DEVICES} devices: sheets in {:.2?}, the list in {:.2?} of processor time (at most {SECONDS} s), {:.2?} in all; {megabytes} MB (at most {MEGABYTES} MB)",
        list.prices(),
        read - begun,
        parsed - read,
        start.elapsed(),
    );
    let taken = (parsed - begun).as_secs_f64();
    assert!(taken <= SECONDS && megabytes <= MEGABYTES, "reading takes too much");
    Ok(list)
}

fn main() -> Outcome<()> {
    // The file is written by another process, whose memory does not count.
    if let Some(path) = std::env::var_os("PRICE_LIST_TO_WRITE") {
        return Ok(std::fs::write(path, workbook()?)?);
    }
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
    let path = folder.path().join("prices.xlsx");
    let wrote = Command::new(std::env::current_exe()?).env("PRICE_LIST_TO_WRITE", &path).status()?;
    assert!(wrote.success(), "the file is written");
    let list = read(&path)?;
    assert_eq!((list.devices(), list.models()), (DEVICES, MODELS), "every device is one of its own");

    let lists = Arc::new(PriceLists::default());
    lists.take(list, "prices.xlsx", Timestamp::now()).map_err(|why| why.to_string())?;
    let terms = Terms {
        valid_for: SignedDuration::from_hours(24),
        ways: vec![RecycleKind::Store, RecycleKind::Pickup, RecycleKind::Mail],
    };
    let dealer = PriceListProvider::new(ProviderName::parse("own")?, lists, terms);
    let attempt = Attempt { at: Timestamp::now(), timeout: Duration::from_secs(1) };

    let mut report = String::new();
    let spellings: [(&str, Spelling); 3] = [
        ("as the list has it", |model| model),
        ("in another spelling", |model| format!("{} 黑色 5G", model.to_lowercase())),
        ("of an unknown model", |model| format!("{model} Ultra")),
    ];
    for (name, spell) in spellings {
        let asked: Vec<QuoteRequest> =
            (0..QUOTES).map(|number| request(number * 7_919 % DEVICES, spell)).collect::<Outcome<_>>()?;
        let mut times = Vec::with_capacity(QUOTES);
        let mut priced = 0;
        for device in &asked {
            let start = Instant::now();
            let answer = dealer.quote(device, attempt).now_or_never().ok_or("a quote waits for nothing")?;
            times.push(start.elapsed());
            priced += usize::from(answer.is_ok());
        }
        times.sort();
        let at = |hundredths: usize| times[QUOTES * hundredths / 100];
        writeln!(
            report,
            "a quote {name}: {:?} (50 %), {:?} (99 %), {priced} of {QUOTES} priced; at most {BUDGET:?}",
            at(50),
            at(99)
        )?;
        assert_eq!(priced, if name.contains("unknown") { 0 } else { QUOTES }, "{name}");
        assert!(at(50) <= BUDGET, "{report}");
    }
    let keyword = Some(PlainText::parse("series 99").map_err(|problem| problem.to_string())?);
    let start = Instant::now();
    let search = SearchRequest { keyword, ..SearchRequest::default() };
    let found = dealer.search(&search, attempt).now_or_never().ok_or("a search waits for nothing")?;
    writeln!(
        report,
        "a search: {:?}, {} models",
        start.elapsed(),
        found.map_err(|error| error.to_string())?.value.len()
    )?;
    print!("{report}");
    Ok(())
}
