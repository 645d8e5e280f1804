//! Offers and events for the tests.

use records::{Added, EventRecord, OfferRecord, Records, StandingRecord, Told};

use crate::things::at;

/// The name of an endpoint of the merchant `demo`.
pub(crate) const HOOK: &str = "https://shop.example/hook";

/// The offer with that number, accepted at noon. It ends an hour later.
pub(crate) fn offer(number: u32) -> OfferRecord {
    OfferRecord {
        id: format!("of_{number}"),
        code: format!("code{number}"),
        merchant: "demo".into(),
        sandbox: false,
        quote: "1111111111111111111111".into(),
        offer: r#"{"product":{"name":"iPhone 17\u0000"}}"#.into(),
        amount: 470_000,
        accepted_at: at(0),
        expires_at: at(3_600),
        standing: StandingRecord { state: "accepted".into(), order_id: None, redeemed_at: None, version: 1 },
    }
}

/// The event that the offer was accepted, for [`HOOK`].
pub(crate) fn accepted(number: u32) -> Told {
    told(number, 1, "offer.accepted")
}

pub(crate) async fn add(records: &Records, number: u32) {
    assert_eq!(records.add_offer(&offer(number), None, &accepted(number)).await.unwrap(), Added::New);
}

/// A change of the offer with that number to `version`, and its event.
pub(crate) fn changed(number: u32, version: u64, state: &str, order: Option<&str>) -> (StandingRecord, Told) {
    let standing = StandingRecord {
        state: state.into(),
        order_id: order.map(str::to_owned),
        redeemed_at: order.map(|_| at(60)),
        version,
    };
    (standing, told(number, version, &format!("offer.{state}")))
}

fn told(number: u32, version: u64, kind: &str) -> Told {
    let event = EventRecord {
        id: format!("ev_{number}_{version}"),
        merchant: "demo".into(),
        sandbox: false,
        kind: kind.into(),
        offer: Some((format!("of_{number}"), version)),
        at: at(0),
        body: format!(r#"{{"type":"{kind}"}}"#),
        reason: None,
    };
    Told { event, endpoints: vec![HOOK.into()] }
}
