//! Reads JSON that the browser has parsed, so that the wasm needs no parser of its own.

use js_sys::{Array, Reflect};
use web_sys::wasm_bindgen::JsValue;

/// The text with that name; `None` if there is none.
pub(super) fn text(object: &JsValue, name: &str) -> Option<String> {
    Reflect::get(object, &name.into()).ok()?.as_string()
}

/// The list with that name; empty if there is none.
pub(super) fn list(object: &JsValue, name: &str) -> Array {
    Reflect::get(object, &name.into())
        .ok()
        .filter(Array::is_array)
        .map(|list| Array::from(&list))
        .unwrap_or_default()
}
