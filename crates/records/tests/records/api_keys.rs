//! API keys of merchants' backends, and requests with an `Idempotency-Key`.

use std::time::Duration;

use jiff::SignedDuration;
use records::{ApiKeyRecord, Claim, ClaimAsked, Key, Records};

use crate::place::{Place, on_both};
use crate::things::{at, key};

on_both!(
    a_key_is_found_by_its_hash_until_and_after_it_is_revoked,
    a_request_is_done_once_however_often_it_is_made_at_once,
    a_key_stands_for_one_request_of_one_merchant_for_a_day,
    a_request_that_was_cut_off_or_failed_can_be_made_again,
);

fn api_key(number: u8) -> ApiKeyRecord {
    ApiKeyRecord {
        id: format!("key_{number}"),
        hash: key(number).bytes().to_vec(),
        merchant: "demo".into(),
        name: "till".into(),
        sandbox: false,
        read_only: number == 2,
        created_at: at(i64::from(number)),
        revoked_at: None,
    }
}

async fn a_key_is_found_by_its_hash_until_and_after_it_is_revoked(place: Place) {
    let records = place.records().await;
    for number in [2, 1] {
        records.add_api_key(&api_key(number)).await.unwrap();
    }
    assert!(records.add_api_key(&api_key(1)).await.unwrap_err().is_of_the_record());
    assert_eq!(records.api_key(&key(2)).await.unwrap(), Some(api_key(2)));
    assert_eq!(records.api_key(&key(3)).await.unwrap(), None);
    assert_eq!(records.api_keys().await.unwrap(), [api_key(1), api_key(2)]);
    assert!(records.revoke_api_key("key_1", at(60)).await.unwrap());
    assert!(!records.revoke_api_key("key_1", at(90)).await.unwrap(), "it is revoked once");
    assert!(!records.revoke_api_key("key_9", at(60)).await.unwrap());
    let revoked = ApiKeyRecord { revoked_at: Some(at(60)), ..api_key(1) };
    assert_eq!(records.api_key(&key(1)).await.unwrap(), Some(revoked));
}

const LONGEST: Duration = Duration::from_secs(60);

fn asked(request: &Key) -> ClaimAsked<'_> {
    ClaimAsked { merchant: "demo", key: "abc", request }
}

async fn a_request_is_done_once_however_often_it_is_made_at_once(place: Place) {
    let instances = [place.records().await, place.records().await];
    let claiming = (0..30).map(|number| {
        let records = instances[number % 2].clone();
        tokio::spawn(async move { records.claim(asked(&key(1)), LONGEST).await.unwrap() })
    });
    let mut new = 0;
    for claim in claiming.collect::<Vec<_>>() {
        match claim.await.unwrap() {
            Claim::New => new += 1,
            claim => assert_eq!(claim, Claim::UnderWay),
        }
    }
    assert_eq!(new, 1);
}

async fn a_key_stands_for_one_request_of_one_merchant_for_a_day(place: Place) {
    let records = place.records().await;
    let (first, second) = (key(1), key(2));
    let claim = async |asked| records.claim(asked, LONGEST).await.unwrap();
    assert_eq!(claim(asked(&first)).await, Claim::New);
    assert_eq!(claim(asked(&second)).await, Claim::Other);
    records.answer_claim(asked(&second), 200, "never").await.unwrap();
    records.answer_claim(asked(&first), 201, "done").await.unwrap();
    records.answer_claim(asked(&first), 500, "too late").await.unwrap();
    records.drop_claim(asked(&first)).await.unwrap();
    place.let_pass(86_340).await;
    assert_eq!(claim(asked(&first)).await, Claim::Answered(201, "done".into()));
    assert_eq!(claim(asked(&second)).await, Claim::Other);
    assert_eq!(claim(ClaimAsked { merchant: "other", ..asked(&second) }).await, Claim::New);
    place.let_pass(61).await;
    assert_eq!(claim(asked(&second)).await, Claim::New, "a day later");
    place.let_pass(86_370).await;
    let purged = records.purge_offers(at(0), SignedDuration::from_hours(9_600));
    assert_eq!(purged.await.unwrap(), 1, "that of the other merchant");
}

async fn a_request_that_was_cut_off_or_failed_can_be_made_again(place: Place) {
    // The second instance began a moment ago. That says nothing about what the first one does.
    let [records, other] = [place.records().await, place.records().await];
    let (first, second) = (key(1), key(2));
    let claim = async |records: &Records, asked| records.claim(asked, LONGEST).await.unwrap();
    assert_eq!(claim(&records, asked(&first)).await, Claim::New);
    place.let_pass(30).await;
    assert_eq!(claim(&other, asked(&first)).await, Claim::UnderWay);
    place.let_pass(31).await;
    assert_eq!(claim(&other, asked(&second)).await, Claim::Other, "another request is another one still");
    assert_eq!(claim(&other, asked(&first)).await, Claim::New, "its process was killed");
    records.drop_claim(asked(&first)).await.unwrap();
    assert_eq!(claim(&records, asked(&second)).await, Claim::New, "it failed and did nothing");
}
