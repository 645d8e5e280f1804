//! The wasm entry: wakes the islands of [`app`]; nothing else.

// Named, or the linker would leave the islands out.
use app as _;
use wasm_bindgen::prelude::wasm_bindgen;

/// Called by the page's loader once the wasm is there.
#[wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
