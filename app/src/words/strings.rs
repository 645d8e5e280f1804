//! The strings of all languages as typed functions, which `build.rs` makes of `locales/*.json`.

#[allow(missing_docs, unreachable_pub, unused_imports, dead_code, clippy::all, reason = "generated code")]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/i18n.rs"));
}

pub use generated::i18n::Locale;
pub(crate) use generated::i18n::td_string;
