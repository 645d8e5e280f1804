//! Asking the server, with the same fields that a plain form sends.

use domain::{CatalogueItem, Category, Field, FieldError, Term};
use gloo_net::http::Request;
use js_sys::{Array, JSON, Reflect};
use leptos::prelude::window;
use web_sys::wasm_bindgen::JsValue;
use web_sys::{FormData, HtmlFormElement, UrlSearchParams};

use crate::shopper::islands::page;
use crate::words::{self, Locale, language, td_string};

/// Why there is no price, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Told {
    /// One of the closed list.
    pub(super) code: String,
    /// What happened.
    pub(super) message: String,
    /// What to do next.
    pub(super) next: String,
    /// Fields to mend, by name, and how.
    pub(super) fields: Vec<(String, String)>,
}

impl Told {
    /// What the form itself found wrong.
    pub(super) fn invalid(locale: Locale, errors: Vec<FieldError>) -> Self {
        let told = |error: FieldError| (error.field.name().to_owned(), words::problem(locale, error));
        Self {
            code: "invalid_input".to_owned(),
            message: td_string!(locale, failure.invalid_input).to_owned(),
            next: String::new(),
            fields: words::foremost(errors).into_iter().map(told).collect(),
        }
    }

    /// The call or its answer got lost on the way.
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

    fn read(answer: &JsValue) -> Option<Self> {
        let field = |field: JsValue| Some((text(&field, "field")?, text(&field, "message")?));
        Some(Self {
            code: text(answer, "code")?,
            message: text(answer, "message")?,
            next: text(answer, "next").unwrap_or_default(),
            fields: list(answer, "fields").iter().filter_map(field).collect(),
        })
    }

    /// What is wrong with `field`; empty while nothing is.
    pub(super) fn of(&self, field: Field) -> &str {
        let own = self.fields.iter().find(|(name, _)| name == field.name());
        own.map_or("", |(_, message)| message.as_str())
    }
}

/// Asks what the device is worth: the quote's id, or why there is none.
pub(super) async fn quote(locale: Locale, form: &HtmlFormElement) -> Result<String, Told> {
    let fields = FormData::new_with_form(form).ok();
    let body = fields.and_then(|fields| UrlSearchParams::new_with_str_sequence_sequence(&fields).ok());
    let (ok, answer) = post("/api/fn/quote", body).await.ok_or_else(|| Told::lost(locale))?;
    match text(&answer, "id") {
        Some(id) if ok => Ok(id),
        _ => Err(Told::read(&answer).unwrap_or_else(|| Told::lost(locale))),
    }
}

/// Looks models up: those that fit, or why there is no answer.
pub(super) async fn search(
    locale: Locale,
    keyword: &str,
    category: Option<Category>,
) -> Result<Vec<CatalogueItem>, Told> {
    let fields = UrlSearchParams::new().ok();
    if let Some(fields) = &fields {
        fields.append("keyword", keyword);
        fields.append("device_type", category.map(Category::word).unwrap_or_default());
        fields.append("locale", language::tag(locale));
        fields.append("merchant", &page::value("[name=merchant]"));
    }
    let (ok, answer) = post("/api/fn/search", fields).await.ok_or_else(|| Told::lost(locale))?;
    if !ok {
        return Err(Told::read(&answer).unwrap_or_else(|| Told::lost(locale)));
    }
    let sizes = |item: &JsValue, name| list(item, name).iter().filter_map(|size| size.as_string()).collect();
    let item = |item: JsValue| {
        Some(CatalogueItem {
            device_type: Category::find(&text(&item, "device_type")?)?,
            brand: text(&item, "brand")?,
            model: text(&item, "model")?,
            storages: sizes(&item, "storages"),
            rams: sizes(&item, "rams"),
        })
    };
    Ok(Array::from(&answer).iter().filter_map(item).collect())
}

/// Whether it went well, and what was answered; `None` when that got lost.
async fn post(address: &str, fields: Option<UrlSearchParams>) -> Option<(bool, JsValue)> {
    let request = Request::post(address).header("accept", "application/json").body(fields?).ok()?;
    let response = request.send().await.ok()?;
    let answer = response.text().await.ok()?;
    Some((response.ok(), JSON::parse(&answer).ok()?))
}

fn text(object: &JsValue, name: &str) -> Option<String> {
    Reflect::get(object, &name.into()).ok()?.as_string()
}

fn list(object: &JsValue, name: &str) -> Array {
    Reflect::get(object, &name.into())
        .ok()
        .filter(Array::is_array)
        .map(|list| Array::from(&list))
        .unwrap_or_default()
}
