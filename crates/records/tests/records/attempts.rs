//! Attempts and the day's count.

use std::sync::Arc;

use jiff::SignedDuration;
use jiff::civil::date;
use records::{Begin, Begun, Entry, Row, SetAside, Span, Taken};

use crate::place::{Place, on_both};
use crate::things::{at, attempt, ended, most, quote, quoted, search};

on_both!(
    an_attempt_and_its_place_in_the_count_are_one_change,
    the_last_calls_of_a_day_are_given_once_however_many_ask_at_once,
    searches_have_a_share_of_their_own,
    what_the_caller_knows_counts_where_the_database_says_less,
    a_call_that_never_left_is_given_back,
    attempts_that_could_not_be_counted_at_first_are_counted_once_they_are_written,
    attempts_stay_as_they_were_recorded,
    attempts_are_read_page_by_page_with_how_they_ended,
    what_the_database_refuses_is_set_aside_and_the_rest_is_written,
    each_merchant_has_a_count_of_its_own,
);

fn row(begin: &Begin) -> Row {
    match begin {
        Begin::Made(row, _) => *row,
        Begin::UsedUp(taken) => panic!("used up: {taken:?}"),
    }
}

fn day() -> Span {
    Span { from: at(-3_600), to: at(3_600) }
}

async fn an_attempt_and_its_place_in_the_count_are_one_change(place: Place) {
    let records = place.records().await;
    place.poison("attempts", "call", "poison").await;
    records.begin(&attempt("quote"), most(6), Taken::default()).await.unwrap();
    let error = records.begin(&attempt("poison"), most(6), Taken::default()).await.unwrap_err();
    assert!(error.is_of_the_record(), "{error}");
    let taken = records.taken("A", date(2025, 12, 30)).await.unwrap();
    assert_eq!(taken, Taken { calls: 1, ..Taken::default() });
    assert_eq!(records.attempts(day(), 0).await.unwrap().len(), 1);
}

async fn the_last_calls_of_a_day_are_given_once_however_many_ask_at_once(place: Place) {
    // As two processes with five callers each, the most calls that a desk makes at the same time.
    let instances = [place.records().await, place.records().await];
    let asking: Vec<_> = (0..10)
        .map(|number| {
            let records = instances[number % 2].clone();
            tokio::spawn(async move {
                let mut begins = Vec::new();
                for _ in 0..3 {
                    begins.push(records.begin(&attempt("quote"), most(7), Taken::default()).await.unwrap());
                }
                begins
            })
        })
        .collect();
    let (mut made, mut refused) = (Vec::new(), 0);
    for asked in asking {
        for begin in asked.await.unwrap() {
            match begin {
                Begin::Made(_, taken) => made.push(taken.calls),
                Begin::UsedUp(taken) => {
                    assert_eq!(taken.calls, 7);
                    refused += 1;
                }
            }
        }
    }
    made.sort_unstable();
    assert_eq!((made, refused), ((1..=7).collect(), 23));
    let recorded = instances[0].attempts(day(), 0).await.unwrap();
    let mut used: Vec<_> = recorded.iter().map(|attempt| attempt.quota_used.unwrap()).collect();
    used.sort_unstable();
    assert_eq!(used, (1..=7).collect::<Vec<_>>());
}

async fn searches_have_a_share_of_their_own(place: Place) {
    let records = place.records().await;
    let begin = async |begun: Begun| records.begin(&begun, most(5), Taken::default()).await.unwrap();
    for _ in 0..2 {
        row(&begin(search()).await);
    }
    let taken = Taken { calls: 2, searches: 2, ..Taken::default() };
    assert_eq!(begin(search()).await, Begin::UsedUp(taken));
    let three = Begun { spends: 3, ..attempt("many") };
    row(&begin(three).await);
    assert_eq!(begin(attempt("quote")).await, Begin::UsedUp(Taken { calls: 5, ..taken }));
}

