//! The check of the records for inconsistencies.

use records::{Entry, NewRow, Taken};

use crate::place::{Place, on_both};
use crate::things::{self, at, attempt, ended, most, phone, quote, quoted};

on_both!(records_that_agree_have_no_findings_and_each_disagreement_is_found);

async fn records_that_agree_have_no_findings_and_each_disagreement_is_found(place: Place) {
    let records = place.records().await;
    records.begin(&attempt("quote"), most(9), Taken::default()).await.unwrap();
    let made = Entry::Made(attempt("quote"), Taken { calls: 2, ..Taken::default() }, ended("ok", 1));
    let priced = quote(1, "iPhone 14 Pro", 4_000, 0);
    records.write(&[made, quoted(1, &priced)]).await.unwrap();
    let row = NewRow::new(1, phone("x"));
    let list = records.add_batch("list.csv", b"it", &[row], at(0)).await.unwrap();
    things::settle(&records, list, 1, Ok(priced.id.clone())).await;
    records.set_batch_state(list, records::BatchState::Done).await.unwrap();
    assert_eq!(records.check_books().await.unwrap(), []);

    let mut other = place.other().await;
    let json = serde_json::to_string(&*priced).unwrap();
    let tampered = json
        .replace("\"consistent\":null", "\"consistent\":true")
        .replace(priced.id.as_str(), "2222222222222222222222");
    assert!(tampered.contains("true,") || tampered.contains("true}"), "{tampered}");
    for harm in [
        format!(
            "INSERT INTO quotes (id, quoted_at, quote) VALUES ('2222222222222222222222', 0, '{tampered}')"
        ),
        "INSERT INTO quotes (id, quoted_at, quote) VALUES ('3333333333333333333333', 0, 'half a')".to_owned(),
        "INSERT INTO outcomes (attempt, outcome, latency_ms) VALUES (77, 'ok', 1)".to_owned(),
        "UPDATE quota SET used = 1, held = 1".to_owned(),
        "UPDATE batch_rows SET device = 99".to_owned(),
        "DELETE FROM quotes WHERE quoted_at > 0".to_owned(),
    ] {
        other.run(&harm).await.unwrap();
    }
    let found = records.check_books().await.unwrap();
    let found: Vec<_> = found.iter().map(|it| (it.what, it.rows, it.example.as_str())).collect();
    let list = list.0.to_string();
    assert_eq!(
        found,
        [
            ("quotes that cannot be read", 1, "3333333333333333333333"),
            ("prices whose parts are not what they were when quoted", 1, "2222222222222222222222"),
            ("days on which more attempts were made than were counted", 1, "2025-12-30"),
            ("days whose advances are not what is held back", 1, "2025-12-30"),
            ("outcomes without their attempt", 1, "77"),
            ("rows of lists without their device", 1, list.as_str()),
            ("devices of lists that are done whose quote is missing", 1, list.as_str()),
        ]
    );
}
