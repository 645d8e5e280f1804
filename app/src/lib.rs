//! What people see: pages drawn on the server, islands that wake in the browser, and the
//! server functions between them.
//!
//! A page is a pure function of its data ([`pages`], `ssr` only). It reads without
//! JavaScript; an island ([`islands`]) brings the form to life where there is some.

/// The languages' strings, made by build.rs from `locales/*.json`.
#[allow(missing_docs, unreachable_pub, unused_imports, dead_code, clippy::all, reason = "generated code")]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/i18n.rs"));
}
pub(crate) use generated::i18n;

pub mod islands;
pub mod language;
pub mod words;

mod choice;
mod icon;
pub mod keyword;
pub mod step;

#[cfg(feature = "ssr")]
pub mod accent;
#[cfg(feature = "ssr")]
mod answers;
#[cfg(feature = "ssr")]
pub mod batch_text;
#[cfg(feature = "ssr")]
pub mod document;
#[cfg(feature = "ssr")]
pub mod form_query;
#[cfg(feature = "ssr")]
pub mod form_text;
#[cfg(feature = "ssr")]
pub mod frame;
#[cfg(feature = "ssr")]
pub mod functions;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
pub mod refusal;
#[cfg(feature = "ssr")]
pub mod report;

pub use i18n::Locale;
