//! The content of the page of a model's value, and its addresses.

use desk::PriceOfDay;
use domain::{Category, Grade, Term};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::buyer::Buyer;
use super::variant::Variant;
use crate::parts::address::{in_path, query};
use crate::words::{self, Locale, language};

/// The variant and the grade that the page shows in detail, from its address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ValueQuery {
    /// A language tag, such as `en`; empty: the browser's.
    pub locale: String,
    /// `auto`, `light` or `dark`.
    pub theme: String,
    /// The storage.
    pub storage: String,
    /// The memory, for models that come with different ones.
    pub ram: String,
    /// The grade's word.
    pub condition: String,
}

/// The content of the page.
#[derive(Clone, Debug)]
pub struct ValuePage {
    /// The kind of device.
    pub category: Category,
    /// The brand, in the partner's spelling.
    pub brand: String,
    /// The model, in the partner's spelling.
    pub model: String,
    /// Its prices, the latest day first.
    pub history: Vec<PriceOfDay>,
    /// The buyers of the settings, in their order. Only their prices are in the history.
    pub buyers: Vec<Buyer>,
    /// What it shows in detail.
    pub asked: ValueQuery,
    /// Today, in UTC+8.
    pub today: Date,
    /// This server's address, such as `https://tradein.example`.
    pub host: String,
    /// The merchant whose widget estimates the visitor's own device.
    pub merchant: String,
}

/// How many days the page looks back, including today.
pub const DAYS: i32 = 30;

/// The address of a model's page.
pub fn path(category: &str, brand: &str, model: &str) -> String {
    // In a path, `+` is a plus.
    let segments = [category, brand, model].map(|it| in_path(it).replace('+', "%20"));
    format!("/value/{}", segments.join("/"))
}

impl ValuePage {
    /// The address of this page, without a query.
    pub(super) fn path(&self) -> String {
        path(self.category.word(), &self.brand, &self.model)
    }

    /// The model with its brand, in the reader's language.
    pub(super) fn name(&self, locale: Locale) -> String {
        words::device(locale, &self.brand, &self.model)
    }

    /// The address of this page with these details.
    pub(super) fn link(&self, locale: Locale, asked: &ValueQuery) -> String {
        let pairs = [
            ("locale", language::tag(locale)),
            ("theme", &asked.theme),
            ("storage", &asked.storage),
            ("ram", &asked.ram),
            ("condition", &asked.condition),
        ];
        format!("{}?{}", self.path(), query(pairs.into_iter().filter(|(_, value)| !value.is_empty())))
    }

    /// The address of the widget with the known answers filled in.
    pub(super) fn estimate(&self, locale: Locale, variant: Option<&Variant>, grade: Option<Grade>) -> String {
        let pairs = [
            ("locale", language::tag(locale)),
            ("device_type", self.category.word()),
            ("brand", &self.brand),
            ("model", &self.model),
            ("storage", variant.map_or("", |it| it.storage.as_str())),
            ("ram", variant.and_then(|it| it.ram.as_deref()).unwrap_or_default()),
            ("condition", grade.map_or("", |grade| grade.word())),
        ];
        let filled = pairs.into_iter().filter(|(_, value)| !value.is_empty());
        format!("/widget/{}?{}", in_path(&self.merchant), query(filled))
    }
}
