//! The content of the page of a quote.

use std::sync::Arc;

use domain::{Change, Moment, Money, Quote};

use super::compared::Compared;
use super::standing::Acceptance;
use crate::parts::frame::FrameFields;

/// The data that the page of a quote is drawn with.
#[derive(Clone, Debug)]
pub struct QuotePage {
    /// The quote.
    pub quote: Arc<Quote>,
    /// The host page's settings.
    pub frame: FrameFields,
    /// The server's time.
    pub now: Moment,
    /// The expired quote that this one replaces.
    pub before: Option<Arc<Quote>>,
    /// The known prices with one answer changed.
    pub changes: Vec<(Change, Arc<Quote>)>,
    /// What the shop adds to the price.
    pub top_up: Option<Money>,
    /// The page's full address, to keep and to share.
    pub link: String,
    /// What has become of the price in the shopper's visit; `None` if the page belongs to no shop.
    pub acceptance: Option<Acceptance>,
    /// The prices of other buyers.
    pub compared: Compared,
}

impl QuotePage {
    /// Price and top-up together: what a shopper who accepts gets.
    pub fn credit(&self) -> Money {
        self.quote.price.final_price() + self.top_up.unwrap_or(Money::ZERO)
    }
}
