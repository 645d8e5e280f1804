//! Files of an SQLite database that are restored, removed or replaced.

use std::path::{Path, PathBuf};

use domain::Quote;
use records::Records;

use crate::place::Place;
use crate::things::{quote, quoted};

fn file(place: &Place) -> PathBuf {
    place.url.strip_prefix("sqlite://").unwrap().into()
}

fn beside(file: &Path, suffix: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

async fn add(records: &Records, number: u8) -> std::sync::Arc<Quote> {
    let quote = quote(number.into(), "iPhone 14 Pro", 4_000, i64::from(number));
    records.write(&[quoted(number, &quote)]).await.unwrap();
    quote
}

async fn has(records: &Records, quote: &Quote) -> bool {
    records.quote(&quote.id).await.unwrap().is_some()
}

#[tokio::test]
async fn a_backup_is_put_back_and_the_database_of_before_is_kept() {
    let place = Place::in_a_file();
    let records = place.records().await;
    let first = add(&records, 1).await;
    let copy = file(&place).with_file_name("copy.db");
    Records::back_up(&place.url, &copy).await.unwrap();
    let second = add(&records, 2).await;
    records.close().await;

    let restored = Records::restore(&place.url, &copy).await.unwrap();
    let kept = restored.former.unwrap();
    let records = place.records().await;
    assert_eq!((has(&records, &first).await, has(&records, &second).await), (true, false));
    let former = Records::open(&format!("sqlite://{}", kept.display())).await.unwrap();
    assert_eq!((has(&former, &first).await, has(&former, &second).await), (true, true));
    records.close().await;
    // A second one is kept beside the first. The copy is still there.
    let again = Records::restore(&place.url, &copy).await.unwrap().former.unwrap();
    assert!(again != kept && again.exists() && kept.exists());
}

#[tokio::test]
async fn a_file_that_was_removed_is_written_anew_with_all_that_it_held() {
    let place = Place::in_a_file();
    let records = place.records().await;
    let known = add(&records, 1).await;
    for suffix in ["", "-wal", "-shm"] {
        std::fs::remove_file(beside(&file(&place), suffix)).unwrap();
    }
    records.renew().await.unwrap();
    assert!(has(&records, &known).await);
    let later = add(&records, 2).await;
    records.close().await;
    let records = place.records().await;
    assert!(has(&records, &known).await && has(&records, &later).await);
}

#[tokio::test]
async fn a_database_in_the_place_of_another_is_used_and_the_other_is_set_aside() {
    let place = Place::in_a_file();
    let records = place.records().await;
    let known = add(&records, 1).await;
    let other = Place::in_a_file();
    let others = other.records().await;
    let theirs = add(&others, 2).await;
    others.close().await;
    std::fs::rename(file(&other), file(&place)).unwrap();

    records.renew().await.unwrap();
    assert_eq!((has(&records, &known).await, has(&records, &theirs).await), (false, true));
    let aside = beside(&file(&place), ".set-aside-1");
    let aside = Records::open(&format!("sqlite://{}", aside.display())).await.unwrap();
    assert!(has(&aside, &known).await);
}
