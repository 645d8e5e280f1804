//! What a merchant's providers say about one device: the best price, the others, and who gave none.

use std::cmp::Reverse;
use std::sync::Arc;

use serde::ser::SerializeStruct;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{Failure, Moment, Money, ProviderName, Quote};

/// A provider that was asked and gave no price, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedBy {
    /// The provider.
    pub provider: ProviderName,
    /// What it comes to for the caller.
    pub failure: Failure,
}

impl Serialize for RefusedBy {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut written = serializer.serialize_struct("RefusedBy", 2)?;
        written.serialize_field("provider", &self.provider)?;
        written.serialize_field("code", self.failure.code())?;
        written.end()
    }
}

/// The prices of a merchant's providers for one device: the best one and, if several were asked, the others.
///
/// In JSON it is the best quote with two fields more: `alternatives`, and `refused` with the name and the
/// failure's code of each provider that gave no price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// The best price.
    pub best: Arc<Quote>,
    /// The prices of other providers, best first.
    pub alternatives: Vec<Arc<Quote>>,
    /// The providers that gave no price, in the order of the setting.
    pub refused: Vec<RefusedBy>,
}

impl Comparison {
    /// A price with which no other was compared.
    pub fn of_one(quote: Arc<Quote>) -> Self {
        Self { best: quote, alternatives: Vec::new(), refused: Vec::new() }
    }

    /// Puts `quotes`, in the order of the setting, best first. `None` if there are none.
    ///
    /// Best is the highest final price among those that can be accepted `now`; at equal prices the one that holds
    /// longer, then the order of the setting. Prices that cannot be accepted, because they are old, estimated or
    /// of unknown validity, come after all that can.
    pub fn rank(quotes: Vec<Arc<Quote>>, refused: Vec<RefusedBy>, now: Moment) -> Option<Self> {
        let mut alternatives = quotes;
        // The sort is stable, so equal quotes keep the order of the setting.
        alternatives.sort_by_key(|quote| {
            Reverse((quote.acceptable(now), quote.price.final_price(), quote.valid_until))
        });
        if alternatives.is_empty() {
            return None;
        }
        let best = alternatives.remove(0);
        Some(Self { best, alternatives, refused })
    }

    /// All quotes, best first.
    pub fn quotes(&self) -> impl Iterator<Item = &Arc<Quote>> {
        std::iter::once(&self.best).chain(&self.alternatives)
    }

    /// How much more the best price is than that of `other`, in fen.
    pub fn lead(&self, other: &Quote) -> Money {
        self.best.price.final_price() - other.price.final_price()
    }
}

impl Serialize for Comparison {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        /// The fields of the best quote and those of the comparison, in one object.
        #[derive(Serialize)]
        struct Whole<'a> {
            #[serde(flatten)]
            best: &'a Quote,
            alternatives: Vec<&'a Quote>,
            refused: &'a [RefusedBy],
        }
        let alternatives = self.alternatives.iter().map(AsRef::as_ref).collect();
        Whole { best: &self.best, alternatives, refused: &self.refused }.serialize(serializer)
    }
}

/// Reads the best quote alone: what a browser gets is drawn on the server, and its script needs no more.
impl<'de> Deserialize<'de> for Comparison {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Quote::deserialize(deserializer).map(|quote| Self::of_one(Arc::new(quote)))
    }
}

#[cfg(test)]
mod tests;
