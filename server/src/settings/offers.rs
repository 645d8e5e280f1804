//! How offers are signed, kept and reported.

use std::path::PathBuf;

use checkout::webhooks::Allowed;

use super::error::SettingsError;
use super::setting::{Setting, Unset};
use super::source::Source;

/// How offers are signed, kept and reported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferSettings {
    /// `TRADEIN_SIGNING_KEY_FILE`: the keys that sign offers. `None` for the file beside the database.
    pub signing_key_file: Option<PathBuf>,
    /// `TRADEIN_KEEP_OFFERS_DAYS`: days that offers and their events are kept, 30 at least, because a shop may
    /// ask for the events of 30 days.
    pub keep_days: u32,
    /// `TRADEIN_WEBHOOKS_ALLOW_PRIVATE`: whether webhooks may go to private addresses.
    pub webhooks_to_private: bool,
}

impl OfferSettings {
    /// To which addresses webhooks may go, of a sandbox or not.
    pub fn allowed(&self, sandbox: bool) -> Allowed {
        Allowed { private: self.webhooks_to_private, loopback: sandbox }
    }
}

const SIGNING_KEY_FILE: Setting = Setting {
    key: Some("offers.signing_key_file"),
    variable: "TRADEIN_SIGNING_KEY_FILE",
    unset: Unset::Means {
        english: "beside the database, made once", chinese: "在数据库旁，首次启动时生成"
    },
    takes: "the path of a file with Ed25519 keys in PEM (PKCS#8)",
    about: "the keys that sign offers (Ed25519, PKCS#8 PEM), made at the first start where the file is missing",
};
const KEEP_DAYS: Setting = Setting {
    key: Some("offers.keep_days"),
    variable: "TRADEIN_KEEP_OFFERS_DAYS",
    unset: Unset::Value("400"),
    takes: "whole days, 30 at least",
    about: "days that offers and their events are kept, 30 at least",
};
const WEBHOOKS_TO_PRIVATE: Setting = Setting {
    key: Some("offers.webhooks_allow_private"),
    variable: "TRADEIN_WEBHOOKS_ALLOW_PRIVATE",
    unset: Unset::Value("false"),
    takes: "true or false",
    about: "whether webhooks may go to private addresses, and by http, for development; a sandbox's may go to this machine in any case",
};

pub(super) const TABLE: &[Setting] = &[SIGNING_KEY_FILE, KEEP_DAYS, WEBHOOKS_TO_PRIVATE];

/// Reads them.
///
/// # Errors
/// The first that cannot be used.
pub(super) fn read(source: &Source<'_>) -> Result<OfferSettings, SettingsError> {
    Ok(OfferSettings {
        signing_key_file: source.optional(&SIGNING_KEY_FILE, |text| text.parse().ok())?,
        keep_days: source.value(&KEEP_DAYS, |text| text.parse().ok().filter(|days| *days >= 30))?,
        webhooks_to_private: source.parsed(&WEBHOOKS_TO_PRIVATE)?,
    })
}
