//! One merchant, checked.

use std::sync::Arc;

use app::Locale;
use app::parts::accent::Accent;
use app::parts::document::Shop;
use app::parts::frame::Product;
use app::words::language;
use desk::{Desks, Selected};
use domain::{Category, Money, ProviderName, Quote, Term as _};
use jiff::civil::Date;

use super::category::{self, category};
use super::logo::Logo;
use super::origin::{Origin, PageOrigin};
use super::section::MerchantSection;
use super::top_up::TopUp;
use super::webhook::{self, Surroundings, Webhook};
use crate::invalid_key::InvalidKey;

/// A shop, or a group of shops, that embeds the widget.
#[derive(Clone, Debug, PartialEq)]
pub struct Merchant {
    /// `merchants.id`: its id, as in the snippet and in addresses.
    pub id: String,
    /// `merchants.name`: its name, for people.
    pub name: String,
    /// `merchants.origins`: the sites that may frame the widget and receive its events.
    pub origins: Vec<Origin>,
    /// `merchants.locale`: the language where the snippet names none. Where it is unset, the reader's.
    pub locale: Option<Locale>,
    /// `merchants.theme`: `auto`, `light` or `dark`, where the snippet names none.
    pub theme: Option<&'static str>,
    /// `merchants.accent`: the shop's colour, where the snippet names none.
    pub accent: Option<Accent>,
    /// `merchants.logo`: the shop's picture.
    pub logo: Option<Logo>,
    /// `merchants.categories`: the kinds of old devices that the shop takes; one at least, and all where it is
    /// unset.
    pub categories: Arc<[Category]>,
    /// `merchants.coep`: whether the shop's pages are cross-origin isolated. Then the pages that they frame must
    /// allow it.
    pub coep: bool,
    /// `merchants.providers`: whose prices its shoppers get, in this order; empty for the first provider alone.
    pub providers: Vec<ProviderName>,
    /// `merchants.compare`: whether all of them are asked, and the best price is given with the others. Otherwise the
    /// first that answers gives the price.
    pub compare: bool,
    /// `merchants.top_ups`: what the shop adds to the price of an old device.
    pub top_ups: Vec<TopUp>,
    /// `merchants.webhooks`: where the merchant's events are sent to.
    pub webhooks: Vec<Webhook>,
}

impl Merchant {
    /// The id of the merchant for trying things out. It is public.
    pub const DEMO: &str = "demo";
    /// The id of the merchant for trying out a comparison.
    pub const COMPARING_DEMO: &str = "compare";

    /// The merchant of a server without merchants in its settings. Its pages are on this machine only.
    pub(super) fn demo() -> Self {
        let origins = ["http://localhost:*", "http://127.0.0.1:*", "https://localhost:*"];
        Self {
            id: Self::DEMO.to_owned(),
            name: "Demo".to_owned(),
            origins: origins.into_iter().filter_map(Origin::parse).collect(),
            locale: None,
            theme: None,
            accent: None,
            logo: None,
            categories: Category::ALL.into(),
            coep: false,
            providers: Vec::new(),
            compare: false,
            top_ups: Vec::new(),
            webhooks: Vec::new(),
        }
    }

    /// A second demo, whose shoppers see the prices of all `providers`.
    pub(super) fn comparing_demo(providers: &[ProviderName]) -> Self {
        Self {
            id: Self::COMPARING_DEMO.to_owned(),
            name: "Demo, all buyers".to_owned(),
            providers: providers.to_vec(),
            compare: true,
            ..Self::demo()
        }
    }

    /// Reads one `[[merchants]]`.
    ///
    /// # Errors
    /// A key that cannot be used, with the merchant's id.
    pub(super) fn parse(
        section: MerchantSection,
        surroundings: &Surroundings<'_>,
    ) -> Result<Self, InvalidKey> {
        let id = section.id.clone();
        Self::read(section, surroundings).map_err(|invalid| invalid.of_merchant(&id))
    }

