//! What the page of a quote shows.

use std::sync::Arc;

use domain::{Change, Moment, Money, Quote};

use crate::parts::frame::FrameFields;

/// What the page of a quote is drawn with.
#[derive(Clone, Debug)]
pub struct QuotePage {
    /// The quote.
    pub quote: Arc<Quote>,
    /// The host's wishes.
    pub frame: FrameFields,
    /// The server's time.
    pub now: Moment,
    /// The quote that this one was asked for in place of.
    pub before: Option<Arc<Quote>>,
    /// What one answer given otherwise would bring, as far as that is known.
    pub changes: Vec<(Change, Arc<Quote>)>,
    /// What the shop adds to the price.
    pub top_up: Option<Money>,
    /// The page's whole address, to keep and to share.
    pub link: String,
}
