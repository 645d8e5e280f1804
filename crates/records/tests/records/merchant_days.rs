//! What a merchant asked for by day.

use jiff::civil::date;
use records::{Begun, Entry, MerchantDay, Origin, Taken};

use crate::place::{Place, on_both};
use crate::things::{at, attempt, key, most, quote};

on_both!(quotes_and_calls_of_a_merchant_are_summed_up_by_the_day_in_utc8);

/// The end of the day in UTC+8, in seconds after noon.
const MIDNIGHT: i64 = 10 * 3_600;

async fn quotes_and_calls_of_a_merchant_are_summed_up_by_the_day_in_utc8(place: Place) {
    let records = place.records().await;
    let quoted = |number: u8, merchant: &str, seconds| Entry::Quoted {
        key: Some(key(number)),
        quote: quote(number.into(), "iPhone 14 Pro", 4_000, seconds),
        confirmed: None,
        origin: Origin { merchant: Some(merchant.into()), ..Origin::default() },
    };
    let entries = [
        quoted(1, "shop", 0),
        quoted(2, "shop", MIDNIGHT - 1),
        quoted(3, "shop", MIDNIGHT),
        quoted(4, "other", 0),
    ];
    records.write(&entries).await.unwrap();
    let made = |seconds| Begun { at: at(seconds), merchant: Some("shop".into()), ..attempt("quote") };
    for seconds in [0, MIDNIGHT, MIDNIGHT] {
        records.begin(&made(seconds), most(9), Taken::default()).await.unwrap();
    }
    let [today, tomorrow] = [date(2025, 12, 30), date(2025, 12, 31)];
    let days =
        [MerchantDay { day: today, quotes: 2, calls: 1 }, MerchantDay { day: tomorrow, quotes: 1, calls: 2 }];
    assert_eq!(records.merchant_days("shop", today, tomorrow).await.unwrap(), days);
    assert_eq!(records.merchant_days("shop", tomorrow, tomorrow).await.unwrap(), days[1..]);
    let of_another = records.merchant_days("other", today, tomorrow).await.unwrap();
    assert_eq!(of_another, [MerchantDay { day: today, quotes: 1, calls: 0 }]);
    assert!(records.merchant_days("none", today, tomorrow).await.unwrap().is_empty());
}
