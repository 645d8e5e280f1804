//! Reading a merchant's events.

use records::EventsAsked;

use crate::offer_things::{accepted, add};
use crate::place::{Place, on_both};
use crate::things::at;

on_both!(events_are_read_page_by_page_in_their_order_and_none_is_passed_over);

async fn events_are_read_page_by_page_in_their_order_and_none_is_passed_over(place: Place) {
    let records = place.records().await;
    let writing: Vec<_> = (0..5)
        .map(|writer| {
            let records = records.clone();
            tokio::spawn(async move {
                for number in 1..=6 {
                    add(&records, 6 * writer + number).await;
                }
            })
        })
        .collect();
    let asked = EventsAsked { merchant: "demo", sandbox: false, since: at(0), after: None, most: 3 };
    // Reads on from the last known event, while other events are written.
    let mut read: Vec<String> = Vec::new();
    loop {
        let all_written = writing.iter().all(tokio::task::JoinHandle::is_finished);
        let after = read.last().map(String::as_str);
        let page = records.events(EventsAsked { after, ..asked }).await.unwrap();
        assert!(page.len() <= 3);
        if page.is_empty() {
            if all_written {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(2)).await;
        }
        read.extend(page.into_iter().map(|event| event.id));
    }
    for written in writing {
        written.await.unwrap();
    }
    let mut known: Vec<_> = (1..=30).map(|number| accepted(number).event.id).collect();
    known.sort();
    read.sort();
    assert_eq!(read, known);
    assert!(records.events(EventsAsked { merchant: "other", ..asked }).await.unwrap().is_empty());
    assert!(records.events(EventsAsked { since: at(1), ..asked }).await.unwrap().is_empty());
    let after_none = EventsAsked { after: Some("ev_gone"), ..asked };
    assert_eq!(records.events(after_none).await.unwrap().len(), 3, "told again");
}
