//! Several instances on one database: each list is quoted by one of them, and goes on when that one ends.

mod house;
mod own_thread;

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::{Duration, Instant};

use domain::Money;
use lists::{BatchState, Followed, ListError, Lists, Runner};
use provider::Capabilities;
use provider::testing::InMemory;

use crate::house::{House, until, variant};
use crate::work::{add, answers, codes, instance, start_by};

use house::*;
use own_thread::in_a_thread;

/// Runs each test on a file and on a server.
macro_rules! on_both {
    ($($promise:ident),+ $(,)?) => {
        mod on_sqlite {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $promise() {
                    super::$promise(crate::house::House::with(super::settings()).await).await;
                }
            )+
        }
        mod on_postgres {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $promise() {
                    super::$promise(super::on_a_server(stringify!($promise)).await).await;
                }
            )+
        }
    };
}

on_both!(
    of_three_instances_one_quotes_a_list_and_all_show_its_progress,
    a_list_goes_on_elsewhere_in_time_after_its_instance_died,
    an_instance_that_stops_gives_its_list_back_at_once,
    an_instance_that_hung_begins_no_call_and_leaves_its_list_to_the_next,
    a_database_that_is_away_is_waited_for_and_the_list_goes_on_by_itself,
    a_list_is_paused_resumed_and_cancelled_from_another_instance,
    a_paused_list_that_a_command_quotes_is_shown_as_being_quoted,
    a_command_follows_another_instance_and_goes_on_when_that_one_dies,
);

