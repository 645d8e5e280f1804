//! The companies that buy devices and whose prices merchants may use, as `[[providers]]` of the settings name them.

mod account;
mod grades;
mod http;
mod labels;
mod price_list;
mod quota;
mod sandboxes;
mod section;
mod surroundings;
#[cfg(test)]
mod tests;

use std::fmt;

use domain::{Label, ProviderName};

pub use self::account::AccountSettings;
pub use self::http::HttpSettings;
pub(crate) use self::labels::Labels;
pub use self::price_list::PriceListSettings;
pub(crate) use self::sandboxes::{PAYING, SAMPLE, SANDBOXES};
use self::section::LabelSection;
pub(crate) use self::section::ProviderSection;
pub(crate) use self::surroundings::{InvalidProvider, Surroundings};
use crate::invalid_key::InvalidKey;

/// One provider, checked.
#[derive(Clone, Debug)]
pub struct ProviderSettings {
    /// `providers.name`: its name in quotes, audit, metrics and reports.
    pub name: ProviderName,
    /// `providers.label`: what shoppers read instead of the name.
    pub label: Option<Label>,
    /// What kind of provider it is, and how it is asked.
    pub kind: ProviderKind,
}

/// How a provider is asked.
#[derive(Clone, Debug)]
pub enum ProviderKind {
    /// An account of 爱回收.
    Aihuishou(AccountSettings),
    /// A dealer's own list of prices.
    PriceList(PriceListSettings),
    /// A buyer with the HTTP contract.
    Http(HttpSettings),
}

/// Reads the `[[providers]]`. `taken` is the name of the provider of the section `partner`, if there is one.
///
/// # Errors
/// A key that cannot be used, and a name, an account or a file that is given twice.
pub(crate) fn parse(
    sections: Vec<ProviderSection>,
    taken: Option<&str>,
    surroundings: &Surroundings<'_>,
) -> Result<Vec<ProviderSettings>, InvalidProvider> {
    let mut all: Vec<ProviderSettings> = Vec::with_capacity(sections.len());
    for section in sections {
        let written = section.name().to_owned();
        let provider = ProviderSettings::parse(section, surroundings).map_err(|invalid| match invalid {
            InvalidProvider::Key(key) => InvalidProvider::Key(key.of_provider(&written)),
            InvalidProvider::Setting(_) => invalid,
        })?;
        let is_taken = |name: &ProviderName| taken == Some(name.as_str());
        if is_taken(&provider.name) || all.iter().any(|other| other.name == provider.name) {
            let takes = "a name that no other provider has (`aihuishou` is the one of the section `partner`)";
            return Err(InvalidKey::new("name", &written, takes).of_provider(&written).into());
        }
        if let ProviderKind::Aihuishou(account) = &provider.kind
            && all.iter().any(|other| other.kind.has_account(account.account.app_id()))
        {
            let takes = "an account that no other provider has, since its quota is counted once";
            let id = account.account.app_id();
            return Err(InvalidKey::new("app_id", id, takes).of_provider(&written).into());
        }
        all.push(provider);
    }
    Ok(all)
}

impl ProviderSection {
    fn name(&self) -> &str {
        match self {
            Self::Aihuishou(section) => &section.name,
            Self::Pricelist(section) => &section.name,
            Self::Http(section) => &section.name,
        }
    }
}

impl ProviderSettings {
    fn parse(section: ProviderSection, surroundings: &Surroundings<'_>) -> Result<Self, InvalidProvider> {
        let written = section.name().to_owned();
        let (label, kind) = match section {
            ProviderSection::Aihuishou(mut section) => {
                let label = section.label.take();
                (label, ProviderKind::Aihuishou(AccountSettings::parse(section, surroundings)?))
            }
            ProviderSection::Pricelist(mut section) => {
                let label = section.label.take();
                (label, ProviderKind::PriceList(PriceListSettings::parse(section)?))
            }
            ProviderSection::Http(mut section) => {
                let label = section.label.take();
                (label, ProviderKind::Http(HttpSettings::parse(section, surroundings)?))
            }
        };
        let name = ProviderName::parse(&written)
            .map_err(|error| InvalidKey::new("name", &written, error.to_string()))?;
        Ok(Self { name, label: label.map(read_label).transpose()?, kind })
    }

    /// Whether everything but the secrets is the same as in `other` settings.
    pub(crate) fn is_same_but_secrets(&self, other: &Self) -> bool {
        let Self { name, label, kind } = self;
        *name == other.name && *label == other.label && kind.is_same_but_secrets(&other.kind)
    }
}

impl ProviderKind {
    /// Whether it has secrets, which can change while the server runs.
    pub(crate) fn has_secrets(&self) -> bool {
        match self {
            Self::Aihuishou(_) | Self::Http(_) => true,
            Self::PriceList(_) => false,
        }
    }

    fn has_account(&self, app_id: &str) -> bool {
        matches!(self, Self::Aihuishou(account) if account.account.app_id() == app_id)
    }

    fn is_same_but_secrets(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Aihuishou(one), Self::Aihuishou(other)) => one.is_same_but_secrets(other),
            (Self::PriceList(one), Self::PriceList(other)) => one == other,
            (Self::Http(one), Self::Http(other)) => one.is_same_but_secrets(other),
            (Self::Aihuishou(_) | Self::PriceList(_) | Self::Http(_), _) => false,
        }
    }
}

impl fmt::Display for ProviderKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Aihuishou(_) => "aihuishou",
            Self::PriceList(_) => "pricelist",
            Self::Http(_) => "http",
        })
    }
}

fn read_label(label: LabelSection) -> Result<Label, InvalidKey> {
    let (chinese, english) = match label {
        LabelSection::One(text) => (text.clone(), text),
        LabelSection::Each { chinese, english } => (chinese, english),
    };
    Label::parse(&chinese, &english).map_err(|_| {
        let takes =
            format!("a text of 1 to {} characters, or one for each of zh-CN and en", Label::MAX_CHARS);
        InvalidKey::new("label", format!("{chinese} / {english}"), takes)
    })
}
