//! The price of another buyer.

use std::sync::Arc;

use domain::{Moment, Money, Quote};

/// The price of another buyer for the same device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternative {
    /// The quote.
    pub quote: Arc<Quote>,
    /// What the shop adds to this price.
    pub top_up: Option<Money>,
}

impl Alternative {
    /// Price and top-up together: what a shopper who accepts it gets.
    pub(super) fn credit(&self) -> Money {
        self.quote.price.final_price() + self.top_up.unwrap_or(Money::ZERO)
    }

    /// Whether the shop takes the price at checkout at `now`.
    pub(super) fn acceptable(&self, now: Moment) -> bool {
        self.quote.acceptable(now)
    }
}