async fn what_the_caller_knows_counts_where_the_database_says_less(place: Place) {
    let records = place.records().await;
    let known = Taken { calls: 5, ..Taken::default() };
    let Begin::Made(_, taken) = records.begin(&attempt("quote"), most(6), known).await.unwrap() else {
        panic!("one was left")
    };
    assert_eq!(taken.calls, 6);
    let refused = records.begin(&attempt("quote"), most(6), Taken::default()).await.unwrap();
    assert_eq!(refused, Begin::UsedUp(Taken { calls: 6, ..Taken::default() }));
    // On a day without a row in the database, the known count may exceed the limit by itself.
    let tomorrow = Begun { at: at(86_400), ..attempt("quote") };
    let refused = records.begin(&tomorrow, most(5), known).await.unwrap();
    assert_eq!(refused, Begin::UsedUp(known));
}

async fn a_call_that_never_left_is_given_back(place: Place) {
    let records = place.records().await;
    let begin = async || records.begin(&search(), most(1), Taken::default()).await.unwrap();
    let Begin::Made(made, taken) = begin().await else { panic!("nothing was taken") };
    assert!(matches!(begin().await, Begin::UsedUp(_)));
    let outcome = ended("unreachable", 3);
    let entry = Entry::NeverLeft { begun: search(), row: Some(made), taken, outcome };
    records.write(&[entry]).await.unwrap();
    let Begin::Made(_, taken) = begin().await else { panic!("it was given back") };
    assert_eq!(taken, Taken { calls: 2, searches: 2, returned: 1, returned_searches: 1 });
    assert_eq!((taken.spent().calls, taken.spent().searches), (1, 1));
}

async fn attempts_that_could_not_be_counted_at_first_are_counted_once_they_are_written(place: Place) {
    let records = place.records().await;
    let taken = |calls| Taken { calls, ..Taken::default() };
    let made = |calls| Entry::Made(attempt("quote"), taken(calls), ended("ok", 70));
    records.write(&[made(1), made(2), made(3)]).await.unwrap();
    assert_eq!(records.taken("A", date(2025, 12, 30)).await.unwrap(), taken(3));
    let recorded = records.attempts(day(), 0).await.unwrap();
    assert_eq!(recorded.iter().map(|it| it.quota_used.unwrap()).collect::<Vec<_>>(), [1, 2, 3]);
    assert!(recorded.iter().all(|it| it.outcome.as_deref() == Some("ok")));
}

async fn attempts_stay_as_they_were_recorded(place: Place) {
    let records = place.records().await;
    let now = jiff::Timestamp::now();
    let young = Begun { at: now - SignedDuration::from_hours(6 * 24), ..attempt("quote") };
    let old = Begun { at: now - SignedDuration::from_hours(8 * 24), ..attempt("quote") };
    for begun in [young, old] {
        let Begin::Made(row, taken) = records.begin(&begun, most(9), Taken::default()).await.unwrap() else {
            panic!("nothing was taken")
        };
        records.write(&[Entry::Ended(row, begun, taken, ended("ok", 1))]).await.unwrap();
    }
    let mut other = place.other().await;
    for change in [
        "UPDATE attempts SET call = 'x'",
        "UPDATE outcomes SET outcome = 'x'",
        "DELETE FROM attempts",
        "DELETE FROM outcomes",
    ] {
        assert!(other.run(change).await.is_err(), "{change}");
    }
    // Everything of that age is deleted, except what is from the last 7 days.
    assert!(records.purge(now, SignedDuration::from_hours(7 * 24)).await.unwrap() >= 1);
    assert_eq!(other.number("SELECT count(*) FROM attempts").await.unwrap(), 1);
    assert_eq!(other.number("SELECT count(*) FROM outcomes").await.unwrap(), 1);
    assert!(records.purge(now, SignedDuration::ZERO).await.is_err());
    assert_eq!(other.number("SELECT count(*) FROM attempts").await.unwrap(), 1);
}

