//! What a device was lately worth, in one line: the answer for `<trade-in-value>` on a shop's pages. The line is in
//! all languages, so that the element needs no words of its own and caches keep one answer for each device.

use std::collections::BTreeMap;

use desk::PriceOfDay;
use domain::{Category, Money, Term};
use jiff::civil::Date;
use serde::Serialize;

use super::amounts::whole_part;
use super::page::path;
use crate::parts::address::{in_path, query};
use crate::words::{self, Locale, language, td_string};

/// How many days the line looks back, including today.
pub const CARD_DAYS: i32 = 7;

/// The device that a shop's page names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CardDevice {
    /// The kind of device.
    pub device_type: Category,
    /// The brand, in the partner's spelling.
    pub brand: String,
    /// The model, in the partner's spelling.
    pub model: String,
    /// The storage; `None` for the best price of all storages.
    pub storage: Option<String>,
}

/// The answer for `<trade-in-value>`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Card {
    /// The version of this format. It is increased when a field changes its meaning.
    version: u8,
    /// Whether the price is a sandbox's, and not real.
    sandbox: bool,
    /// The device, in the partner's spelling.
    device: CardDevice,
    /// The highest price of the last days for a device without faults and repairs.
    up_to: Money,
    currency: &'static str,
    /// How many days were looked at.
    days: i32,
    /// The day of the latest price among them, in UTC+8: `2025-12-30`.
    as_of: String,
    /// The path of the page with all prices of the model.
    page: String,
    /// The path of the widget with the device filled in.
    widget: String,
    /// The line in each language, by its tag.
    words: BTreeMap<&'static str, CardWords>,
}

/// The line in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct CardWords {
    /// The sentence, with `{name}` and `{price}`.
    text: String,
    /// The model's name.
    name: String,
    /// The price in whole yuan.
    price: String,
    /// What kind of price it is, in a few words.
    note: String,
    /// The same in full, with the date and what it is not.
    hint: String,
    /// That it is a sandbox's.
    #[serde(skip_serializing_if = "Option::is_none")]
    sandbox: Option<&'static str>,
}

impl Card {
    /// The line for `device` at `merchant`, from the history of its model at the merchant's buyers since [`CARD_DAYS`] ago;
    /// `None` if there is no price of one yuan or more.
    pub fn new(
        device: CardDevice,
        history: &[PriceOfDay],
        merchant: &str,
        sandbox: bool,
        today: Date,
    ) -> Option<Self> {
        let fits = |it: &&PriceOfDay| device.storage.as_ref().is_none_or(|storage| *storage == it.storage);
        let up_to = history.iter().filter(fits).map(|it| it.highest).max().filter(|it| *it >= Money::YUAN)?;
        let as_of = history.iter().filter(fits).map(|it| it.day).max()?;
        let line = |locale: Locale| CardWords {
            text: td_string!(locale, value.card, name = "{name}", price = "{price}"),
            name: device.model.clone(),
            price: whole_part(up_to),
            note: td_string!(locale, value.card_note, days = CARD_DAYS.to_string()),
            hint: td_string!(
                locale,
                value.card_hint,
                days = CARD_DAYS.to_string(),
                day = words::day(locale, as_of, today)
            ),
            sandbox: sandbox.then(|| td_string!(locale, sandbox.badge)),
        };
        Some(Self {
            version: 1,
            sandbox,
            up_to,
            currency: "CNY",
            days: CARD_DAYS,
            as_of: as_of.to_string(),
            page: device.page(),
            widget: device.widget(merchant),
            words: language::all().iter().map(|locale| (language::tag(*locale), line(*locale))).collect(),
            device,
        })
    }
}

impl CardDevice {
    fn page(&self) -> String {
        let path = path(self.device_type.word(), &self.brand, &self.model);
        let query = query(self.storage.iter().map(|storage| ("storage", storage)));
        if query.is_empty() { path } else { format!("{path}?{query}") }
    }

    fn widget(&self, merchant: &str) -> String {
        let named = [
            ("device_type", self.device_type.word()),
            ("brand", self.brand.as_str()),
            ("model", self.model.as_str()),
        ];
        let storage = self.storage.iter().map(|storage| ("storage", storage.as_str()));
        format!("/widget/{}?{}", in_path(merchant), query(named.into_iter().chain(storage)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Date = Date::constant(2026, 1, 3);

    fn phone(storage: Option<&str>) -> CardDevice {
        let storage = storage.map(str::to_owned);
        CardDevice {
            device_type: Category::Phone, brand: "苹果".into(), model: "iPhone 13".into(), storage
        }
    }

    fn price(day: Date, storage: &str, highest: i64) -> PriceOfDay {
        let (lowest, latest) = (Money::YUAN, Money::YUAN);
        let (storage, condition) = (storage.to_owned(), "九成新".to_owned());
        PriceOfDay {
            provider: domain::ProviderName::parse("main").unwrap(),
            day,
            storage,
            ram: None,
            condition,
            lowest,
            highest: Money::from_fen(highest),
            latest,
            quotes: 1,
        }
    }

    #[test]
    fn the_line_has_the_highest_price_of_the_storage_and_the_latest_day() {
        let yesterday = Date::constant(2026, 1, 2);
        let history = [
            price(TODAY, "128GB", 200_000),
            price(TODAY, "256GB", 260_000),
            price(yesterday, "128GB", 231_099),
        ];
        let card = Card::new(phone(Some("128GB")), &history, "demo", false, TODAY).unwrap();
        assert_eq!((card.up_to, card.as_of.as_str()), (Money::from_fen(231_099), "2026-01-03"));
        // Rounded down, so that it is not more than was quoted.
        assert_eq!(card.words["en"].price, "¥2,310");
        assert_eq!(card.words["en"].text, "Your old {name}: lately up to {price}");
        assert!(card.words["zh-CN"].hint.contains("1月3日"), "{}", card.words["zh-CN"].hint);
        assert!(card.page.ends_with("/iPhone%2013?storage=128GB"), "{}", card.page);
        assert!(card.widget.ends_with("&model=iPhone+13&storage=128GB"), "{}", card.widget);
        let any = Card::new(phone(None), &history, "demo", true, TODAY).unwrap();
        assert_eq!(any.up_to, Money::from_fen(260_000));
        assert_eq!(any.words["en"].sandbox, Some("Sandbox"));
        assert!(!any.page.contains('?') && !any.widget.contains("storage"));
    }

    #[test]
    fn without_a_price_there_is_no_line() {
        let history = [price(TODAY, "128GB", 99)];
        assert_eq!(Card::new(phone(Some("128GB")), &history, "demo", false, TODAY), None);
        assert_eq!(Card::new(phone(Some("256GB")), &history, "demo", false, TODAY), None);
        assert_eq!(Card::new(phone(None), &[], "demo", false, TODAY), None);
    }
}