    fn read(section: MerchantSection, surroundings: &Surroundings<'_>) -> Result<Self, InvalidKey> {
        let MerchantSection { id, name, origins, locale, theme, accent, logo, .. } = section;
        let MerchantSection { categories, coep, providers, compare, top_ups, webhooks, .. } = section;
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if id.is_empty() || id.len() > 40 || !id.chars().all(plain) {
            return Err(InvalidKey::new("id", id, "1 to 40 lower-case letters, digits and hyphens"));
        }
        let origin = |text: &String| {
            Origin::parse(text).ok_or_else(|| InvalidKey::new("origins", text, Origin::TAKES))
        };
        let categories = match categories {
            None => Category::ALL.into(),
            Some(named) if named.is_empty() => {
                return Err(InvalidKey::new("categories", "[]", category::takes()));
            }
            Some(named) => {
                named.iter().map(|text| category("categories", text)).collect::<Result<Arc<[_]>, _>>()?
            }
        };
        let opaque = "a colour that is not transparent, such as #0a7";
        let top_up = |section| TopUp::parse(section).map_err(|invalid| invalid.in_list("top_ups"));
        Ok(Self {
            origins: origins.iter().map(origin).collect::<Result<_, _>>()?,
            locale: read("locale", locale, &language::tags(), language::named)?,
            theme: read("theme", theme, "auto, light or dark", theme_named)?,
            accent: read("accent", accent, opaque, Accent::parse)?,
            logo: read("logo", logo, Logo::TAKES, Logo::parse)?,
            coep: coep.unwrap_or_default(),
            providers: named(&providers, surroundings.providers)?,
            compare: compare.unwrap_or_default(),
            top_ups: top_ups.into_iter().map(top_up).collect::<Result<_, _>>()?,
            webhooks: webhook::parse(webhooks, surroundings)
                .map_err(|invalid| invalid.in_list("webhooks"))?,
            categories,
            name,
            id,
        })
    }

    /// The desks of the providers whose prices its shoppers get.
    pub(crate) fn desks(&self, desks: &Desks) -> Selected {
        desks.select(&self.providers, self.compare, Some(self.id.as_str().into()))
    }

    /// The sites that may frame the merchant's pages, as sources of a content security policy: ours and the
    /// merchant's.
    pub fn sources(&self) -> String {
        let mut sources = "'self'".to_owned();
        for origin in &self.origins {
            sources.push(' ');
            sources.push_str(origin.as_str());
        }
        sources
    }

    /// What pages show of the merchant.
    pub(crate) fn as_drawn(&self) -> Shop {
        Shop {
            id: self.id.clone(),
            name: self.name.clone(),
            logo: self.logo.as_ref().map(|logo| logo.address().to_owned()),
            categories: Arc::clone(&self.categories),
        }
    }

    /// Whether a page of that origin is one of the merchant's.
    pub fn admits(&self, page: &PageOrigin) -> bool {
        self.origins.iter().any(|origin| origin.admits(page))
    }

    /// Whether the merchant takes old devices of that category.
    pub fn takes(&self, category: Category) -> bool {
        self.categories.contains(&category)
    }

    /// What the merchant adds to the price of a device, in fen: the most that one of its rules gives. A rule may
    /// depend on `today` (in UTC+8) and on the new `product`. `None` if no rule fits, and for a device that is
    /// worth nothing.
    pub fn top_up(&self, quote: &Quote, product: Option<&Product>, today: Date) -> Option<Money> {
        let amounts = self.top_ups.iter().filter_map(|rule| rule.amount(quote, product, today));
        amounts.max()
    }
}

/// Reads an optional key by `parse`.
fn read<T>(
    key: &str,
    value: Option<String>,
    takes: &str,
    parse: impl FnOnce(&str) -> Option<T>,
) -> Result<Option<T>, InvalidKey> {
    let Some(value) = value else { return Ok(None) };
    parse(value.trim()).map(Some).ok_or_else(|| InvalidKey::new(key, value, takes))
}

/// The providers that a merchant names.
fn named(names: &[String], known: &[ProviderName]) -> Result<Vec<ProviderName>, InvalidKey> {
    let mut named: Vec<ProviderName> = Vec::with_capacity(names.len());
    for text in names {
        let found = known.iter().find(|name| name.as_str() == text.trim());
        let takes = || {
            let known: Vec<&str> = known.iter().map(ProviderName::as_str).collect();
            format!("names of providers, each once: {}", known.join(", "))
        };
        let name = found.filter(|name| !named.contains(name));
        named.push(name.ok_or_else(|| InvalidKey::new("providers", text, takes()))?.clone());
    }
    Ok(named)
}

fn theme_named(text: &str) -> Option<&'static str> {
    ["auto", "light", "dark"].into_iter().find(|theme| *theme == text)
}
