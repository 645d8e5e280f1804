use std::fmt;

use serde::{Deserialize, Serialize};

/// The shop's number of an order: 1 to 100 characters without control characters and without a space at
/// either end. It must not contain personal data, because it is kept as long as the offer.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OrderId(String);

/// A text that is not an order's number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an order id has 1 to 100 characters, no control characters and no space at either end")]
pub struct NotAnOrderId;

impl OrderId {
    /// The longest order id, in characters.
    pub const LONGEST: usize = 100;

    /// Reads an order id. Nothing is trimmed, because two ids that differ in a space may be two orders of the
    /// shop.
    ///
    /// # Errors
    /// [`NotAnOrderId`].
    pub fn parse(text: &str) -> Result<Self, NotAnOrderId> {
        let fits = (1..=Self::LONGEST).contains(&text.chars().count())
            && text.trim() == text
            && !text.chars().any(char::is_control);
        fits.then(|| Self(text.to_owned())).ok_or(NotAnOrderId)
    }

    /// The order id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for OrderId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for OrderId {
    type Error = NotAnOrderId;
    fn try_from(text: String) -> Result<Self, NotAnOrderId> {
        Self::parse(&text)
    }
}

impl From<OrderId> for String {
    fn from(id: OrderId) -> Self {
        id.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_id_is_taken_as_it_is_or_not_at_all() {
        for text in ["A-1/2025#7", "订单 1", &"单".repeat(100)] {
            assert_eq!(OrderId::parse(text).unwrap().as_str(), text);
        }
        for text in ["", " A1", "A1 ", "A\n1", &"单".repeat(101)] {
            assert_eq!(OrderId::parse(text), Err(NotAnOrderId), "{text}");
        }
    }
}
