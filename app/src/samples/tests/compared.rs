//! A price that was compared with others.

use std::sync::Arc;

use domain::{Money, Quote, Source};

use super::{drawn, now, setting};
use crate::parts::document::Setting;
use crate::parts::frame::FrameFields;
use crate::parts::state::State;
use crate::samples::compared;
use crate::samples::priced::{later, priced, sample_quote};
use crate::shopper::quote::{self, Compared, QuotePage, Sort};
use crate::words::Locale;

/// The compared sample in English, after a change.
fn comparison(change: impl FnOnce(&mut QuotePage)) -> String {
    let frame = FrameFields { merchant: "demo".into(), locale: "en".into(), ..FrameFields::default() };
    let page = priced(State::Compared, sample_quote(now()).unwrap(), frame, now());
    let compared = compared::compared(Locale::en, &page.quote, page.top_up, Sort::Price);
    let mut page = QuotePage { compared, ..page };
    change(&mut page);
    quote::draw_page(&Setting { still: false, ..setting(Locale::en) }, &page)
}

fn sold(quote: &Arc<Quote>, change: impl FnOnce(&mut Quote)) -> Arc<Quote> {
    let mut quote = Quote::clone(quote);
    change(&mut quote);
    Arc::new(quote)
}

#[test]
fn the_first_offer_says_whose_it_is_and_why_it_is_first() {
    let first = |says: &str, change: &dyn Fn(&mut QuotePage)| {
        let page = comparison(|page| change(page));
        assert!(page.contains(&format!("<p class=\"whose\">爱回收: {says}</p>")), "{says}");
    };
    let without_tie = |page: &mut QuotePage| drop(page.compared.alternatives.remove(0));
    first("the same price as Sample Electronics, and holds longer", &|_| {});
    first("the same price as Sample Electronics, in the shop's order", &|page| {
        let until = page.quote.valid_until;
        let tie = &mut page.compared.alternatives[0].quote;
        *tie = sold(tie, |tie| tie.valid_until = until);
    });
    first("the highest offer that can be used at checkout", &without_tie);
    first("the highest of 2 offers", &|page| {
        without_tie(page);
        page.compared.alternatives.pop();
    });
    first("the highest of 4 offers, none of which can be used at checkout", &|page| {
        page.quote = sold(&page.quote, |quote| quote.source = Source::Stale);
    });
}

#[test]
fn each_other_offer_has_a_row_with_its_difference_its_validity_and_its_nearest_hand_over() {
    let page = comparison(|_| {});
    assert!(page.contains("3 other offers"));
    for part in [
        "the same price",
        "Store, 0.6 km away",
        "until 5 Jan 22:00",
        "¥120 less",
        "Store, 4.5 km away",
        "¥48 more",
        "Older price",
        "Grade: excellent",
        "Quick Cash gives no answer now.",
    ] {
        assert!(page.contains(part), "{part}");
    }
    let chinese = drawn(State::Compared, Locale::zh_CN);
    for part in ["另有 3 个报价", "价格相同", "少 ¥120", "快收样例：暂时没有回应。"] {
        assert!(chinese.contains(part), "{part}");
    }
}

#[test]
fn a_row_leads_to_the_page_of_its_offer_and_that_page_back() {
    let best = sample_quote(now()).unwrap().id;
    let other = domain::QuoteId::from_random(1);
    let page = comparison(|_| {});
    assert!(page.contains(&format!("/quote/{other}?merchant=demo&amp;locale=en&amp;compared={best}\"")));
    let page = comparison(|page| {
        let tie = page.compared.alternatives.remove(0);
        let labels = std::mem::take(&mut page.compared.labels);
        page.quote = tie.quote;
        page.compared = Compared { labels, back: Some(best.clone()), ..Compared::default() };
    });
    assert!(page.contains(&format!("<a href=\"/quote/{best}?merchant=demo&amp;locale=en\"")));
    assert!(page.contains("An offer of Sample Electronics") && !page.contains("class=\"offers\""));
}

#[test]
fn the_order_is_chosen_by_links_that_keep_the_rest_of_the_address() {
    let labels = ["Sample Electronics", "Sample Recycling", "Renewed &amp; Co."];
    let orders = [(Sort::Price, [0, 1, 2]), (Sort::Near, [0, 1, 2]), (Sort::Validity, [1, 0, 2])];
    for (sort, order) in orders {
        let page = comparison(|page| page.compared.sort = sort);
        let place = |label: &str| page.find(&format!("<h3>{label}")).unwrap();
        assert!(order.map(|at| place(labels[at])).is_sorted(), "{sort:?}");
        let link =
            |sort: Sort| format!("<a href=\"?merchant=demo&amp;locale=en&amp;sort={}#offers\"", sort.code());
        assert!(Sort::ALL.iter().all(|sort| page.contains(&link(*sort))));
        assert!(page.contains(&format!("{} aria-current=\"true\"", link(sort))), "{sort:?}");
    }
}

#[test]
fn what_the_shop_adds_counts_in_a_difference_and_is_said_where_it_differs() {
    let page = comparison(|page| {
        page.top_up = Some(Money::from_fen(10_000));
        page.compared.alternatives[1].top_up = Some(Money::from_fen(30_000));
    });
    assert!(page.contains("+ ¥300 from the shop") && page.contains("¥80 more"));
    let page = comparison(|page| {
        page.top_up = Some(Money::from_fen(10_000));
        page.compared.alternatives.iter_mut().for_each(|other| other.top_up = page.top_up);
    });
    assert!(page.contains("¥120 less") && !page.contains("from the shop"));
}

#[test]
fn an_expired_price_is_no_measure_for_others_and_one_alone_is_not_called_the_highest() {
    let page = comparison(|page| {
        page.quote = sold(&page.quote, |quote| quote.valid_until = Some(later(now(), -60)));
    });
    assert!(!page.contains("¥120 less") && !page.contains("the highest") && page.contains("¥3,972"));
    let alone = comparison(|page| page.compared.alternatives.clear());
    assert!(alone.contains("An offer of 爱回收") && alone.contains("Quick Cash gives no answer now."));
    assert!(!alone.contains("other offer") && !alone.contains("the highest"));
}

#[test]
fn the_shops_page_gets_the_best_quote_with_its_provider() {
    let page = comparison(|_| {});
    let (_, json) = page.split_once("id=\"tradein-quote\">").unwrap();
    let json: serde_json::Value = serde_json::from_str(json.split_once('<').unwrap().0).unwrap();
    assert_eq!(json["id"], sample_quote(now()).unwrap().id.as_str());
    assert_eq!((&json["provider"], &json["price"]["final"]), (&"aihuishou".into(), &409_200.into()));
}
