//! A full disk of PostgreSQL: a database whose tables are on a small file system in memory. Only root may
//! mount one; without that right the test says so and ends.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use jiff::civil::date;
use records::testing::{Other, Server};
use records::{Begin, Records, Taken};

use crate::things::{attempt, most};

/// A file system of 24 MiB in memory, which belongs to the user `postgres`. Ends with the value.
struct Disk(PathBuf);

impl Disk {
    fn mount() -> Option<Self> {
        let folder = std::env::temp_dir().join(format!("tradein-disk-{}", std::process::id()));
        fs::create_dir(&folder).expect("a folder of this process is new");
        let disk = Self(folder);
        let mount = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=24m,mode=700,uid=postgres", "tmpfs"])
            .arg(&disk.0)
            .status();
        mount.is_ok_and(|status| status.success()).then_some(disk)
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // Without a mount there is nothing to end, and `umount` says so.
        let _ = Command::new("umount").arg("-l").arg(&self.0).output();
        let _ = fs::remove_dir(&self.0);
    }
}

#[tokio::test]
async fn a_full_disk_refuses_calls_by_name_counts_none_and_works_once_there_is_room() {
    let Some(disk) = Disk::mount() else {
        eprintln!("skipped: this user may not mount a file system, so no disk can be full");
        return;
    };
    let server = Server::of_these_tests();
    let mut admin = Other::at(&server.url("postgres")).await.unwrap();
    admin.run(&format!("CREATE TABLESPACE small LOCATION '{}'", disk.0.display())).await.unwrap();
    admin.run("CREATE DATABASE on_a_small_disk TABLESPACE small").await.unwrap();
    let url = server.url("on_a_small_disk");
    let records = Records::open(&url).await.unwrap();
    let mut other = Other::at(&url).await.unwrap();
    records.begin(&attempt("quote"), most(50_000), Taken::default()).await.unwrap();

    other.run("CREATE TABLE filler (text text)").await.unwrap();
    for rows in [1_000, 100, 10, 1] {
        let fill = format!("INSERT INTO filler SELECT repeat('x', 1900) FROM generate_series(1, {rows})");
        while other.run(&fill).await.is_ok() {}
    }
    // Pages that are not full yet take some more records.
    let mut begun = 1;
    let error = loop {
        match records.begin(&attempt("quote"), most(50_000), Taken::default()).await {
            Ok(Begin::Made(..)) => begun += 1,
            Ok(Begin::UsedUp(taken)) => panic!("the disk never was full: {taken:?}"),
            Err(error) => break error,
        }
    };
    assert_eq!(error.cause(), "full", "{error}");
    assert!(!error.is_of_the_record(), "it would be set aside, and never written again");
    let recorded = async |other: &mut Other| other.number("SELECT count(*) FROM attempts").await.unwrap();
    let taken = records.taken("A", date(2025, 12, 30)).await.unwrap();
    assert_eq!((i64::from(taken.calls), recorded(&mut other).await), (begun, begun));

    other.run("DROP TABLE filler").await.unwrap();
    records.begin(&attempt("quote"), most(50_000), Taken::default()).await.unwrap();
    let taken = records.taken("A", date(2025, 12, 30)).await.unwrap();
    assert_eq!((i64::from(taken.calls), recorded(&mut other).await), (begun + 1, begun + 1));

    drop(records);
    other.close().await.unwrap();
    admin.run("DROP DATABASE on_a_small_disk WITH (FORCE)").await.unwrap();
    admin.run("DROP TABLESPACE small").await.unwrap();
}
