//! The page with the prices of one buyer, and of several.

use std::sync::Arc;

use desk::PriceOfDay;
use domain::{Category, Money, ProviderName};
use jiff::civil::Date;

use super::{Buyer, ValuePage, ValueQuery, draw_page};
use crate::parts::document::{Assets, Setting, Shop};
use crate::words::Locale;

const TODAY: Date = Date::constant(2025, 12, 30);

fn setting(locale: Locale) -> Setting {
    let assets = Assets { style: String::new(), glue: String::new(), wasm: String::new() };
    Setting {
        locale,
        theme: "auto",
        accent: None,
        sandbox: false,
        origins: String::new(),
        still: false,
        shop: Shop::default(),
        assets: Arc::new(assets),
    }
}

fn name(text: &str) -> ProviderName {
    ProviderName::parse(text).unwrap()
}

/// The price of a buyer some days ago.
fn price(of: &str, grade: &str, ago: i32, yuan: i64) -> PriceOfDay {
    let amount = Money::from_fen(yuan * 100);
    PriceOfDay {
        provider: name(of),
        day: TODAY.checked_sub(jiff::Span::new().days(ago)).unwrap(),
        storage: "256GB".to_owned(),
        ram: None,
        condition: grade.to_owned(),
        lowest: amount,
        highest: amount,
        latest: amount,
        quotes: 1,
    }
}

/// The page of these prices, where the settings have the buyers `main`, `own` and `third`.
fn page(locale: Locale, history: Vec<PriceOfDay>) -> String {
    let buyers = [("main", "The company"), ("own", "This shop"), ("third", "third")];
    let page = ValuePage {
        category: Category::Phone,
        brand: "苹果".to_owned(),
        model: "iPhone 13".to_owned(),
        history,
        buyers: buyers.map(|(of, label)| Buyer { name: name(of), label: label.to_owned() }).into(),
        asked: ValueQuery::default(),
        today: TODAY,
        host: "https://tradein.example".to_owned(),
        merchant: "demo".to_owned(),
    };
    // Without the marks between parts of a text.
    draw_page(&setting(locale), &page).replace("<!>", "")
}

/// The text between two others.
fn between<'a>(page: &'a str, from: &str, to: &str) -> &'a str {
    let (_, rest) = page.split_once(from).unwrap_or_else(|| panic!("{from} is not in {page}"));
    rest.split(to).next().unwrap()
}

fn three() -> Vec<PriceOfDay> {
    vec![
        price("third", "九成新", 0, 4_200),
        price("main", "九成新", 1, 4_000),
        price("own", "九成新", 2, 4_500),
        price("main", "九成新", 3, 3_900),
        price("own", "八成新", 2, 3_500),
        price("main", "八成新", 1, 3_600),
    ]
}

#[test]
fn prices_of_one_buyer_are_shown_without_its_name() {
    let page = page(Locale::en, vec![price("own", "九成新", 0, 4_500), price("own", "九成新", 2, 4_400)]);
    for words in ["This shop", "The company", "Buyer", "stroke-dasharray", "buyer-1", "highest of their"] {
        assert!(!page.contains(words), "{words:?} is in {page}");
    }
    assert_eq!(page.matches("<polyline").count(), 1);
    assert_eq!(page.matches("<circle").count(), 2);
    assert!(
        page.contains("<title>30 Dec · ¥4,500</title>") && page.contains("<small>30 Dec</small>"),
        "{page}"
    );
}

#[test]
fn each_buyer_has_a_line_a_key_and_rows_of_its_own() {
    let page = page(Locale::en, three());
    let drawing = between(&page, "aria-hidden=\"true\" class=\"line\">", "</svg>");
    assert_eq!(drawing.matches("<polyline").count(), 3);
    // Colours, dashes and marks tell them apart.
    for (class, marks) in [("buyer-0", "<circle"), ("buyer-1", "<path"), ("buyer-2", "<path")] {
        let line = between(drawing, &format!("<g class=\"{class}\">"), "</g>");
        assert!(line.contains(marks), "{line}");
        assert_eq!(line.contains("stroke-dasharray"), class != "buyer-0", "{line}");
    }
    assert!(drawing.contains("<title>This shop · 28 Dec · ¥4,500</title>"), "{drawing}");
    let keys: Vec<_> = page.matches("<li class=\"buyer-").collect();
    assert_eq!(keys.len(), 3, "{page}");
    for key in ["The company ¥4,000</span>", "This shop ¥4,500</span>", "third ¥4,200</span>"] {
        assert!(page.contains(key), "{key} is not in {page}");
    }
    let table = between(&page, "<details>", "</details>");
    assert!(table.contains("<th scope=\"col\">Buyer</th>"), "{table}");
    assert_eq!(table.matches("<td>The company</td>").count(), 2, "{table}");
    assert_eq!(table.matches("<td>This shop</td>").count(), 1, "{table}");
}

#[test]
fn the_best_of_the_last_prices_comes_first_and_says_whose_it_is() {
    for (locale, sentence, row) in [
        (
            Locale::en,
            "Where several buyers quoted, the highest of their last prices: The company, This shop, third.",
            "<small>This shop · 28 Dec</small>",
        ),
        (
            Locale::zh_CN,
            "多家回收商有报价时，取各家最近报价中的最高价：The company、This shop、third。",
            "<small>This shop · 12月28日</small>",
        ),
    ] {
        let page = page(locale, three());
        assert!(page.contains(sentence) && page.contains(row), "{page}");
        let headline = between(&page, "<p class=\"price\">", "</p>");
        assert!(headline.contains("¥3,600") && headline.contains("¥4,500"), "{headline}");
        // Search engines are told the range of all prices.
        let facts = between(&page, "ld+json", "</script>");
        assert!(
            facts.contains("\"lowPrice\":\"3500\"") && facts.contains("\"highPrice\":\"4500\""),
            "{facts}"
        );
        let description = between(&page, "name=\"description\" content=\"", "\"");
        assert!(description.contains("¥3,500") && description.contains("¥4,500"), "{description}");
    }
}

#[test]
fn an_old_price_of_a_buyer_does_not_beat_a_newer_one_of_another() {
    let with =
        |ago| page(Locale::en, vec![price("main", "九成新", 0, 4_000), price("own", "九成新", ago, 4_500)]);
    let headline = |page: &str| between(page, "<p class=\"price\">", "</p>").to_owned();
    assert_eq!(headline(&with(6)), "¥4,500");
    assert_eq!(headline(&with(7)), "¥4,000");
    assert!(with(7).contains("This shop ¥4,500</span>"), "its line stays");
    // Of equal prices the first buyer's of the settings, and a newer one before an older one.
    let equal = |main, own| {
        page(Locale::en, vec![price("own", "九成新", own, 4_000), price("main", "九成新", main, 4_000)])
    };
    assert!(equal(0, 0).contains("<small>The company · 30 Dec</small>"), "{}", equal(0, 0));
    assert!(equal(1, 0).contains("<small>This shop · 30 Dec</small>"), "{}", equal(1, 0));
}
