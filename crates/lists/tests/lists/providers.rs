//! Lists with a provider other than the sandbox: calls follow that provider's capabilities.

use std::num::NonZeroUsize;
use std::sync::Arc;

use desk::Desk;
use domain::Money;
use provider::testing::InMemory;
use provider::{CallKind, Capabilities};

use crate::house::{House, variant};
use crate::work::{add, answers, codes, run};

/// The provider and the desk that asks it, on the records of `house`.
async fn open(house: &House, capabilities: Capabilities) -> (Arc<InMemory>, Desk) {
    let provider = Arc::new(InMemory::new("second", capabilities, Money::YUAN).unwrap());
    let desk = house.desk_asking(Arc::clone(&provider) as _, house.records.clone());
    desk.look_up_quota().await;
    (provider, desk)
}

#[tokio::test]
async fn several_devices_go_in_one_call_up_to_what_the_provider_takes() {
    let house = House::open().await;
    let many = NonZeroUsize::new(4);
    let (second, desk) =
        open(&house, Capabilities { many, daily_quota: None, over_the_net: true, ..Capabilities::IN_MEMORY })
            .await;
    let id = add(&house, (0..10).map(variant)).await;
    run(&desk, id).await;
    assert!(codes(&answers(&house, id).await).iter().all(|code| *code == "priced"));
    let calls = second.calls();
    assert!(calls.iter().all(|call| call.kind == CallKind::QuoteMany && call.devices <= 4), "{calls:?}");
    assert_eq!(calls.iter().map(|call| call.devices).sum::<usize>(), 10);
}

#[tokio::test]
async fn a_provider_without_calls_for_several_is_asked_one_by_one() {
    let house = House::open().await;
    let (second, desk) = open(&house, Capabilities::IN_MEMORY).await;
    let id = add(&house, (0..12).map(variant)).await;
    run(&desk, id).await;
    assert!(codes(&answers(&house, id).await).iter().all(|code| *code == "priced"));
    let calls = second.calls();
    assert!(calls.len() == 12 && calls.iter().all(|call| call.kind == CallKind::Quote));
    assert_eq!(house.stats().quota_used, 0);
}