async fn attempts_are_read_page_by_page_with_how_they_ended(place: Place) {
    let records = place.records().await;
    let outcomes = [Some("ok"), Some("timeout"), None, Some("model_unknown")];
    for (number, outcome) in outcomes.into_iter().enumerate() {
        let begun = Begun { at: at(600 * number as i64), attempt: 1 + number as u32, ..attempt("quote") };
        let begin = records.begin(&begun, most(9), Taken::default()).await.unwrap();
        if let (Begin::Made(row, taken), Some(name)) = (begin, outcome) {
            records.write(&[Entry::Ended(row, begun, taken, ended(name, 100))]).await.unwrap();
        }
    }
    let all = records.attempts(day(), 0).await.unwrap();
    assert_eq!(all.iter().map(|it| it.outcome.as_deref()).collect::<Vec<_>>(), outcomes);
    assert_eq!(all.iter().map(|it| it.attempt).collect::<Vec<_>>(), [1, 2, 3, 4]);
    assert_eq!(all[0].parameters["model"], "iPhone 14 Pro");
    assert_eq!((all[0].latency_ms, all[0].code.as_deref()), (Some(100), Some("200")));
    assert_eq!(records.attempts(day(), all[1].id).await.unwrap(), all[2..]);
    let first = Span { from: at(0), to: at(600) };
    assert_eq!(records.attempts(first, 0).await.unwrap(), all[..1]);

    let activity = records.activity(day()).await.unwrap();
    let hour = &activity.hours[0];
    assert_eq!((hour.number, hour.answered, hour.failed), (1, 2, 2));
    assert_eq!(activity.latency.unwrap().longest_ms, 100);
    assert_eq!(activity.failures, all[1..2]);
}

async fn what_the_database_refuses_is_set_aside_and_the_rest_is_written(place: Place) {
    let records = place.records().await;
    place.poison("quotes", "quote", "poison").await;
    let [good, bad] = [quote(1, "iPhone 14 Pro", 4_000, 0), quote(2, "poison", 4_000, 0)];
    let entries = [quoted(1, &good), quoted(2, &bad)];
    let error = records.write(&entries).await.unwrap_err();
    assert!(error.is_of_the_record() && error.to_string().contains("poisoned"), "{error}");
    assert_eq!(records.quote(&good.id).await.unwrap(), None, "all or none");
    records.write(&entries[..1]).await.unwrap();
    let error = records.write(&entries[1..]).await.unwrap_err();
    assert_eq!(records.set_aside(&entries[1], &error).await, SetAside::Kept);
    assert_eq!(records.quote(&good.id).await.unwrap().as_ref(), Some(&*good));
    let aside = if place.is_postgres {
        let rows = place.other().await.rows("SELECT reason, entry FROM refused").await.unwrap();
        rows.concat().concat()
    } else {
        let file = format!("{}.refused.jsonl", place.url.trim_start_matches("sqlite://"));
        std::fs::read_to_string(file).unwrap()
    };
    assert!(aside.contains("poisoned") && aside.contains(bad.id.as_str()), "{aside}");
    // A call is counted even if its record is rejected.
    let made = Entry::Made(attempt("quote"), Taken { calls: 4, ..Taken::default() }, ended("ok", 1));
    assert_eq!(records.set_aside(&made, &error).await, SetAside::Kept);
    assert_eq!(records.taken("A", date(2025, 12, 30)).await.unwrap().calls, 4);
}

async fn each_merchant_has_a_count_of_its_own(place: Place) {
    let records = place.records().await;
    let shop: Arc<str> = "shop".into();
    let of = |merchant: &Arc<str>| Begun {
        merchant: Some(Arc::clone(merchant)),
        provider: Some("aihuishou".into()),
        ..attempt("quote")
    };
    let mut rows = Vec::new();
    for _ in 0..2 {
        rows.push(records.begin(&of(&shop), most(9), Taken::default()).await.unwrap());
    }
    records.begin(&attempt("quote"), most(9), Taken::default()).await.unwrap();
    let today = date(2025, 12, 30);
    assert_eq!(records.calls_of_merchant("shop", today).await.unwrap(), 2);
    let never_left = Entry::NeverLeft {
        begun: of(&shop),
        row: Some(row(&rows[0])),
        taken: Taken { calls: 1, ..Taken::default() },
        outcome: ended("unreachable", 1),
    };
    records.write(&[never_left]).await.unwrap();
    assert_eq!(records.calls_of_merchant("shop", today).await.unwrap(), 1);
    assert_eq!(records.calls_of_merchant("other", today).await.unwrap(), 0);
    let whose = "SELECT merchant, provider, account FROM attempts ORDER BY id";
    let rows = place.other().await.rows(whose).await.unwrap();
    assert_eq!(rows[0], ["shop", "aihuishou", "A"]);
    assert_eq!(rows[2], ["", "", "A"]);
}
