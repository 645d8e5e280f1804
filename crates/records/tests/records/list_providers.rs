//! Lists that ask several providers.

use std::sync::Arc;

use domain::{Failure, Money, ProviderName};
use jiff::SignedDuration;
use records::{
    BatchId, BatchState, NewRow, ProviderCounts, ProviderTotal, Records, RowOrder, RowOutcome, RowsAsked,
};

use crate::place::{Place, on_both};
use crate::things::{self, at, claim, phone, quote, quoted};

on_both!(
    which_providers_a_list_asks_is_kept_and_never_changed,
    what_further_providers_answer_is_kept_beside_what_the_main_one_does,
    a_row_has_a_price_if_any_provider_gives_one_and_is_sorted_by_the_highest,
    who_has_lost_its_lease_settles_no_device_of_a_further_provider,
    a_price_of_a_further_provider_is_kept_with_its_list_and_goes_with_it,
);

fn name(text: &str) -> ProviderName {
    ProviderName::parse(text).unwrap()
}

/// A list of three rows: two of one device, and one of another.
async fn list(records: &Records) -> BatchId {
    let row = |number, model: &str| NewRow {
        number,
        request: phone(model).parse().map(Arc::new),
        form: Arc::new(phone(model)),
        written_model: None,
        waits: false,
    };
    let rows = [row(2, "iPhone 14 Pro"), row(3, "iPhone 13"), row(4, "iPhone 14 Pro")];
    records.add_batch("list.csv", b"it", &rows, at(0)).await.unwrap()
}

async fn compared(records: &Records) -> BatchId {
    let id = list(records).await;
    records.set_batch_providers(id, &[name("main"), name("own"), name("third")]).await.unwrap();
    id
}

async fn which_providers_a_list_asks_is_kept_and_never_changed(place: Place) {
    let records = place.records().await;
    let one = list(&records).await;
    assert_eq!(records.batch_providers(one).await.unwrap(), []);
    assert_eq!(records.batch(one).await.unwrap().unwrap().providers, []);
    let several = compared(&records).await;
    records.set_batch_providers(several, &[name("other"), name("main")]).await.unwrap();
    records.close().await;
    let again = place.records().await;
    assert_eq!(again.batch_providers(several).await.unwrap(), [name("main"), name("own"), name("third")]);
    assert_eq!(again.batch_providers(one).await.unwrap(), []);
}

fn counts(provider: &str, priced: u32, failed: u32) -> ProviderCounts {
    ProviderCounts { provider: name(provider), priced, failed }
}

async fn what_further_providers_answer_is_kept_beside_what_the_main_one_does(place: Place) {
    let records = place.records().await;
    let id = compared(&records).await;
    let other = compared(&records).await;
    let prices = [quote(1, "iPhone 14 Pro", 4_000, 0), quote(2, "iPhone 14 Pro", 4_200, 0)];
    records.write(&[quoted(1, &prices[0]), quoted(2, &prices[1])]).await.unwrap();
    things::settle(&records, id, 2, Ok(prices[0].id.clone())).await;
    let lease = claim(&records, id, 1).await.unwrap();
    let own = name("own");
    let first = Ok(prices[1].id.clone());
    assert!(records.settle_alternative(&lease, &own, 2, &first).await.unwrap());
    assert!(records.settle_alternative(&lease, &own, 3, &Err(Failure::PartnerUnavailable)).await.unwrap());
    // A later result takes the place of an earlier one.
    assert!(records.settle_alternative(&lease, &own, 3, &Err(Failure::ModelUnknown)).await.unwrap());

    let open = async |provider: &str| {
        let open = records.open_devices_of(id, &name(provider)).await.unwrap();
        open.iter().map(|it| it.device).collect::<Vec<_>>()
    };
    assert_eq!((open("own").await, open("third").await), (vec![], vec![2, 3]));
    assert_eq!(records.open_devices(id).await.unwrap().len(), 1);
    let batch = records.batch(id).await.unwrap().unwrap();
    assert_eq!(batch.providers, [counts("main", 1, 0), counts("own", 1, 1), counts("third", 0, 0)]);
    let all = records.batches().await.unwrap();
    assert_eq!((all[0].id, all[1].providers.as_slice()), (other, batch.providers.as_slice()));
    assert_eq!(all[0].providers, ["main", "own", "third"].map(|name| counts(name, 0, 0)));

    let found = records.batch_alternatives(id, 2, 4).await.unwrap();
    let found: Vec<_> = found.iter().map(|it| (it.number, it.provider.as_str(), it.answer.clone())).collect();
    let price = Ok(Arc::clone(&prices[1]));
    assert_eq!(found, [(3, "own", Err(Failure::ModelUnknown)), (4, "own", price)]);
    assert_eq!(records.batch_alternatives(other, 0, 9).await.unwrap(), []);
    let total = |provider, rows, yuan: i64| ProviderTotal {
        provider: name(provider),
        rows,
        worth: Money::from_fen(yuan * 100),
    };
    assert_eq!(
        records.batch_totals(id).await.unwrap(),
        [total("main", 2, 8_000), total("own", 2, 8_400), total("third", 0, 0)]
    );
    let rows = records.batch_row_counts(id).await.unwrap();
    assert_eq!((rows.priced, rows.failed, rows.open), (2, 0, 1));
    // A price that was noted but never written is asked for again.
    let lost = Ok(quote(9, "x", 1, 0).id.clone());
    assert!(records.settle_alternative(&lease, &name("third"), 2, &lost).await.unwrap());
    assert_eq!(open("third").await, [2, 3]);
    let refused = Failure::PartnerRefused;
    assert_eq!(records.give_up_alternatives(&lease, &name("third"), &refused).await.unwrap(), 1);
    assert_eq!(open("third").await, [2], "what was noted is not given up");
}

