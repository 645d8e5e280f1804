//! Uploads and the way back: in memory, in the file, and after a restart.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use futures::FutureExt;
use futures::future::BoxFuture;
use jiff::Timestamp;
use parking_lot::Mutex;
use pricelist::{GoneBack, Intake, PriceLists, ReadSheets, State, Uploaded, Watcher, Why, is_part};
use sheet::{ReadError, Table};

use crate::books::{DEVICES, DISCOUNTS, device, same_book};

struct Here;

impl ReadSheets for Here {
    fn read_sheets<'a>(&'a self, file: &'a [u8]) -> BoxFuture<'a, Result<Vec<Table>, ReadError>> {
        let read = sheet::read_sheets(file, is_part);
        async move { read }.boxed()
    }
}

/// A process that follows the file of a folder. The clock goes on by a second at each look at it.
struct House {
    path: PathBuf,
    watcher: Watcher,
    clock: Arc<Mutex<Timestamp>>,
}

impl House {
    async fn start(folder: &Path, name: &str) -> Self {
        let clock = Arc::new(Mutex::new("2026-01-01T00:00:00Z".parse::<Timestamp>().unwrap()));
        let ticking = Arc::clone(&clock);
        let now = move || {
            let mut clock = ticking.lock();
            *clock = clock.checked_add(jiff::SignedDuration::from_secs(1)).unwrap();
            *clock
        };
        let path = folder.join(name);
        let mut watcher =
            Watcher::new(path.clone(), Arc::new(PriceLists::default()), Arc::new(Here), Arc::new(now));
        watcher.begin().await;
        Self { path, watcher, clock }
    }

    fn intake(&self) -> &Intake {
        self.watcher.intake()
    }

    fn state(&self) -> State {
        self.intake().lists().state()
    }

    fn price(&self) -> Option<i64> {
        price(&self.state())
    }

    async fn upload(&self, bytes: Vec<u8>) -> Result<Uploaded, Why> {
        self.intake().upload("november.xlsx", bytes).await
    }

    async fn go_back(&self) -> Result<GoneBack, Why> {
        self.intake().go_back(&self.state().mark()).await
    }

    /// What the watcher does in some seconds.
    async fn looks(&mut self) {
        for _ in 0..3 {
            self.watcher.look().await;
        }
    }

    /// The files of the folder, by their names.
    fn files(&self) -> Vec<String> {
        let files = std::fs::read_dir(self.path.parent().unwrap()).unwrap();
        let mut names: Vec<_> = files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

fn price(state: &State) -> Option<i64> {
    let device = device("苹果", "iPhone 13", ("128GB", ""), "九成新", ("正常", ""));
    let list = &state.current.as_ref()?.list;
    Some(list.price(&device).unwrap().worked.price.fen() / 100)
}

fn list(price: &str) -> Vec<u8> {
    same_book(&[("价格", &DEVICES.replace("3000", price)), ("折扣", DISCOUNTS)])
}

fn later(price: &str) -> Vec<u8> {
    let devices = format!("生效日期,2026-02-01\n{}", DEVICES.replace("3000", price));
    same_book(&[("价格", &devices), ("折扣", DISCOUNTS)])
}

#[tokio::test]
async fn an_upload_is_in_use_at_once_and_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let mut house = House::start(folder.path(), "prices.xlsx").await;
    assert_eq!(house.upload(list("3000")).await, Ok(Uploaded::InUse));
    assert_eq!(house.upload(list("2000")).await, Ok(Uploaded::InUse));
    assert_eq!((house.price(), house.state().current.unwrap().file.as_str()), (Some(2000), "november.xlsx"));
    assert_eq!(house.files(), ["prices.former.xlsx", "prices.xlsx"], "nothing else is left");
    let mark = house.state().mark();
    house.looks().await;
    assert_eq!(house.state().mark(), mark, "the watcher finds the same");
    assert_eq!(house.upload(list("2000")).await, Ok(Uploaded::Same));
    assert_eq!(house.state().mark(), mark, "the former list is not lost");

    let house = House::start(folder.path(), "prices.xlsx").await;
    assert_eq!((house.price(), house.state().former.is_some()), (Some(2000), true));
    assert_eq!(house.go_back().await, Ok(GoneBack::InUse));
    assert_eq!(house.price(), Some(3000));
}

#[tokio::test]
async fn going_back_exchanges_the_files_and_is_done_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut house = House::start(folder.path(), "prices.xlsx").await;
    assert_eq!(house.go_back().await, Ok(GoneBack::Nothing), "there is no former list");
    house.upload(list("3000")).await.unwrap();
    house.upload(list("2000")).await.unwrap();
    let mark = house.state().mark();
    assert_eq!(house.intake().go_back(&mark).await, Ok(GoneBack::InUse));
    assert_eq!(
        house.intake().go_back(&mark).await,
        Ok(GoneBack::Nothing),
        "a second press of the same button"
    );
    house.looks().await;
    assert_eq!(house.price(), Some(3000));
    let house = House::start(folder.path(), "prices.xlsx").await;
    assert_eq!(house.price(), Some(3000));
    assert_eq!(house.go_back().await, Ok(GoneBack::InUse), "back again");
    assert_eq!(house.price(), Some(2000));
}

#[tokio::test]
async fn a_list_with_a_mistake_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut house = House::start(folder.path(), "prices.xlsx").await;
    house.upload(list("3000")).await.unwrap();
    let Err(Why::Mistakes(mistakes)) = house.upload(list("much")).await else { panic!() };
    assert_eq!(mistakes.listed()[0].place(), "价格!F2");
    assert!(matches!(house.upload(b"PK\x03\x04 no workbook".to_vec()).await, Err(Why::Unreadable(_))));
    assert_eq!((house.price(), house.files()), (Some(3000), vec!["prices.xlsx".to_owned()]));
    house.looks().await;
    let refused = house.state().refused.expect("the watcher, which finds the same file, leaves it");
    assert!(matches!(refused.why, Why::Unreadable(_)));
    house.upload(list("2000")).await.unwrap();
    assert!(house.state().refused.is_none());
}

