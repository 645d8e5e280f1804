//! Calls the server functions, with the same fields that a plain form sends.

use domain::{CatalogueItem, Category, Term};
use gloo_net::http::Request;
use js_sys::{Array, JSON};
use web_sys::wasm_bindgen::JsValue;
use web_sys::{FormData, HtmlFormElement, UrlSearchParams};

use super::dom;
use super::json::{list, text};
use super::told::Told;
use crate::words::{Locale, language};

/// Asks for the price: returns the quote's id, or why there is none.
pub(super) async fn quote(locale: Locale, form: &HtmlFormElement) -> Result<String, Told> {
    let fields = FormData::new_with_form(form).ok();
    let body = fields.and_then(|fields| UrlSearchParams::new_with_str_sequence_sequence(&fields).ok());
    let (ok, answer) = post("/api/fn/quote", body).await.ok_or_else(|| Told::lost(locale))?;
    match text(&answer, "id") {
        Some(id) if ok => Ok(id),
        _ => Err(Told::read(&answer).unwrap_or_else(|| Told::lost(locale))),
    }
}

/// Searches for models: returns those found, or why there is no answer.
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
        fields.append("merchant", &dom::value("[name=merchant]"));
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

/// Whether it succeeded, and the answer; `None` if the answer was lost.
async fn post(address: &str, fields: Option<UrlSearchParams>) -> Option<(bool, JsValue)> {
    let request = Request::post(address).header("accept", "application/json").body(fields?).ok()?;
    let response = request.send().await.ok()?;
    let answer = response.text().await.ok()?;
    Some((response.ok(), JSON::parse(&answer).ok()?))
}