async fn a_row_has_a_price_if_any_provider_gives_one_and_is_sorted_by_the_highest(place: Place) {
    let records = place.records().await;
    let id = compared(&records).await;
    let prices = [quote(1, "iPhone 14 Pro", 4_000, 0), quote(2, "iPhone 13", 4_200, 0)];
    records.write(&[quoted(1, &prices[0]), quoted(2, &prices[1])]).await.unwrap();
    things::settle(&records, id, 2, Ok(prices[0].id.clone())).await;
    things::settle(&records, id, 3, Err(Failure::PartnerRefused)).await;
    let numbers = async |asked: RowsAsked| {
        let found = records.batch_rows_by(id, &RowsAsked { most: 9, ..asked }).await.unwrap();
        found.rows.iter().map(|row| row.number).collect::<Vec<_>>()
    };
    let of = |outcome| RowsAsked { outcome: Some(outcome), ..RowsAsked::default() };
    let by_price = || RowsAsked { order: RowOrder::Price, descending: true, ..RowsAsked::default() };
    assert_eq!(numbers(of(RowOutcome::Failed)).await, [3]);
    assert_eq!(numbers(by_price()).await, [2, 4, 3]);
    let lease = claim(&records, id, 1).await.unwrap();
    let other = Ok(prices[1].id.clone());
    assert!(records.settle_alternative(&lease, &name("own"), 3, &other).await.unwrap());
    assert!(records.settle_alternative(&lease, &name("own"), 2, &Err(Failure::ModelUnknown)).await.unwrap());
    assert_eq!(numbers(of(RowOutcome::Failed)).await, [0_u32; 0]);
    assert_eq!(numbers(of(RowOutcome::Priced)).await, [2, 3, 4]);
    assert_eq!(numbers(by_price()).await, [3, 2, 4]);
    let rows = records.batch_row_counts(id).await.unwrap();
    assert_eq!((rows.priced, rows.failed, rows.open), (3, 0, 0));
}

async fn who_has_lost_its_lease_settles_no_device_of_a_further_provider(place: Place) {
    let [one, other] = [place.records().await, place.records().await];
    let id = compared(&one).await;
    let late = claim(&one, id, 1).await.unwrap();
    place.let_pass(61).await;
    let lease = claim(&other, id, 2).await.unwrap();
    let answer = Err(Failure::ModelUnknown);
    assert!(!one.settle_alternative(&late, &name("own"), 2, &answer).await.unwrap());
    assert_eq!(other.open_devices_of(id, &name("own")).await.unwrap().len(), 2);
    assert!(other.settle_alternative(&lease, &name("own"), 2, &answer).await.unwrap());
    assert!(!one.settle_alternative(&late, &name("own"), 2, &Err(Failure::PartnerRefused)).await.unwrap());
    assert_eq!(one.give_up_alternatives(&late, &name("third"), &Failure::ModelUnknown).await.unwrap(), 0);
    let kept = other.batch_alternatives(id, 0, 2).await.unwrap();
    assert_eq!(kept[0].answer, Err(Failure::ModelUnknown));
}

async fn a_price_of_a_further_provider_is_kept_with_its_list_and_goes_with_it(place: Place) {
    let records = place.records().await;
    let id = compared(&records).await;
    let day = 86_400;
    let [old, new] = [quote(1, "iPhone 14 Pro", 4_000, 0), quote(2, "iPhone 13", 3_000, 2 * day)];
    records.write(&[quoted(1, &old), quoted(2, &new)]).await.unwrap();
    for (device, price) in [(2, &old), (3, &new)] {
        things::settle(&records, id, device, Err(Failure::ModelUnknown)).await;
        let (lease, answer) = (claim(&records, id, 1).await.unwrap(), Ok(price.id.clone()));
        assert!(records.settle_alternative(&lease, &name("own"), device, &answer).await.unwrap());
    }
    records.set_batch_state(id, BatchState::Done).await.unwrap();
    records.purge(at(3 * day), SignedDuration::from_hours(48)).await.unwrap();
    assert_eq!(records.batch_alternatives(id, 0, 9).await.unwrap().len(), 3);
    assert_eq!(records.check_books().await.unwrap(), []);
    let mut other = place.other().await;
    other.run("DELETE FROM quotes WHERE id LIKE '%'").await.unwrap();
    let found = records.check_books().await.unwrap();
    assert_eq!(found[0].what, "devices of lists that are done whose quote is missing");
    assert_eq!(found[0].rows, 2);
    records.delete_batch(id).await.unwrap();
    let left = "SELECT (SELECT count(*) FROM batch_alternatives) + (SELECT count(*) FROM batch_providers)";
    assert_eq!(other.number(left).await.unwrap(), 0);
}
