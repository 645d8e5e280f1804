//! A buyer with the HTTP contract.

use std::num::NonZeroUsize;

use http_provider::{Address, Terms};
use provider::GradeWords;
use webhook_signing::WebhookSecret;

use super::grades;
use super::quota::Quota;
use super::section::HttpSection;
use super::surroundings::{InvalidProvider, Surroundings};
use crate::invalid_key::InvalidKey;
use crate::secret_key::SecretKeys;
use crate::settings::Way;

/// The most calls at the same time that a buyer may allow.
const MOST_PLACES: usize = 100;

/// A buyer with the HTTP contract, and how it is called.
#[derive(Clone, Debug)]
pub struct HttpSettings {
    /// `providers.url`: the base of its calls.
    pub address: Address,
    /// The secret that `secret_env` or `secret_file` names and, while it is replaced, the next one.
    pub secrets: Vec<WebhookSecret>,
    /// The way there.
    pub way: Way,
    /// `providers.daily_quota`, `shopper_reserve` and `search_share`.
    pub quota: Quota,
    /// `providers.places`: the most calls at the same time.
    pub places: NonZeroUsize,
    /// `providers.grades`: its words for grades; `None` if they are the trade's.
    pub grades: Option<GradeWords>,
}

impl HttpSettings {
    pub(super) fn parse(
        section: HttpSection,
        surroundings: &Surroundings<'_>,
    ) -> Result<Self, InvalidProvider> {
        let HttpSection { url, secret_env, secret_file, secret_next_env, secret_next_file, .. } = section;
        let HttpSection { daily_quota, shopper_reserve, search_share, places, grades, .. } = section;
        let address = Address::parse(&url).map_err(|error| {
            // The address may hold a password, so it is not shown.
            InvalidKey::new("url", "not such an address", format!("https://HOST/PATH; it {error}"))
        })?;
        let read = |file, variable| {
            let keys = SecretKeys { file, variable, looks: "a secret, whsec_…" };
            keys.read(surroundings.environment, |text| {
                WebhookSecret::parse(text).map_err(|error| error.to_string())
            })
        };
        let current = read(("secret_file", secret_file), ("secret_env", secret_env))?;
        let next = read(("secret_next_file", secret_next_file), ("secret_next_env", secret_next_env))?;
        let Some(current) = current else {
            let takes = "secret_file or secret_env: every call is signed";
            return Err(InvalidKey::new("", "without a secret", takes).into());
        };
        let places = match places {
            None => Terms::PLACES,
            Some(places) => {
                let read = usize::try_from(places).ok().filter(|places| *places <= MOST_PLACES);
                let wrong = || InvalidKey::new("places", places, format!("1 to {MOST_PLACES}"));
                read.and_then(NonZeroUsize::new).ok_or_else(wrong)?
            }
        };
        let host = address.url().host_str().unwrap_or_default();
        Ok(Self {
            way: (surroundings.way)(host, address.is_local())?,
            address,
            secrets: [current].into_iter().chain(next).collect(),
            quota: Quota::divide(daily_quota, shopper_reserve, search_share)?,
            places,
            grades: grades::words(grades)?,
        })
    }

    pub(super) fn is_same_but_secrets(&self, other: &Self) -> bool {
        let Self { address, secrets: _, way, quota, places, grades } = self;
        *address == other.address
            && *way == other.way
            && *quota == other.quota
            && *places == other.places
            && *grades == other.grades
    }
}
