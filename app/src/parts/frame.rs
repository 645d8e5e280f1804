//! The settings that the host page gives its frame: language, theme, colour, product.
//!
//! They are in the query of the frame's pages and in hidden fields of the form, so no cookie is needed.

use domain::Money;
use serde::{Deserialize, Serialize};

use super::address::query;
use super::wishes::WISHES;

/// The host page's settings as text, not checked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FrameFields {
    /// The merchant's id.
    pub merchant: String,
    /// A language tag, such as `en`; empty: the browser's.
    pub locale: String,
    /// `auto`, `light` or `dark`.
    pub theme: String,
    /// A colour, such as `#0a7`.
    pub accent: String,
    /// The new product's price in fen.
    pub product_price: String,
    /// The new product's name.
    pub product_name: String,
}

impl FrameFields {
    /// The fields that are not empty, by name.
    pub fn filled(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let values = [
            self.merchant.as_str(),
            &self.locale,
            &self.theme,
            &self.accent,
            &self.product_price,
            &self.product_name,
        ];
        WISHES.into_iter().zip(values).filter(|(_, value)| !value.is_empty())
    }

    /// The new product; `None` if its price is missing or not an amount in fen.
    pub fn product(&self) -> Option<Product> {
        let fen: i64 = self.product_price.trim().parse().ok()?;
        let name = self.product_name.trim();
        (0 < fen && fen < Product::DEAREST_FEN).then(|| Product {
            price: Money::from_fen(fen),
            name: (!name.is_empty()).then(|| name.chars().take(Product::NAME_CHARS).collect()),
        })
    }

    /// The address of `path` with these fields as its query.
    pub fn link(&self, path: &str) -> String {
        let query = query(self.filled());
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }

    /// [`Self::link`] with one more pair in its query.
    pub fn link_with(&self, path: &str, extra: (&'static str, &str)) -> String {
        format!("{}?{}", path.trim_end_matches('?'), query(self.filled().chain([extra])))
    }

    /// The theme to draw: `light`, `dark`, or `auto` for anything else.
    pub fn theme(&self) -> &'static str {
        match self.theme.as_str() {
            "light" => "light",
            "dark" => "dark",
            _ => "auto",
        }
    }
}

/// What the shopper is about to buy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Product {
    /// Its price.
    pub price: Money,
    /// Its name.
    pub name: Option<String>,
}

impl Product {
    /// A price of this amount or more, in fen, is considered a mistake.
    const DEAREST_FEN: i64 = 10_000_000_000;
    /// How many characters of the name are shown.
    const NAME_CHARS: usize = 80;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_has_the_fields_that_are_filled_and_no_others() {
        let frame = FrameFields { locale: "en".into(), product_name: "a&b".into(), ..FrameFields::default() };
        assert_eq!(frame.link("/widget/demo"), "/widget/demo?locale=en&product_name=a%26b");
        assert_eq!(FrameFields::default().link("/"), "/");
    }

    #[test]
    fn the_islands_copy_the_same_fields() {
        let all = ["merchant", "locale", "theme", "accent", "product_price", "product_name"];
        let frame: FrameFields =
            serde_json::from_value(all.map(|name| (name, "x")).into_iter().collect()).unwrap();
        assert_eq!(frame.filled().map(|(name, _)| name).collect::<Vec<_>>(), WISHES);
    }

    #[test]
    fn a_product_needs_a_legible_price() {
        let of =
            |price: &str| FrameFields { product_price: price.into(), ..FrameFields::default() }.product();
        assert_eq!(of("799900").map(|product| product.price), Some(Money::from_fen(799_900)));
        for odd in ["", "0", "-5", "7999.00", "1e9", "99999999999999999"] {
            assert_eq!(of(odd), None, "{odd}");
        }
    }
}
