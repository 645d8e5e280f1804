use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use futures::FutureExt;
use futures::future::BoxFuture;
use jiff::Timestamp;
use parking_lot::Mutex;
use pricelist::{PriceLists, ReadSheets, Watcher, Why, is_part};
use sheet::{ReadError, Table};

use crate::books::{DEVICES, DISCOUNTS, same_book};

/// Reads in this process, and counts.
#[derive(Default)]
struct Here(AtomicUsize);

impl ReadSheets for Here {
    fn read_sheets<'a>(&'a self, file: &'a [u8]) -> BoxFuture<'a, Result<Vec<Table>, ReadError>> {
        self.0.fetch_add(1, Ordering::Relaxed);
        let read = sheet::read_sheets(file, is_part);
        async move { read }.boxed()
    }
}

struct House {
    _folder: tempfile::TempDir,
    path: PathBuf,
    lists: Arc<PriceLists>,
    reader: Arc<Here>,
    clock: Arc<Mutex<Timestamp>>,
    watcher: Watcher,
    /// Times of files, each later than the one before.
    changes: u64,
}

impl House {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("prices.xlsx");
        let (lists, reader) = (Arc::new(PriceLists::default()), Arc::new(Here::default()));
        let clock = Arc::new(Mutex::new("2026-01-01T00:00:00Z".parse().unwrap()));
        let now = Arc::clone(&clock);
        let watcher =
            Watcher::new(path.clone(), Arc::clone(&lists), reader.clone(), Arc::new(move || *now.lock()));
        Self { _folder: folder, path, lists, reader, clock, watcher, changes: 0 }
    }

    /// Writes the file, with a time of its own.
    fn write(&mut self, bytes: &[u8]) {
        std::fs::write(&self.path, bytes).unwrap();
        self.changes += 1;
        touch(&self.path, self.changes);
    }

    /// As many looks as it takes to see a change and to see that it is settled.
    async fn looks(&mut self) {
        self.watcher.look().await;
        self.watcher.look().await;
    }

    fn price(&self) -> Option<i64> {
        let device = crate::books::device("苹果", "iPhone 13", ("128GB", ""), "九成新", ("正常", ""));
        let list = self.lists.current()?;
        Some(list.list.price(&device).unwrap().worked.price.fen() / 100)
    }

    fn why(&self) -> Option<Why> {
        self.lists.state().refused.map(|refused| refused.why.clone())
    }

    fn reads(&self) -> usize {
        self.reader.0.load(Ordering::Relaxed)
    }
}

fn touch(path: &Path, seconds: u64) {
    let file = std::fs::File::options().append(true).open(path).unwrap();
    file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000 + seconds)).unwrap();
}

fn list(price: &str) -> Vec<u8> {
    same_book(&[("价格", &DEVICES.replace("3000", price)), ("折扣", DISCOUNTS)])
}

#[tokio::test]
async fn a_file_is_taken_when_it_changes_and_is_settled() {
    let mut house = House::new();
    house.watcher.begin().await;
    assert_eq!((house.price(), house.why()), (None, Some(Why::Missing)));
    house.write(&list("3000"));
    house.watcher.look().await;
    assert_eq!(house.price(), None, "it may be half-written");
    house.watcher.look().await;
    assert_eq!((house.price(), house.why()), (Some(3000), None));
    house.looks().await;
    assert_eq!(house.reads(), 1, "nothing changed");
    house.write(&list("2000"));
    house.looks().await;
    assert_eq!((house.price(), house.reads()), (Some(2000), 2));
    let former = house.path.with_file_name("prices.former.xlsx");
    assert_eq!(std::fs::read(former).unwrap(), list("3000"), "also after a restart one can go back");
    touch(&house.path, 99);
    house.looks().await;
    assert_eq!((house.price(), house.reads()), (Some(2000), 2), "it was only touched");
    house.write(&list("2500"));
    house.looks().await;
    assert_eq!(house.price(), Some(2500));
}

#[tokio::test]
async fn a_list_with_a_mistake_a_broken_one_and_none_leave_the_one_in_use() {
    let mut house = House::new();
    house.write(&list("3000"));
    house.watcher.begin().await;
    house.write(&list("much"));
    house.looks().await;
    let Some(Why::Mistakes(mistakes)) = house.why() else { panic!() };
    assert_eq!((house.price(), mistakes.listed()[0].place()), (Some(3000), "价格!F2".to_owned()));
    house.write(b"PK\x03\x04 no workbook");
    house.looks().await;
    assert!(matches!(house.why(), Some(Why::Unreadable(_))) && house.price() == Some(3000));
    std::fs::remove_file(&house.path).unwrap();
    house.looks().await;
    assert_eq!((house.price(), house.why()), (Some(3000), Some(Why::Missing)));
    house.write(&list("3000"));
    house.looks().await;
    assert_eq!((house.why(), house.lists.state().former.is_some()), (None, false), "it is the one in use");
    house.write(&list("much"));
    house.looks().await;
    touch(&house.path, 99);
    house.looks().await;
    assert!(matches!(house.why(), Some(Why::Mistakes(_))), "it is as wrong as before");
    house.write(&list("3100"));
    house.looks().await;
    assert_eq!((house.price(), house.why()), (Some(3100), None));
}

#[tokio::test]
async fn a_list_of_a_later_day_is_taken_on_that_day() {
    let mut house = House::new();
    house.write(&list("3000"));
    house.watcher.begin().await;
    let later = format!("生效日期,2026-02-01\n{}", DEVICES.replace("3000", "2000"));
    house.write(&same_book(&[("价格", &later), ("折扣", DISCOUNTS)]));
    house.looks().await;
    assert!(house.lists.state().waiting.is_some() && house.price() == Some(3000));
    house.looks().await;
    assert_eq!(house.reads(), 2, "it is not read again before");
    *house.clock.lock() = "2026-01-31T16:00:00Z".parse().unwrap();
    house.watcher.look().await;
    assert_eq!((house.price(), house.why(), house.reads()), (Some(2000), None, 3));
}
