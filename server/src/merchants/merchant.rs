use std::sync::Arc;

use app::Locale;
use app::parts::accent::Accent;
use app::parts::document::Shop;
use app::parts::frame::Product;
use app::words::language;
use domain::{Category, Money, Quote, Term};
use jiff::civil::Date;

use super::{Logo, Origin, PageOrigin, TopUp, one_category, wrong};
use crate::settings::{MerchantSection, SettingsError};

/// A shop, or a group of shops, that embeds the widget.
#[derive(Clone, Debug, PartialEq)]
pub struct Merchant {
    /// `merchants.id`: its id, as it stands in the snippet and in addresses.
    pub id: String,
    /// `merchants.name`: its name, for people.
    pub name: String,
    /// `merchants.origins`: the sites that may frame the widget and hear of it.
    pub origins: Vec<Origin>,
    /// `merchants.locale`: the language where the snippet asks for none; else the reader's.
    pub locale: Option<Locale>,
    /// `merchants.theme`: `auto`, `light` or `dark`, where the snippet says nothing.
    pub theme: Option<&'static str>,
    /// `merchants.accent`: the shop's colour, where the snippet says nothing.
    pub accent: Option<Accent>,
    /// `merchants.logo`: the shop's picture.
    pub logo: Option<Logo>,
    /// `merchants.categories`: the kinds of old devices that the shop takes; one at least,
    /// and all of them when unset.
    pub categories: Arc<[Category]>,
    /// `merchants.coep`: whether the shop's pages are cross-origin isolated, so that what
    /// they frame has to allow it.
    pub coep: bool,
    /// `merchants.top_ups`: what the shop adds to the price of an old device.
    pub top_ups: Vec<TopUp>,
}

impl Merchant {
    /// The id of the merchant for trying things out, which anybody may know of.
    pub const DEMO: &str = "demo";

    /// What everybody starts with: a merchant whose pages may stand on this machine.
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
            top_ups: Vec::new(),
        }
    }

    /// Reads one `[[merchants]]`.
    ///
    /// # Errors
    /// [`SettingsError::Value`] names the key, and what it takes.
    pub(super) fn parse(section: MerchantSection) -> Result<Self, SettingsError> {
        let MerchantSection { id, name, origins, locale, theme, accent, logo, categories, coep, top_ups } =
            section;
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if id.is_empty() || id.len() > 40 || !id.chars().all(plain) {
            return Err(wrong("id", &id, &id, "1 to 40 lower-case letters, digits and hyphens"));
        }
        let origin =
            |text: &String| Origin::parse(text).ok_or_else(|| wrong("origins", &id, text, Origin::TAKES));
        let category = |text: &String| {
            Category::find(text).ok_or_else(|| wrong("categories", &id, text, &one_category()))
        };
        let categories = match categories {
            None => Category::ALL.into(),
            Some(named) if named.is_empty() => {
                return Err(wrong("categories", &id, "[]", &one_category()));
            }
            Some(named) => named.iter().map(category).collect::<Result<Arc<[_]>, _>>()?,
        };
        Ok(Self {
            origins: origins.iter().map(origin).collect::<Result<_, _>>()?,
            locale: read(&id, "locale", locale, &language::tags(), language::named)?,
            theme: read(&id, "theme", theme, "auto, light or dark", theme_named)?,
            accent: read(
                &id,
                "accent",
                accent,
                "a colour that one cannot see through, such as #0a7",
                Accent::parse,
            )?,
            logo: read(&id, "logo", logo, Logo::TAKES, Logo::parse)?,
            coep: coep.unwrap_or_default(),
            top_ups: top_ups
                .into_iter()
                .map(|top_up| {
                    TopUp::parse(top_up).map_err(|mistake| {
                        wrong(&format!("top_ups{}", mistake.key), &id, &mistake.value, &mistake.takes)
                    })
                })
                .collect::<Result<_, _>>()?,
            categories,
            name,
            id,
        })
    }

    /// Who may frame the merchant's pages: this site and the merchant's.
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

    /// Whether pages of `page` are the merchant's.
    pub fn admits(&self, page: &PageOrigin) -> bool {
        self.origins.iter().any(|origin| origin.admits(page))
    }

    /// Whether the merchant takes old devices of that category.
    pub fn takes(&self, category: Category) -> bool {
        self.categories.contains(&category)
    }

    /// What the merchant adds on `today`, in UTC+8, to the price of a device for whoever buys
    /// `product`: of the rules that fit, what the most generous one gives. `None` where none
    /// fits, and for a device that is worth nothing.
    pub fn top_up(&self, quote: &Quote, product: Option<&Product>, today: Date) -> Option<Money> {
        let amounts = self.top_ups.iter().filter_map(|rule| rule.amount(quote, product, today));
        amounts.max()
    }
}

/// Reads an optional key by `parse`.
fn read<T>(
    id: &str,
    key: &str,
    value: Option<String>,
    takes: &str,
    parse: impl FnOnce(&str) -> Option<T>,
) -> Result<Option<T>, SettingsError> {
    let Some(value) = value else { return Ok(None) };
    parse(value.trim()).map(Some).ok_or_else(|| wrong(key, id, &value, takes))
}

fn theme_named(text: &str) -> Option<&'static str> {
    ["auto", "light", "dark"].into_iter().find(|theme| *theme == text)
}
