use std::num::NonZeroU32;
use std::time::Duration;

use fleet::{Admission, Fleet, Limit};
use futures::future::join_all;

use crate::instances::{CALM, key, one, open, until};

fn limit(per_minute: u32, burst: u32) -> Limit {
    Limit { per_minute: NonZeroU32::new(per_minute).unwrap(), burst: NonZeroU32::new(burst).unwrap() }
}

fn metric(fleet: &Fleet, name: &str) -> u64 {
    let mut text = String::new();
    fleet.write_metrics(&mut text).unwrap();
    let line = text.lines().find_map(|line| line.strip_prefix(&format!("tradein_redis_{name} ")));
    line.unwrap_or_else(|| panic!("{name} in {text}")).parse().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_instances_together_admit_exactly_the_burst() {
    let (server, one) = one(CALM).await;
    let fleets = [one, open(&server.url(), CALM).await, open(&server.url(), CALM).await];
    // One a minute after the burst: the test is over before that.
    let asked = (0..300).map(|number| {
        let fleet = fleets[number % 3].clone();
        tokio::spawn(async move { fleet.admit(&key(1), limit(1, 20)).await.unwrap() })
    });
    let mut admitted = 0;
    for admission in join_all(asked).await {
        match admission.unwrap() {
            Admission::Admitted => admitted += 1,
            Admission::Refused { wait } => {
                assert!(wait > Duration::ZERO && wait <= Duration::from_secs(60), "{wait:?}");
            }
        }
    }
    assert_eq!(admitted, 20);
    assert_eq!(fleets[0].admit(&key(2), limit(1, 20)).await, Some(Admission::Admitted), "another visitor");
}

#[tokio::test]
async fn one_who_waits_as_long_as_it_says_is_admitted_and_one_more_is_not() {
    let (_server, fleet) = one(CALM).await;
    // One every two seconds.
    let limit = limit(30, 1);
    assert_eq!(fleet.admit(&key(1), limit).await, Some(Admission::Admitted));
    let Some(Admission::Refused { wait }) = fleet.admit(&key(1), limit).await else {
        panic!("it is refused")
    };
    assert!(wait <= Duration::from_secs(2), "{wait:?}");
    let asked =
        until("it is admitted", async || fleet.admit(&key(1), limit).await == Some(Admission::Admitted));
    let took = asked.await;
    assert!(took + Duration::from_millis(100) >= wait, "after {took:?}, and {wait:?} was said");
    assert!(matches!(fleet.admit(&key(1), limit).await, Some(Admission::Refused { .. })));
}

#[tokio::test]
async fn one_who_was_refused_costs_redis_nothing_until_the_wait_is_over() {
    let (_server, fleet) = one(CALM).await;
    let limit = limit(1, 1);
    assert_eq!(fleet.admit(&key(1), limit).await, Some(Admission::Admitted));
    assert!(matches!(fleet.admit(&key(1), limit).await, Some(Admission::Refused { .. })));
    let before = metric(&fleet, "commands_total");
    let mut last = Duration::MAX;
    for _ in 0..100 {
        let Some(Admission::Refused { wait }) = fleet.admit(&key(1), limit).await else { panic!("refused") };
        assert!(wait <= last);
        last = wait;
    }
    assert_eq!(metric(&fleet, "commands_total"), before);
    assert_eq!(metric(&fleet, "refused_nearby_total"), 100);
}

#[tokio::test]
async fn a_clock_of_redis_that_was_set_back_costs_a_visitor_one_interval_at_most() {
    let (server, fleet) = one(CALM).await;
    // One every two seconds, 3 at once; what is owed was written by a clock that was far ahead.
    let limit = limit(30, 3);
    server.say(&format!("SET tradein:limit:{} 9000000000000000 PX 3600000", key(1)));
    let Some(Admission::Refused { wait }) = fleet.admit(&key(1), limit).await else {
        panic!("it is refused")
    };
    assert!(wait <= Duration::from_secs(2), "{wait:?}");
    let asked =
        until("it is admitted", async || fleet.admit(&key(1), limit).await == Some(Admission::Admitted));
    asked.await;
}

#[tokio::test]
async fn what_a_limit_remembers_goes_away_by_itself() {
    let (server, fleet) = one(CALM).await;
    assert_eq!(fleet.admit(&key(1), limit(6_000, 10)).await, Some(Admission::Admitted));
    until("nothing is left", async || server.say(&format!("EXISTS tradein:limit:{}", key(1))) == ":0").await;
}

#[tokio::test]
async fn a_limit_is_unknown_in_process() {
    assert_eq!(Fleet::in_process().admit(&key(1), limit(1, 1)).await, None);
}
