//! Which offers the operator wants to see.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::parts::address::query;
use crate::words::{Locale, language};

/// The selection of offers, from the page's address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OffersQuery {
    /// A merchant's id; empty for all.
    pub merchant: String,
    /// The name of a state; anything else for all.
    pub state: String,
    /// A day in UTC+8, as 2026-01-31; anything else for all.
    pub day: String,
    /// The offer after which the page begins; empty for the newest.
    pub after: String,
}

/// The names of the states, in the order of an offer's life.
pub(super) const STATES: [&str; 4] = ["accepted", "redeemed", "withdrawn", "expired"];

impl OffersQuery {
    /// The merchant, if one is chosen.
    pub fn merchant(&self) -> Option<&str> {
        Some(self.merchant.trim()).filter(|merchant| !merchant.is_empty())
    }

    /// The state, if one is chosen.
    pub fn state(&self) -> Option<&'static str> {
        STATES.into_iter().find(|state| *state == self.state)
    }

    /// The day in UTC+8 on which the offers were accepted, if one is chosen.
    pub fn day(&self) -> Option<Date> {
        self.day.trim().parse().ok()
    }

    /// The offer after which the page begins.
    pub fn after(&self) -> Option<&str> {
        Some(&*self.after).filter(|after| !after.is_empty())
    }

    /// Whether some offers are left out.
    pub(super) fn filters(&self) -> bool {
        self.merchant().is_some() || self.state().is_some() || self.day().is_some()
    }

    /// The address of `path` with this selection.
    pub(super) fn link(&self, path: &str, locale: Locale) -> String {
        let day = self.day().map(|day| day.to_string()).unwrap_or_default();
        let pairs = [
            ("locale", language::tag(locale)),
            ("merchant", self.merchant().unwrap_or_default()),
            ("state", self.state().unwrap_or_default()),
            ("day", &day),
            ("after", &self.after),
        ];
        format!("{path}?{}", query(pairs.into_iter().filter(|(_, value)| !value.is_empty())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nonsense_selects_all_offers() {
        let odd = OffersQuery {
            state: "sold".into(),
            day: "31.1.".into(),
            merchant: " ".into(),
            after: String::new(),
        };
        assert!(!odd.filters());
        assert_eq!(odd.link("/ops/offers", Locale::en), "/ops/offers?locale=en");
        let day =
            OffersQuery { day: "2026-01-31".into(), state: "redeemed".into(), ..OffersQuery::default() };
        assert_eq!(
            day.link("/ops/offers", Locale::en),
            "/ops/offers?locale=en&state=redeemed&day=2026-01-31"
        );
    }
}