async fn of_three_instances_one_quotes_a_list_and_all_show_its_progress(house: House) {
    house.set(r#"{"latency_ms": 40}"#).await;
    let id = open_list(&house, 80).await;
    let desks = [house.desk.clone(), another_desk(&house).await, another_desk(&house).await];
    let instances = desks.each_ref().map(Instance::of);
    until(async || list(&house, id).await.counts.priced >= 10).await;
    let mut here = 0;
    for Instance { lists, .. } in &instances {
        match lists.follow(id).await {
            Followed::Runs(_) => here += 1,
            Followed::RunsElsewhere => {
                let read = list(&house, id).await;
                let work = lists.work_on(&read).unwrap();
                assert!(work.progress.counts.priced >= 10 && !work.stopping, "{work:?}");
                assert_eq!(work.progress.counts, read.counts);
            }
            Followed::StandsStill | Followed::Stopping => panic!("it runs"),
        }
    }
    assert_eq!(here, 1);
    until_done(&house, id).await;
    assert_eq!(codes(&answers(&house, id).await), ["priced"; 80]);
    assert_eq!((house.stats().quota_used, house.stats().repeated_devices), (80, 0));
    assert!(house.stats().most_in_flight <= 4, "{}", house.stats().most_in_flight);
    assert_eq!(list(&house, id).await.holder, None);
}

async fn a_list_goes_on_elsewhere_in_time_after_its_instance_died(house: House) {
    house.set(r#"{"latency_ms": 30}"#).await;
    let id = open_list(&house, 60).await;
    let mut running = start(&house.desk, id);
    running.progress.wait_for(|progress| progress.counts.priced >= 12).await.unwrap();
    let other = Instance::of(&another_desk(&house).await);
    let dead = list(&house, id).await.holder.unwrap();
    running.task.abort();
    let died = Instant::now();
    until(async || list(&house, id).await.holder.is_some_and(|holder| holder != dead)).await;
    let took = died.elapsed();
    println!("taken over {took:?} after the death, with a lease of {:?}", TIMES.life);
    // And a part for a busy machine.
    assert!(took < TIMES.life + TIMES.look + Duration::from_secs(5), "{took:?}");
    until_done(&house, id).await;
    assert_eq!(codes(&answers(&house, id).await), ["priced"; 60]);
    // Calls that were in flight may be made again, since nothing is known of them.
    assert!(house.stats().repeated_devices <= 4, "{}", house.stats().repeated_devices);
    drop(other);
}

async fn an_instance_that_stops_gives_its_list_back_at_once(house: House) {
    house.set(r#"{"latency_ms": 30}"#).await;
    let id = open_list(&house, 60).await;
    let long = Runner::new(&house.desk, instance()).leasing(Duration::from_secs(60));
    let mut running = start_by(long, id);
    running.progress.wait_for(|progress| progress.counts.priced >= 12).await.unwrap();
    let other = Instance::of(&another_desk(&house).await);
    running.stop.send_replace(true);
    running.task.await.unwrap().unwrap();
    until_done(&house, id).await;
    assert_eq!(codes(&answers(&house, id).await), ["priced"; 60]);
    assert_eq!((house.stats().quota_used, house.stats().repeated_devices), (60, 0));
    drop(other);
}

async fn an_instance_that_hung_begins_no_call_and_leaves_its_list_to_the_next(house: House) {
    let places = NonZeroUsize::new(5).unwrap();
    let five = Capabilities { places, over_the_net: true, ..Capabilities::IN_MEMORY };
    let partner = || Arc::new(InMemory::new("second", five, Money::YUAN).unwrap());
    let (of_one, of_other) = (partner(), partner());
    of_one.hold(true);
    of_other.hold(true);
    let id = open_list(&house, 40).await;
    let hung = in_a_thread(desk_of(&house, Arc::clone(&of_one) as _).await, id);
    // A process that hangs in the middle of a write to the file holds up all that share it. So it hangs there when its
    // calls are all in flight, and on a server as soon as it has begun.
    let is_file = house.url.starts_with("sqlite");
    until(async || of_one.at_once() >= if is_file { 4 } else { 1 }).await;
    let former = list(&house, id).await.holder.unwrap();
    hung.hang.send(()).unwrap();
    let other = Instance::of(&desk_of(&house, Arc::clone(&of_other) as _).await);
    until(async || list(&house, id).await.holder.is_some_and(|holder| holder != former)).await;
    let begun = of_one.calls().len();
    // It comes back, gets the answers to its calls, and believes that the list is its own.
    of_one.hold(false);
    hung.go_on.send(()).unwrap();
    let ended = tokio::task::spawn_blocking(|| hung.ended.join().unwrap()).await.unwrap();
    assert!(matches!(ended, Err(ListError::Elsewhere)), "{ended:?}");
    assert_eq!(of_one.calls().len(), begun, "no call began after it had hung");
    of_other.hold(false);
    until_done(&house, id).await;
    assert_eq!(codes(&answers(&house, id).await), ["priced"; 40]);
    // The answers that came too late to settle a device were recorded, and may be found by the other instance.
    let asked = of_other.calls().len();
    assert!((40 - begun..=40).contains(&asked), "{asked} after {begun}");
    drop(other);
}

async fn a_database_that_is_away_is_waited_for_and_the_list_goes_on_by_itself(house: House) {
    house.set(r#"{"latency_ms": 20}"#).await;
    let id = open_list(&house, 80).await;
    let desks = [house.desk.clone(), another_desk(&house).await];
    let instances = desks.each_ref().map(Instance::of);
    until(async || list(&house, id).await.counts.priced >= 10).await;
    let mut away = house.other().await;
    let is_file = house.url.starts_with("sqlite");
    let lock = if is_file {
        "BEGIN IMMEDIATE"
    } else {
        "BEGIN; LOCK TABLE batch_devices, batches IN EXCLUSIVE MODE"
    };
    away.run(lock).await.unwrap();
    let locked = Instant::now();
    // Longer than a lease.
    until(async || locked.elapsed() > 2 * TIMES.life).await;
    until(async || house.stats().in_flight == 0).await;
    let asked = house.stats().quota_used;
    until(async || locked.elapsed() > 3 * TIMES.life).await;
    assert_eq!(house.stats().quota_used, asked, "no call begins without a lease");
    away.run("ROLLBACK").await.unwrap();
    until_done(&house, id).await;
    assert_eq!(codes(&answers(&house, id).await), ["priced"; 80]);
    // Answers that could be recorded neither as quotes nor as results are asked for again: four for each instance.
    assert!(house.stats().repeated_devices <= 8, "{}", house.stats().repeated_devices);
    drop(instances);
}

async fn a_list_is_paused_resumed_and_cancelled_from_another_instance(house: House) {
    house.set(r#"{"latency_ms": 40}"#).await;
    let id = open_list(&house, 400).await;
    let one = Instance::of(&house.desk);
    until(async || matches!(one.lists.follow(id).await, Followed::Runs(_))).await;
    // It takes up nothing by itself, so that it is clear who quotes.
    let other = Lists::with(&another_desk(&house).await, &"AHS2025TEST".into(), instance(), TIMES);
    other.pause(id).await.unwrap();
    let paused = Instant::now();
    let told = list(&house, id).await;
    assert!(other.work_on(&told).is_none_or(|work| work.stopping), "{told:?}");
    until(async || matches!(other.follow(id).await, Followed::StandsStill)).await;
    assert!(paused.elapsed() < Duration::from_secs(4), "{:?}", paused.elapsed());
    assert!(matches!(one.lists.follow(id).await, Followed::StandsStill));
    drop(one);
    other.start(id).await.unwrap();
    assert!(matches!(other.follow(id).await, Followed::Runs(_)));
    until(async || list(&house, id).await.holder.is_some()).await;
    let one = Instance::of(&house.desk);
    until(async || matches!(one.lists.follow(id).await, Followed::RunsElsewhere)).await;
    one.lists.cancel(id).await.unwrap();
    let cancelled = Instant::now();
    until(async || matches!(other.follow(id).await, Followed::StandsStill)).await;
    assert!(cancelled.elapsed() < Duration::from_secs(4), "{:?}", cancelled.elapsed());
    let read = list(&house, id).await;
    assert_eq!((read.state, read.holder), (BatchState::Cancelled, None));
    assert_eq!(house.stats().repeated_devices, 0);
    assert!(house.stats().quota_used < 300);
}

async fn a_command_follows_another_instance_and_goes_on_when_that_one_dies(house: House) {
    house.set(r#"{"latency_ms": 30}"#).await;
    let id = open_list(&house, 60).await;
    let mut server = start(&house.desk, id);
    server.progress.wait_for(|progress| progress.counts.priced >= 5).await.unwrap();
    let desk = another_desk(&house).await;
    let runner = Runner::new(&desk, instance()).leasing(TIMES.life);
    let counts = lists::Progress::beginning(lists::Counts::default());
    let (tell, mut progress) = tokio::sync::watch::channel(counts);
    let (_stop, stopped) = tokio::sync::watch::channel(false);
    let command = tokio::spawn(async move { runner.run_or_follow(id, &tell, stopped).await });
    progress.wait_for(|progress| progress.counts.priced >= 5).await.unwrap();
    server.task.abort();
    command.await.unwrap().unwrap();
    assert_eq!(codes(&answers(&house, id).await), ["priced"; 60]);
    assert!(house.stats().repeated_devices <= 4);
}

async fn a_paused_list_that_a_command_quotes_is_shown_as_being_quoted(house: House) {
    house.set(r#"{"latency_ms": 40}"#).await;
    let id = add(&house, (0..400).map(variant)).await;
    let runner = Runner::new(&house.desk, instance());
    let running = start_by(runner, id);
    let server = Instance::of(&another_desk(&house).await);
    let shown = async || server.lists.work_on(&list(&house, id).await);
    let began = Instant::now();
    until(async || shown().await.is_some_and(|work| !work.stopping)).await;
    assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());
    server.lists.cancel(id).await.unwrap();
    assert!(shown().await.is_none_or(|work| work.stopping));
    assert!(matches!(running.task.await.unwrap(), Err(ListError::Cancelled)));
    assert!(shown().await.is_none());
}
