//! What the host page said about itself: language, theme, colour, product.
//!
//! It travels in the query of the frame's pages and in hidden fields of the form, so that
//! no cookie is needed.

use domain::Money;
use serde::{Deserialize, Serialize};

/// The host's wishes as text, as they came.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FrameFields {
    /// The merchant's id.
    pub merchant: String,
    /// `zh-CN` or `en`; empty follows the browser.
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
    /// The fields that say something, by name.
    pub fn filled(&self) -> impl Iterator<Item = (&'static str, &str)> {
        [
            ("merchant", self.merchant.as_str()),
            ("locale", &self.locale),
            ("theme", &self.theme),
            ("accent", &self.accent),
            ("product_price", &self.product_price),
            ("product_name", &self.product_name),
        ]
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
    }

    /// The new product, when the host told its price legibly.
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

/// Names and values as an address's query.
pub(crate) fn query<V: AsRef<str>>(pairs: impl IntoIterator<Item = (&'static str, V)>) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

/// A text as one segment of an address's path.
pub(crate) fn in_path(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
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
    const DEAREST_FEN: i64 = 10_000_000_000;
    const NAME_CHARS: usize = 80;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_carries_what_was_said_and_nothing_else() {
        let frame = FrameFields { locale: "en".into(), product_name: "a&b".into(), ..FrameFields::default() };
        assert_eq!(frame.link("/widget/demo"), "/widget/demo?locale=en&product_name=a%26b");
        assert_eq!(FrameFields::default().link("/"), "/");
    }

    #[test]
    fn the_browser_carries_the_same_wishes_along() {
        let all = ["merchant", "locale", "theme", "accent", "product_price", "product_name"];
        let frame: FrameFields =
            serde_json::from_value(all.map(|name| (name, "x")).into_iter().collect()).unwrap();
        assert_eq!(frame.filled().map(|(name, _)| name).collect::<Vec<_>>(), crate::islands::WISHES);
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
