//! Sums of offers by day, and of those that can still be redeemed.

use jiff::civil::date;
use records::{OfferDay, Outstanding, Span};

use crate::offer_things::{accepted, add, changed, offer};
use crate::place::{Place, on_both};
use crate::things::at;

on_both!(offers_are_summed_up_by_the_day_in_utc8_and_what_they_may_still_cost);

/// The end of the day in UTC+8, in seconds after noon.
const MIDNIGHT: i64 = 10 * 3_600;

async fn offers_are_summed_up_by_the_day_in_utc8_and_what_they_may_still_cost(place: Place) {
    let records = place.records().await;
    for number in 1..=3 {
        add(&records, number).await;
    }
    let mut of_another = offer(4);
    of_another.merchant = "other".into();
    of_another.amount = 1;
    records.add_offer(&of_another, None, &accepted(4)).await.unwrap();
    let (mut standing, told) = changed(2, 2, "redeemed", Some("A1"));
    standing.redeemed_at = Some(at(MIDNIGHT));
    records.change_offer("of_2", &standing, &told).await.unwrap();

    let of = |merchant: &str, day, [accepted, redeemed]: [u32; 2], amount: i64| OfferDay {
        merchant: merchant.into(),
        day,
        accepted,
        accepted_amount: i64::from(accepted) * amount,
        redeemed,
        redeemed_amount: i64::from(redeemed) * amount,
    };
    let [today, tomorrow] = [date(2025, 12, 30), date(2025, 12, 31)];
    let days = [
        of("demo", today, [3, 0], 470_000),
        of("other", today, [1, 0], 1),
        of("demo", tomorrow, [0, 1], 470_000),
    ];
    let span = Span { from: at(-3_600), to: at(MIDNIGHT + 1) };
    assert_eq!(records.offer_days(None, false, span).await.unwrap(), days);
    assert_eq!(records.offer_days(Some("other"), false, span).await.unwrap(), days[1..2]);
    let first = Span { to: at(MIDNIGHT), ..span };
    assert_eq!(records.offer_days(None, false, first).await.unwrap(), days[..2]);
    assert!(records.offer_days(None, true, span).await.unwrap().is_empty());

    let outstanding =
        async |merchant, sandbox, now| records.outstanding(merchant, sandbox, now).await.unwrap();
    assert_eq!(outstanding(None, false, at(0)).await, Outstanding { offers: 3, amount: 940_001 });
    assert_eq!(outstanding(Some("demo"), false, at(0)).await, Outstanding { offers: 2, amount: 940_000 });
    for nothing in [outstanding(None, false, at(3_600)).await, outstanding(None, true, at(0)).await] {
        assert_eq!(nothing, Outstanding::default());
    }
}
