//! What all instances on one database must have in common, as short hashes that each tells the others.

use std::fmt;

use checkout::keys::Jwks;
use secrecy::ExposeSecret;
use sha2::{Digest, Sha256};

use crate::providers::{ProviderKind, ProviderSettings};
use crate::settings::Settings;

/// A part that is not set, so that each instance makes its own.
const UNSET: &str = "unset";

/// What instances have in common: a name and a hash for each part, as in `operator=3f1a loader=77c2`.
///
/// A hash has 16 bits: enough to see that two instances differ, and too few to find a token by them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fingerprint([(&'static str, String); 4]);

impl Fingerprint {
    /// The fingerprint of a server with these settings, the loader with that hash, and those signing keys.
    pub(crate) fn of(settings: &Settings, loader: &str, keys: Option<&Jwks>) -> Self {
        let partner = &settings.partner;
        let calls = format!("{} {} {}", partner.daily_quota, partner.shopper_reserve, partner.search_share);
        let account = partner.account.as_ref().map(|account| account.app_id());
        let further: String = settings.providers.iter().map(described).collect();
        let token = settings.operator.token.as_ref().map(|token| token.expose_secret());
        let keys = keys.and_then(|keys| serde_json::to_string(keys).ok());
        let part = |name: &'static str, value: &str| (name, hash(name, value));
        Self([
            ("operator", token.map_or(UNSET.to_owned(), |token| hash("operator", token))),
            ("signing", keys.map_or(UNSET.to_owned(), |keys| hash("signing", &keys))),
            part("partner", &format!("{account:?} {} {calls}{further}", partner.profile.host())),
            part("loader", loader),
        ])
    }

    /// The names of the parts in which an instance that told `other` differs, or that are not set. The loader
    /// is of the program's version, so it counts only where `same_version`.
    pub(crate) fn differences(&self, other: &str, same_version: bool) -> Vec<&'static str> {
        let theirs = |name: &str| {
            other.split(' ').find_map(|part| part.split_once('=').filter(|(known, _)| *known == name))
        };
        let differs = |(name, own): &&(&'static str, String)| {
            own == UNSET || theirs(name).is_none_or(|(_, theirs)| theirs != own)
        };
        let counts = |(name, _): &&(&'static str, String)| same_version || *name != "loader";
        self.0.iter().filter(counts).filter(differs).map(|(name, _)| *name).collect()
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = self.0.iter().map(|(name, hash)| format!("{name}={hash}")).collect::<Vec<_>>();
        f.write_str(&parts.join(" "))
    }
}

/// What instances must have in common about a further provider.
fn described(provider: &ProviderSettings) -> String {
    let of = match &provider.kind {
        ProviderKind::Aihuishou(account) => {
            format!("{} {} {:?}", account.account.app_id(), account.profile.host(), account.quota)
        }
        ProviderKind::Http(http) => format!("{} {:?} {}", http.address.url(), http.quota, http.places),
        ProviderKind::PriceList(list) => format!("{} {:?}", list.holds, list.ways),
    };
    format!(" {} {of}", provider.name)
}

fn hash(name: &str, value: &str) -> String {
    let digest = Sha256::digest(format!("tradein {name} {value}"));
    digest.iter().take(2).map(|byte| format!("{byte:02x}")).collect()
}
