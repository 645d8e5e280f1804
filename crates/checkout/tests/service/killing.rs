//! Kills processes while they accept and redeem. Offers, events and deliveries must agree after that.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use checkout::Wanted;
use records::testing::Other;

use crate::place::{Place, on_both, order, wanted};

on_both!(offers_events_and_deliveries_agree_after_any_kill);

/// The environment variable with the database of the process that is to be killed.
const URL: &str = "CHECKOUT_TEST_KILLED_AT";

const KILLS: u64 = 6;

async fn offers_events_and_deliveries_agree_after_any_kill(place: Place) {
    // Creates the schema of the database.
    let records = place.records().await;
    let mut other: Other = Other::at(&place.url).await.unwrap();
    let mut before = 0;
    for kill in 0..KILLS {
        let mut child = Command::new(std::env::current_exe().unwrap());
        child.args(["--exact", "killing::works_until_it_is_killed", "--ignored"]).env(URL, &place.url);
        let mut child = child.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let started = Instant::now();
        // Waits until the process works, and then for a while that is different each time.
        while other.number("SELECT count(*) FROM offers").await.unwrap() <= before {
            assert!(child.try_wait().unwrap().is_none(), "it ended by itself");
            assert!(started.elapsed() < Duration::from_secs(60), "it does nothing");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        tokio::time::sleep(Duration::from_millis(40 + 13 * kill)).await;
        child.kill().unwrap();
        child.wait().unwrap();
        before = other.number("SELECT count(*) FROM offers").await.unwrap();
        assert_eq!(records.check_books().await.unwrap(), []);
    }
    // Each event has one delivery, and a redemption has two.
    let undelivered = "SELECT count(*) FROM events WHERE (SELECT count(*) FROM deliveries WHERE event = id)
        <> CASE kind WHEN 'offer.redeemed' THEN 2 ELSE 1 END";
    assert_eq!(other.number(undelivered).await.unwrap(), 0);
    let untold = "SELECT (SELECT sum(version) FROM offers) - (SELECT count(*) FROM events)";
    assert_eq!(other.number(untold).await.unwrap(), 0);
}

/// The process that is killed: four tasks at once accept and redeem one offer after the other.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "only in a process that is killed"]
async fn works_until_it_is_killed() {
    let Ok(url) = std::env::var(URL) else { return };
    let checkout = Place::of_another(url).checkout().await;
    let working = (0..4).map(|place| {
        let checkout = checkout.clone();
        tokio::spawn(async move {
            for number in 0..u64::MAX {
                let wanted = Wanted { visit: None, ..wanted("a") };
                // The database may be locked, because the parent process reads it.
                let Ok((kept, _)) = checkout.accept(wanted).await else { continue };
                let order = order(&format!("A{place}-{number}"));
                let _ = checkout.redeem(kept.offer.id(), "demo", order).await;
            }
        })
    });
    for working in working.collect::<Vec<_>>() {
        working.await.unwrap();
    }
}
