//! What a shop adds to the price of an old device.

use app::parts::frame::Product;
use domain::{Category, Money, Quote, Term as _};
use jiff::civil::Date;
use rust_decimal::Decimal;

use super::one_category;
use crate::settings::TopUpSection;

/// A subsidy of the shop's own, on conditions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopUp {
    amount: Amount,
    /// In fen, as all amounts.
    at_most: Option<Money>,
    /// In lower case.
    product: Option<String>,
    category: Option<Category>,
    /// The first day in UTC+8.
    from: Option<Date>,
    /// The last day in UTC+8.
    until: Option<Date>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Amount {
    /// More than nothing.
    Fixed(Money),
    /// That share of the device's price; above 0, and 1 at most.
    Share(Decimal),
}

/// A key of a rule that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mistake {
    /// Such as `.percent`; empty where the rule as a whole is wrong.
    pub(super) key: &'static str,
    pub(super) value: String,
    pub(super) takes: String,
}

fn mistake(key: &'static str, value: impl ToString, takes: impl Into<String>) -> Mistake {
    Mistake { key, value: value.to_string(), takes: takes.into() }
}

impl TopUp {
    /// Reads one `[[merchants.top_ups]]`.
    pub(super) fn parse(section: TopUpSection) -> Result<Self, Mistake> {
        let TopUpSection { fixed, percent, at_most, product, category, from, until } = section;
        let one_of = "either fixed, in fen, or percent";
        let amount = match (fixed, percent) {
            (Some(fen), None) => Amount::Fixed(some_fen(".fixed", fen)?),
            (None, Some(percent)) => Amount::Share(share(&percent)?),
            (Some(_), Some(_)) => return Err(mistake("", "fixed and percent", one_of)),
            (None, None) => return Err(mistake("", "neither fixed nor percent", one_of)),
        };
        let category = category
            .map(|text| Category::find(&text).ok_or_else(|| mistake(".category", &text, one_category())))
            .transpose()?;
        let product = product
            .map(|text| match text.trim().to_lowercase() {
                blank if blank.is_empty() => {
                    Err(mistake(".product", &text, "a part of the new product's name"))
                }
                part => Ok(part),
            })
            .transpose()?;
        let from = from.map(|value| day(".from", &value)).transpose()?;
        let until = until.map(|value| day(".until", &value)).transpose()?;
        if let (Some(from), Some(until)) = (from, until)
            && until < from
        {
            return Err(mistake(".until", until, format!("a day that is not before from, {from}")));
        }
        let at_most = at_most.map(|fen| some_fen(".at_most", fen)).transpose()?;
        Ok(Self { amount, at_most, product, category, from, until })
    }

    /// What this rule gives; `None` where it does not fit or gives nothing.
    pub(super) fn amount(&self, quote: &Quote, product: Option<&Product>, today: Date) -> Option<Money> {
        let price = quote.price.final_price();
        let fits = price > Money::ZERO
            && self.category.is_none_or(|category| category == quote.device.device_type)
            && self.from.is_none_or(|from| from <= today)
            && self.until.is_none_or(|until| today <= until)
            && self.product.as_ref().is_none_or(|part| names(product, part));
        let amount = match self.amount {
            Amount::Fixed(amount) => Some(amount),
            Amount::Share(share) => price.scaled(share),
        };
        let amount = amount.filter(|_| fits)?;
        let amount = self.at_most.map_or(amount, |most| amount.min(most));
        (amount > Money::ZERO).then_some(amount)
    }
}

fn names(product: Option<&Product>, part: &str) -> bool {
    product.and_then(|product| product.name.as_ref()).is_some_and(|name| name.to_lowercase().contains(part))
}

fn some_fen(key: &'static str, fen: i64) -> Result<Money, Mistake> {
    if fen > 0 { Ok(Money::from_fen(fen)) } else { Err(mistake(key, fen, "whole fen, 1 at least")) }
}

/// A percentage, as text or as a number, as a share.
fn share(value: &toml::Value) -> Result<Decimal, Mistake> {
    let text = match value {
        toml::Value::String(text) => text.trim().to_owned(),
        toml::Value::Integer(whole) => whole.to_string(),
        // The shortest text that means this number is what was written.
        toml::Value::Float(number) => number.to_string(),
        _ => String::new(),
    };
    let percent = text.parse::<Decimal>().ok();
    percent
        .filter(|percent| *percent > Decimal::ZERO && *percent <= Decimal::ONE_HUNDRED)
        .map(|percent| percent / Decimal::ONE_HUNDRED)
        .ok_or_else(|| {
            let takes = "a percentage of the device's price, above 0 and 100 at most, such as 5 or \"7.5\"";
            mistake(".percent", plain(value), takes)
        })
}

/// A day, as TOML's own date or as text.
fn day(key: &'static str, value: &toml::Value) -> Result<Date, Mistake> {
    let text = plain(value);
    text.parse()
        .ok()
        .filter(|_| text.len() == "2026-06-18".len())
        .ok_or_else(|| mistake(key, text, "a day in UTC+8, such as 2026-06-18"))
}

/// A value as it is written, without the quotes of a text.
fn plain(value: &toml::Value) -> String {
    match value {
        toml::Value::String(text) => text.trim().to_owned(),
        toml::Value::Integer(whole) => whole.to_string(),
        toml::Value::Float(number) => number.to_string(),
        toml::Value::Boolean(flag) => flag.to_string(),
        toml::Value::Datetime(time) => time.to_string(),
        toml::Value::Array(_) => "a list".to_owned(),
        toml::Value::Table(_) => "a table".to_owned(),
    }
}

#[cfg(test)]
mod tests;
