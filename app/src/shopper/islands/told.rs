//! A failure as the islands show it.

use domain::{Field, FieldError};
use leptos::prelude::window;
use web_sys::wasm_bindgen::JsValue;

use super::json::{list, text};
use crate::words::{self, Locale, td_string};

/// A failure in words: why there is no price, or no answer to a search.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Told {
    /// The code, from the closed list.
    pub(super) code: String,
    /// What happened.
    pub(super) message: String,
    /// What to do next.
    pub(super) next: String,
    /// The fields to correct, by name, and how.
    pub(super) fields: Vec<(String, String)>,
}

impl Told {
    /// Mistakes that the form found itself, before anything was sent.
    pub(super) fn invalid(locale: Locale, errors: Vec<FieldError>) -> Self {
        let told = |error: FieldError| (error.field.name().to_owned(), words::problem(locale, error));
        Self {
            code: "invalid_input".to_owned(),
            message: td_string!(locale, failure.invalid_input).to_owned(),
            next: String::new(),
            fields: words::foremost(errors).into_iter().map(told).collect(),
        }
    }

    /// The call or its answer was lost.
    pub(super) fn lost(locale: Locale) -> Self {
        let (message, next) = if window().navigator().on_line() {
            (
                td_string!(locale, failure.partner_unavailable),
                td_string!(locale, failure.partner_unavailable_next),
            )
        } else {
            (td_string!(locale, failure.offline), td_string!(locale, failure.offline_next))
        };
        let code = "partner_unavailable".to_owned();
        Self { code, message: message.to_owned(), next: next.to_owned(), fields: Vec::new() }
    }

    /// The failure in the server's answer; `None` if the answer is not a failure.
    pub(super) fn read(answer: &JsValue) -> Option<Self> {
        let field = |field: JsValue| Some((text(&field, "field")?, text(&field, "message")?));
        Some(Self {
            code: text(answer, "code")?,
            message: text(answer, "message")?,
            next: text(answer, "next").unwrap_or_default(),
            fields: list(answer, "fields").iter().filter_map(field).collect(),
        })
    }

    /// What is wrong with `field`; empty if nothing is.
    pub(super) fn of(&self, field: Field) -> &str {
        let own = self.fields.iter().find(|(name, _)| name == field.name());
        own.map_or("", |(_, message)| message.as_str())
    }
}
