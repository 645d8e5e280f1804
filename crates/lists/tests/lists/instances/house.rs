//! Several instances at one database and one partner.

use std::sync::Arc;
use std::time::Duration;

use aihuishou::{Account, AppSecret, Client, Profile};
use desk::{Desk, Records};
use lists::{BatchId, BatchState, Lists, Runner, Times};
use provider::Provider;
use records::testing::{Other, Server};
use tokio::task::JoinHandle;

use crate::house::{House, Settings, provider, until, variant};
use crate::work::{Running, add, instance, start_by};

pub(super) const TIMES: Times = Times { life: Duration::from_millis(900), look: Duration::from_millis(100) };

pub(super) fn settings() -> Settings {
    Settings { sandbox: true, ..Settings::default() }
}

pub(super) async fn on_a_server(test: &str) -> House {
    let server = Server::of_these_tests();
    let mut admin = Other::at(&server.url("postgres")).await.unwrap();
    // The server cuts longer names.
    let name: String = test.chars().take(60).collect();
    admin.run(&format!("CREATE DATABASE {name}")).await.unwrap();
    House::at(&server.url(&name), tempfile::tempdir().unwrap(), settings()).await
}

/// The desk of another process, which asks the same partner.
pub(super) async fn another_desk(house: &House) -> Desk {
    let account = Account::new("AHS2025TEST", AppSecret::new("hush-hush").unwrap()).unwrap();
    let client = Client::new(account, Profile::v2(&house.partner.base_url()).unwrap()).unwrap();
    desk_of(house, provider(client, None, &settings())).await
}

pub(super) async fn desk_of(house: &House, provider: Arc<dyn Provider>) -> Desk {
    let desk = house.desk_asking(provider, Records::open(&house.url).await.unwrap());
    desk.look_up_quota().await;
    desk
}

/// A server's lists, which it keeps taking up until this is dropped.
pub(super) struct Instance {
    pub(super) lists: Lists,
    pub(super) taking_up: JoinHandle<()>,
}

impl Instance {
    pub(super) fn of(desk: &Desk) -> Self {
        let lists = Lists::with(desk, &"AHS2025TEST".into(), instance(), TIMES);
        let all = lists.clone();
        Self { lists, taking_up: tokio::spawn(async move { all.keep_taking_up().await }) }
    }
}

impl Drop for Instance {
    fn drop(&mut self) {
        self.taking_up.abort();
    }
}

/// Starts a list under a lease that lives as short as those of the instances.
pub(super) fn start(desk: &Desk, id: BatchId) -> Running {
    let runner = Runner::new(desk, instance()).resting(Duration::from_millis(5));
    start_by(runner.leasing(TIMES.life), id)
}

/// An open list of that many devices.
pub(super) async fn open_list(house: &House, devices: u32) -> BatchId {
    let id = add(house, (0..devices).map(variant)).await;
    house.records.set_batch_state(id, BatchState::Open).await.unwrap();
    id
}

pub(super) async fn list(house: &House, id: BatchId) -> lists::Batch {
    house.records.batch(id).await.unwrap().unwrap()
}

pub(super) async fn until_done(house: &House, id: BatchId) {
    until(async || list(house, id).await.state == BatchState::Done).await;
}
