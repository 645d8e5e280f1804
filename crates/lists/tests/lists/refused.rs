//! If the partner refuses the account, or the network is down, no device is given up for it.

use aihuishou::{Account, AppSecret, Client, Profile};
use lists::ListError;

use crate::house::{House, Settings, phone, request, until, variant};
use crate::work::{add, answers, codes, start};

fn client(house: &House, app_id: &str, secret: &str) -> Client {
    let account = Account::new(app_id, AppSecret::new(secret).unwrap()).unwrap();
    Client::new(account, Profile::v2(&house.partner.base_url()).unwrap()).unwrap()
}

#[tokio::test]
async fn a_key_that_is_refused_is_no_devices_fault_whatever_is_cached() {
    let house = House::with(Settings { sandbox: true, ..Settings::default() }).await;
    house.desk.quote(request("iPhone 15")).await.unwrap();
    house.use_secrets(client(&house, "AHS2025TEST", "wrong"), None);
    // Two rows without a known price, and one with a known price.
    let id = add(&house, [variant(1), variant(2), phone("iPhone 15")]).await;
    let ended = start(&house.desk, id).task.await.unwrap();
    assert!(matches!(ended, Err(ListError::Refused)), "{ended:?}");
    assert_eq!(codes(&answers(&house, id).await), ["open", "open", "priced"]);
}

#[tokio::test]
async fn a_wrong_path_ends_a_list_and_is_no_devices_fault() {
    for native_batch in [false, true] {
        let settings = Settings { sandbox: true, native_batch, ..Settings::default() };
        let house = House::with(settings).await;
        let right = client(&house, "AHS2025TEST", "hush-hush");
        let elsewhere = Profile::v2(&format!("http://{}/api/v1", house.partner.address())).unwrap();
        house.use_secrets(Client::new(right.account().clone(), elsewhere).unwrap(), None);
        let id = add(&house, [variant(1), variant(2)]).await;
        let ended = start(&house.desk, id).task.await.unwrap();
        assert!(matches!(ended, Err(ListError::Refused)), "{ended:?}");
        assert_eq!(codes(&answers(&house, id).await), ["open", "open"], "native: {native_batch}");
        house.use_secrets(right, None);
        start(&house.desk, id).task.await.unwrap().unwrap();
        assert_eq!(codes(&answers(&house, id).await), ["priced", "priced"]);
    }
}

#[tokio::test]
async fn a_path_that_becomes_wrong_is_no_devices_fault() {
    let settings = Settings { sandbox: true, ..Settings::default() };
    let house = House::with(settings).await;
    house.desk.quote(request("iPhone 15")).await.unwrap();
    let right = client(&house, "AHS2025TEST", "hush-hush");
    let elsewhere = Profile::v2(&format!("http://{}/api/v1", house.partner.address())).unwrap();
    house.use_secrets(Client::new(right.account().clone(), elsewhere).unwrap(), None);
    let id = add(&house, [variant(1)]).await;
    let ended = start(&house.desk, id).task.await.unwrap();
    assert!(matches!(ended, Err(ListError::Refused)), "{ended:?}");
    assert_eq!(codes(&answers(&house, id).await), ["open"]);
}

#[tokio::test]
async fn a_list_waits_for_a_network_that_is_away_and_blames_no_device() {
    let nobody = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let closed = format!("http://{}/api/v2", nobody.local_addr().unwrap());
    drop(nobody);
    let house = House::asking(&closed, Settings::default()).await;
    let id = add(&house, [phone("iPhone 14 Pro"), phone("iPhone 15")]).await;
    let running = start(&house.desk, id);
    // More than three calls for each device: after three failures of the partner itself, a device would be
    // given up.
    until(async || house.attempts().await.len() >= 8).await;
    house.use_secrets(client(&house, "AHS2025TEST", "hush-hush"), None);
    running.task.await.unwrap().unwrap();
    let counts = running.progress.borrow().counts;
    assert_eq!((counts.priced, house.stats().quota_used), (2, 2));
    assert!(house.desk.quote(request("iPhone 15")).await.is_ok());
}
