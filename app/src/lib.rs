//! The pages: drawn on the server, with islands that start in the browser, and server functions between the
//! two.
//!
//! There is one module for each audience: [`shopper`], [`marketer`], [`developer`], [`operator`] and
//! [`everyone`]. They do
//! not use each other. Parts that several of them use are in [`parts`], and all text is in [`words`].
//! [`samples`] draws the shopper's pages from sample data.
//!
//! A page is a pure function from data to HTML, and it works without JavaScript. The browser's part (feature
//! `hydrate`) contains the islands and what they need, and nothing of the other audiences: the compiler does
//! not read their modules, so a change there leaves the wasm the same, byte for byte.

pub mod parts;
pub mod shopper;
pub mod words;

#[cfg(feature = "ssr")]
pub mod developer;
#[cfg(feature = "ssr")]
pub mod everyone;
#[cfg(feature = "ssr")]
pub mod marketer;
#[cfg(feature = "ssr")]
pub mod operator;
#[cfg(feature = "ssr")]
pub mod samples;

pub use words::strings::Locale;
