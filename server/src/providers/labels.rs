//! What shoppers read instead of a provider's name.

use std::collections::BTreeMap;

use app::Locale;
use domain::{Label, ProviderName};

use super::{ProviderKind, ProviderSettings};
use crate::settings::Settings;

/// 爱回收's own names.
const PARTNER: (&str, &str) = ("爱回收", "AiHuiShou");
/// The providers of sandbox mode.
const SANDBOXES: [(&str, &str, &str); 3] = [
    (ProviderName::PARTNER, "爱回收（沙盒）", "AiHuiShou (sandbox)"),
    ("second", "第二家（沙盒）", "Second buyer (sandbox)"),
    ("own", "本店价目表（示例）", "This shop's list (sample)"),
];

/// The labels of the providers that have one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Labels(Vec<(ProviderName, Label)>);

impl Labels {
    /// The labels of these settings. The account of the section `partner` has the company's own name.
    pub(crate) fn of(settings: &Settings) -> Self {
        let named = |name: &str, chinese, english| {
            Some((ProviderName::parse(name).ok()?, Label::parse(chinese, english).ok()?))
        };
        if settings.is_sandbox() {
            return Self(SANDBOXES.iter().filter_map(|(name, zh, en)| named(name, zh, en)).collect());
        }
        let (chinese, english) = PARTNER;
        let partner = settings.partner.account.as_ref();
        let partner = partner.and_then(|_| named(ProviderName::PARTNER, chinese, english));
        let of = |provider: &ProviderSettings| {
            let own = match provider.kind {
                ProviderKind::Aihuishou(_) => Label::parse(chinese, english).ok(),
                ProviderKind::PriceList(_) | ProviderKind::Http(_) => None,
            };
            Some((provider.name.clone(), provider.label.clone().or(own)?))
        };
        Self(partner.into_iter().chain(settings.providers.iter().filter_map(of)).collect())
    }

    /// The texts in a language.
    pub(crate) fn in_language(&self, locale: Locale) -> BTreeMap<ProviderName, String> {
        let text = |label: &Label| match locale {
            Locale::zh_CN => label.chinese().to_owned(),
            Locale::en => label.english().to_owned(),
        };
        self.0.iter().map(|(name, label)| (name.clone(), text(label))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_provider_without_a_label_has_none_and_the_partner_its_own_name() {
        let text = "[[providers]]\nname = \"own\"\nkind = \"pricelist\"\npath = \"p.csv\"\n\
            [[providers]]\nname = \"two\"\nkind = \"pricelist\"\npath = \"q.csv\"\nlabel = \"Two\"\n";
        let account = |name: &str| matches!(name, "AHS_APP_ID" | "AHS_APP_SECRET").then(|| "x".to_owned());
        let settings = Settings::read_with(&account, text.as_bytes()).unwrap();
        let labels = Labels::of(&settings).in_language(Locale::zh_CN);
        let labels: Vec<(&str, &str)> =
            labels.iter().map(|(name, label)| (name.as_str(), label.as_str())).collect();
        assert_eq!(labels, [("aihuishou", "爱回收"), ("two", "Two")]);
        let sandbox = Labels::of(&Settings::read_with(&|_| None, b"").unwrap());
        assert_eq!(sandbox.in_language(Locale::en).len(), 3);
    }
}
