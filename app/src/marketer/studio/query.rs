//! The studio's settings, from its address.

use domain::Money;
use serde::Deserialize;

use crate::parts::sample_shop::Sample;
use crate::parts::state::State;
use crate::words::{Locale, language};

/// The settings in the studio's address. A missing one has its initial value.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct StudioQuery {
    /// The language of the studio itself.
    pub locale: String,
    /// The merchant's id.
    pub merchant: String,
    /// The language of the sample page; the studio's if it is empty.
    pub shown: String,
    /// `auto`, `light` or `dark`.
    pub theme: String,
    /// The shop's colour, as it was typed.
    pub accent: String,
    /// The product's price in yuan, as it was typed; empty for a page without one.
    pub price: Option<String>,
    /// The product's name.
    pub product: Option<String>,
    /// `auto`, `phone` or `tablet`.
    pub width: String,
    /// `plain`, `serif` or `night`.
    pub look: String,
    /// A state's name; empty for the widget at work.
    pub state: String,
}

impl StudioQuery {
    /// The sample shop with these settings. A missing or invalid setting has its initial value.
    pub(super) fn sample(&self, locale: Locale) -> Sample {
        let known = |given: &str, all: &[&'static str]| all.iter().copied().find(|known| *known == given);
        let shown = language::named(&self.shown).unwrap_or(locale);
        let usual = Sample::new(&self.merchant, shown, "auto");
        let name = match self.product.as_deref().map(str::trim) {
            None => usual.name.clone(),
            Some(name) => Some(name.to_owned()).filter(|name| !name.is_empty()),
        };
        let price = match self.price.as_deref() {
            None => usual.price,
            Some(typed) => yuan(typed),
        };
        Sample {
            theme: known(&self.theme, &["light", "dark"]).unwrap_or("auto"),
            accent: self.accent.trim().to_owned(),
            price,
            name,
            width: known(&self.width, &["phone", "tablet"]).unwrap_or("auto"),
            look: known(&self.look, &["serif", "night"]).unwrap_or("plain"),
            state: State::find(&self.state),
            ..usual
        }
    }
}

/// An amount in yuan as people type it; `None` for text that is not a price.
fn yuan(typed: &str) -> Option<Money> {
    let digits: String = typed.chars().filter(|c| !matches!(c, '¥' | '￥' | ',' | ' ')).collect();
    let (money, _) = Money::from_yuan(digits.parse().ok()?)?;
    (money > Money::ZERO).then_some(money)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn switches_stand_as_at_the_start_until_they_are_set() {
        let untouched = StudioQuery::default().sample(Locale::en);
        assert_eq!(untouched.price, Some(Money::from_fen(799_900)));
        assert_eq!((untouched.theme, untouched.width, untouched.look), ("auto", "auto", "plain"));
        let set = |name: &str, value: &str| {
            serde_json::from_value::<StudioQuery>([(name, value)].into_iter().collect())
                .unwrap()
                .sample(Locale::en)
        };
        assert_eq!(set("shown", "zh").locale, Locale::zh_CN);
        assert_eq!(set("price", "¥1,234.50").price, Some(Money::from_fen(123_450)));
        assert_eq!((set("price", "").price, set("price", "").name.is_some()), (None, true));
        assert_eq!(set("state", "expired").state, State::find("expired"));
        assert_eq!(set("width", "enormous").width, "auto");
    }
}
