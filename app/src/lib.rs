//! What people see: pages drawn on the server, islands that wake in the browser, and the
//! server functions between them.
//!
//! One module for each audience: [`shopper`], [`marketer`], [`operator`] and [`everyone`]. They do not use
//! each other. What more than one of them draws with is in [`parts`], and all text in [`words`]. [`samples`]
//! draws the shopper's pages from sample data.
//!
//! A page is a pure function from data to HTML, and it works without JavaScript. The browser's half (feature
//! `hydrate`) has the islands and what they need, and nothing of the other audiences: their modules are not
//! even read, so a change there leaves the wasm as it is, byte for byte.

pub mod parts;
pub mod shopper;
pub mod words;

#[cfg(feature = "ssr")]
pub mod everyone;
#[cfg(feature = "ssr")]
pub mod marketer;
#[cfg(feature = "ssr")]
pub mod operator;
#[cfg(feature = "ssr")]
pub mod samples;

pub use words::strings::Locale;