#[tokio::test]
async fn a_list_of_another_kind_than_the_file_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let csv = "类型,品牌,型号,容量,九成新\n手机,苹果,iPhone 13,128GB,3000\n".as_bytes().to_vec();
    let house = House::start(folder.path(), "prices.xlsx").await;
    for name in ["november.csv", "november", "november.xlsx"] {
        let refused = house.intake().upload(name, csv.clone()).await;
        assert_eq!(refused, Err(Why::OtherKind("xlsx".into())), "{name}");
    }
    let house = House::start(folder.path(), "prices.csv").await;
    assert_eq!(house.intake().upload("November.CSV", csv.clone()).await, Ok(Uploaded::InUse));
    assert_eq!(house.intake().upload("november.csv", list("1")).await, Err(Why::OtherKind("csv".into())));
    let house = House::start(folder.path(), "any").await;
    assert_eq!(
        house.intake().upload("november.ods", csv).await,
        Ok(Uploaded::InUse),
        "no ending says no kind"
    );
}

#[tokio::test]
async fn a_list_of_a_later_day_waits_in_the_file_and_can_be_withdrawn() {
    let folder = tempfile::tempdir().unwrap();
    let mut house = House::start(folder.path(), "prices.xlsx").await;
    house.upload(list("3000")).await.unwrap();
    assert_eq!(house.upload(later("2000")).await, Ok(Uploaded::Waits));
    house.looks().await;
    assert_eq!((house.price(), house.state().waiting.is_some()), (Some(3000), true));

    // After a restart, the list before it is in use until its day.
    let mut house = House::start(folder.path(), "prices.xlsx").await;
    assert_eq!((house.price(), house.state().waiting.is_some()), (Some(3000), true));
    *house.clock.lock() = "2026-01-31T16:00:00Z".parse().unwrap();
    house.looks().await;
    assert_eq!((house.price(), house.state().waiting.is_some()), (Some(2000), false));
    assert_eq!(house.go_back().await, Ok(GoneBack::InUse));
    assert_eq!(house.price(), Some(3000));

    // The former list is the one of a later day, and it is before that day.
    let mut house = House::start(folder.path(), "prices.xlsx").await;
    assert_eq!(house.go_back().await, Err(Why::NotYet(jiff::civil::date(2026, 2, 1))));
    assert_eq!(house.upload(later("1000")).await, Ok(Uploaded::Waits));
    assert_eq!(house.go_back().await, Ok(GoneBack::Withdrawn));
    *house.clock.lock() = "2026-02-02T00:00:00Z".parse().unwrap();
    house.looks().await;
    assert_eq!((house.price(), house.state().waiting.is_some()), (Some(3000), false));
    assert_eq!(std::fs::read(&house.path).unwrap(), list("3000"));
}

#[tokio::test]
async fn a_disk_that_does_not_keep_a_list_leaves_the_one_in_use() {
    let folder = tempfile::tempdir().unwrap();
    let house = House::start(folder.path(), "prices.xlsx").await;
    house.upload(list("3000")).await.unwrap();
    house.upload(list("2500")).await.unwrap();
    let away = folder.path().with_extension("away");
    std::fs::rename(folder.path(), &away).unwrap();
    assert!(matches!(house.upload(list("2000")).await, Err(Why::Unwritten(_))));
    assert!(matches!(house.go_back().await, Err(Why::Unwritten(_))));
    assert_eq!(house.price(), Some(2500));
    std::fs::rename(&away, folder.path()).unwrap();
    assert_eq!(house.upload(list("2000")).await, Ok(Uploaded::InUse));
    assert_eq!(house.price(), Some(2000));
}

#[tokio::test]
async fn without_a_file_lists_are_in_memory_only_and_cannot_wait() {
    let lists = Arc::new(PriceLists::default());
    let clock: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
    let intake = Intake::in_memory(Arc::clone(&lists), Arc::new(Here), Arc::new(move || clock));
    assert_eq!(intake.upload("a.xlsx", list("3000")).await, Ok(Uploaded::InUse));
    assert_eq!(intake.upload("b", list("2000")).await, Ok(Uploaded::InUse));
    let refused = intake.upload("c.xlsx", later("1000")).await;
    assert_eq!(
        (refused, price(&lists.state())),
        (Err(Why::NotYet(jiff::civil::date(2026, 2, 1))), Some(2000))
    );
    assert_eq!(intake.go_back(&lists.state().mark()).await, Ok(GoneBack::InUse));
    assert_eq!(price(&lists.state()), Some(3000));
}

#[cfg(unix)]
#[tokio::test]
async fn a_link_and_the_permissions_of_the_file_are_kept() {
    use std::os::unix::fs::PermissionsExt as _;
    let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let target = other.path().join("shared.xlsx");
    std::fs::write(&target, list("3000")).unwrap();
    std::fs::set_permissions(&target, std::fs::Permissions::from_mode(0o640)).unwrap();
    std::os::unix::fs::symlink(&target, folder.path().join("prices.xlsx")).unwrap();
    let house = House::start(folder.path(), "prices.xlsx").await;
    house.upload(list("2000")).await.unwrap();
    assert_eq!(std::fs::read(&target).unwrap(), list("2000"));
    assert_eq!(std::fs::metadata(&target).unwrap().permissions().mode() & 0o777, 0o640);
    assert!(std::fs::symlink_metadata(&house.path).unwrap().is_symlink());
}
