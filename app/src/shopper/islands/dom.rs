//! Helpers for elements of the page: find, read and focus them.

use leptos::prelude::document;
use web_sys::wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement};

/// The first element that matches `selector`.
pub(super) fn find<E: JsCast>(selector: &str) -> Option<E> {
    document().query_selector(selector).ok()??.dyn_into().ok()
}

/// Calls `act` with each element that matches `selector`.
pub(super) fn each(selector: &str, mut act: impl FnMut(Element)) {
    let Ok(all) = document().query_selector_all(selector) else { return };
    for element in (0..all.length()).filter_map(|position| all.get(position)?.dyn_into().ok()) {
        act(element);
    }
}

/// The element of an event or the nearest one around it that matches `selector`.
pub(super) fn touched(event: &Event, selector: &str) -> Option<HtmlElement> {
    event.target()?.dyn_into::<Element>().ok()?.closest(selector).ok()??.dyn_into().ok()
}

/// The text of the field that matches `selector`; empty if the page has no such field.
pub(super) fn value(selector: &str) -> String {
    find::<HtmlInputElement>(selector).map(|field| field.value()).unwrap_or_default()
}

/// Moves the focus to the element that matches `selector`, if there is one.
pub(super) fn focus(selector: &str) {
    if let Some(element) = find::<HtmlElement>(selector) {
        let _ = element.focus();
    }
}
