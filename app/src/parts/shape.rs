//! The markup of the islands, written into each page for the script that starts them.

/// The elements that the form's islands draw themselves, in the order of the page: elements by name, texts as
/// `#`, comments as `!`. What the page puts into them is left out.
///
/// The wasm finds its places by counting nodes in that order, and a translator or a proxy may have changed
/// the page on its way. Therefore each page has this text in `data-shape`, and `public/islands.js` compares
/// it with the page before it starts the islands. It is here and not with the islands because every page has
/// it. A test of `shopper::form_page` compares it with what they draw.
pub(crate) const SHAPE: &str = "form(p(!)!leptos-children()div(button(#)p(#))) p(!)div(leptos-children())! !";
