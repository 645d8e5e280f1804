//! The prices of other buyers that the price of a page was compared with.

use std::collections::BTreeMap;

use domain::{ProviderName, QuoteId, RefusedBy};

use super::alternative::Alternative;
use super::sort::Sort;

/// With what the price of a page was compared, and in which order that is shown. The default is a price that was
/// compared with no other.
#[derive(Clone, Debug, Default)]
pub struct Compared {
    /// The prices of other buyers, best first.
    pub alternatives: Vec<Alternative>,
    /// The buyers that gave no price, in the order of the setting.
    pub refused: Vec<RefusedBy>,
    /// What shoppers read in place of a provider's name.
    pub labels: BTreeMap<ProviderName, String>,
    /// The order of the alternatives.
    pub sort: Sort,
    /// The best quote of the comparison that led to this page, which is then one of the alternatives.
    pub back: Option<QuoteId>,
}

impl Compared {
    /// The name of the pair in an address that gives the order.
    pub(super) const SORT: &str = "sort";
    /// The name of the pair in an address that gives the quote to go back to.
    pub(super) const BACK: &str = "compared";

    /// Reads from the query of a quote's page in which order it shows the alternatives and where it leads back to.
    /// What cannot be read is as if it was not there.
    pub fn read(query: &str) -> Self {
        let mut read = Self::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            match &*name {
                Self::SORT => read.sort = Sort::find(&value).unwrap_or_default(),
                Self::BACK => read.back = QuoteId::parse(&value),
                _ => {}
            }
        }
        read
    }

    /// Whether other buyers were asked.
    pub(super) fn is_comparison(&self) -> bool {
        !self.alternatives.is_empty() || !self.refused.is_empty()
    }

    /// What shoppers read as the name of a buyer.
    pub(super) fn label<'a>(&'a self, provider: &'a ProviderName) -> &'a str {
        self.labels.get(provider).map_or(provider.as_str(), String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_and_the_way_back_are_read_from_the_address() {
        let read = Compared::read("merchant=demo&sort=near&compared=SampleQuote00000000000");
        assert_eq!(read.sort, Sort::Near);
        assert_eq!(read.back, QuoteId::parse("SampleQuote00000000000"));
        let odd = Compared::read("sort=paid&compared=%2F%2Fevil.example");
        assert_eq!((odd.sort, odd.back), (Sort::Price, None));
        assert!(!Compared::read("").is_comparison());
    }

    #[test]
    fn a_provider_without_a_label_is_shown_by_its_name() {
        let name = |text| ProviderName::parse(text).unwrap();
        let labels = [(name("own"), "本店".to_owned())].into();
        let compared = Compared { labels, ..Compared::default() };
        assert_eq!((compared.label(&name("own")), compared.label(&name("third"))), ("本店", "third"));
    }
}
