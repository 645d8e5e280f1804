//! What the page of a quote shows.

use std::sync::Arc;

use domain::{Change, Moment, Money, Quote};

use crate::parts::frame::FrameFields;

/// What the page of a quote is drawn with.
#[derive(Clone, Debug)]
pub struct QuotePage {
    /// The quote.
    pub quote: Arc<Quote>,
    /// What the host page said.
    pub frame: FrameFields,
    /// The server's time.
    pub now: Moment,
    /// The expired quote that this one replaces.
    pub before: Option<Arc<Quote>>,
    /// The prices with one answer changed, as far as they are known.
    pub changes: Vec<(Change, Arc<Quote>)>,
    /// What the shop adds to the price.
    pub top_up: Option<Money>,
    /// The page's whole address, to keep and to share.
    pub link: String,
}
