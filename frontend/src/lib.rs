//! The wasm entry: starts the islands of [`app`], and nothing else.

// Named, or the linker would leave the islands out.
use app as _;
use wasm_bindgen::prelude::wasm_bindgen;

/// Called by `public/islands.js` when the wasm has loaded.
#[wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
