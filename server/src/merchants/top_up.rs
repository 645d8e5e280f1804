//! What a shop adds to the price of an old device: a subsidy, on conditions.

use app::parts::frame::Product;
use domain::{Category, Money, Quote};
use jiff::civil::Date;
use rust_decimal::Decimal;

use super::category::category;
use super::section::TopUpSection;
use crate::invalid_key::InvalidKey;

/// A rule by which a shop adds to a price. All conditions must hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopUp {
    amount: Amount,
    /// The most that it gives, in fen.
    at_most: Option<Money>,
    /// A part of the new product's name, in lower case.
    product: Option<String>,
    /// The kind of the old device.
    category: Option<Category>,
    /// The first day, in UTC+8.
    from: Option<Date>,
    /// The last day, in UTC+8.
    until: Option<Date>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Amount {
    /// In fen; above 0.
    Fixed(Money),
    /// A share of the device's price; above 0, and 1 at most.
    Share(Decimal),
}

impl TopUp {
    /// Reads one `[[merchants.top_ups]]`.
    ///
    /// # Errors
    /// A key that cannot be used; an empty one where the rule as a whole cannot be used.
    pub(super) fn parse(section: TopUpSection) -> Result<Self, InvalidKey> {
        let TopUpSection { fixed, percent, at_most, product, category: kind, from, until } = section;
        let one_of = "either fixed, in fen, or percent";
        let amount = match (fixed, percent) {
            (Some(fen), None) => Amount::Fixed(some_fen("fixed", fen)?),
            (None, Some(percent)) => Amount::Share(share(&percent)?),
            (Some(_), Some(_)) => return Err(InvalidKey::new("", "fixed and percent", one_of)),
            (None, None) => return Err(InvalidKey::new("", "neither fixed nor percent", one_of)),
        };
        let kind = kind.map(|text| category("category", &text)).transpose()?;
        let product = product
            .map(|text| match text.trim().to_lowercase() {
                blank if blank.is_empty() => {
                    Err(InvalidKey::new("product", &text, "a part of the new product's name"))
                }
                part => Ok(part),
            })
            .transpose()?;
        let from = from.map(|value| day("from", &value)).transpose()?;
        let until = until.map(|value| day("until", &value)).transpose()?;
        if let (Some(from), Some(until)) = (from, until)
            && until < from
        {
            return Err(InvalidKey::new("until", until, format!("a day that is not before from, {from}")));
        }
        let at_most = at_most.map(|fen| some_fen("at_most", fen)).transpose()?;
        Ok(Self { amount, at_most, product, category: kind, from, until })
    }

    /// What this rule gives, in fen; `None` if it does not fit or gives nothing.
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

/// Whether the product's name has that part, which is in lower case.
fn names(product: Option<&Product>, part: &str) -> bool {
    product.and_then(|product| product.name.as_ref()).is_some_and(|name| name.to_lowercase().contains(part))
}

fn some_fen(key: &str, fen: i64) -> Result<Money, InvalidKey> {
    if fen > 0 { Ok(Money::from_fen(fen)) } else { Err(InvalidKey::new(key, fen, "whole fen, 1 at least")) }
}

/// A percentage, as text or as a number, as a share.
fn share(value: &toml::Value) -> Result<Decimal, InvalidKey> {
    let text = match value {
        toml::Value::String(text) => text.trim().to_owned(),
        toml::Value::Integer(whole) => whole.to_string(),
        // The shortest text with this value: a binary 7.5 is "7.5", as it was written.
        toml::Value::Float(number) => number.to_string(),
        _ => String::new(),
    };
    let percent = text.parse::<Decimal>().ok();
    percent
        .filter(|percent| *percent > Decimal::ZERO && *percent <= Decimal::ONE_HUNDRED)
        .map(|percent| percent / Decimal::ONE_HUNDRED)
        .ok_or_else(|| {
            let takes = "a percentage of the device's price, above 0 and 100 at most, such as 5 or \"7.5\"";
            InvalidKey::new("percent", plain(value), takes)
        })
}

/// A day, as TOML's own date or as text.
fn day(key: &str, value: &toml::Value) -> Result<Date, InvalidKey> {
    let text = plain(value);
    text.parse()
        .ok()
        .filter(|_| text.len() == "2026-06-18".len())
        .ok_or_else(|| InvalidKey::new(key, text, "a day in UTC+8, such as 2026-06-18"))
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
