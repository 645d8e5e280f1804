//! An account of 爱回收 beside the one of the section `partner`.

use aihuishou::{Account, AppSecret, Profile};

use super::quota::Quota;
use super::section::AccountSection;
use super::surroundings::{InvalidProvider, Surroundings};
use crate::invalid_key::InvalidKey;
use crate::secret_key::SecretKeys;
use crate::settings::{PartnerSettings, Way};

/// The calls a day of an account whose section names no quota.
const DAILY_QUOTA: u32 = 2_000;

/// An account of 爱回收, and how it is called.
#[derive(Clone, Debug)]
pub struct AccountSettings {
    /// `providers.app_id`, with the secret that `secret_env` or `secret_file` names.
    pub account: Account,
    /// The second secret of a rotation, which `secret_next_env` or `secret_next_file` names.
    pub next: Option<Account>,
    /// `providers.url`: the base of the API.
    pub profile: Profile,
    /// The way there.
    pub way: Way,
    /// `providers.daily_quota`, `shopper_reserve` and `search_share`.
    pub quota: Quota,
    /// `providers.native_batch`: whether device lists ask for up to fifty devices in one call.
    pub native_batch: bool,
}

impl AccountSettings {
    pub(super) fn parse(
        section: AccountSection,
        surroundings: &Surroundings<'_>,
    ) -> Result<Self, InvalidProvider> {
        let AccountSection { app_id, secret_env, secret_file, secret_next_env, secret_next_file, .. } =
            section;
        if let Some((grade, word)) = section.grades.iter().next() {
            let takes = "no words here, since the API of 爱回收 has the trade's grades and no others: take `grades` out. \
                         The kinds http and pricelist can have it";
            return Err(InvalidKey::new("grades", format!("{grade} = {word}"), takes).into());
        }
        let AccountSection { url, daily_quota, shopper_reserve, search_share, native_batch, .. } = section;
        let read = |file, variable| {
            let keys = SecretKeys { file, variable, looks: "the account's secret" };
            keys.read(surroundings.environment, |text| {
                AppSecret::new(text).map_err(|error| error.to_string())
            })
        };
        let account = |secret| {
            let takes =
                |error: aihuishou::EmptyCredential| InvalidKey::new("app_id", &app_id, error.to_string());
            Account::new(app_id.trim(), secret).map_err(takes)
        };
        let current = read(("secret_file", secret_file), ("secret_env", secret_env))?;
        let next = read(("secret_next_file", secret_next_file), ("secret_next_env", secret_next_env))?;
        let Some(current) = current else {
            let takes = "secret_file or secret_env: every call is signed";
            return Err(InvalidKey::new("", "without a secret", takes).into());
        };
        let url = url.unwrap_or_else(|| Profile::PUBLIC_BASE.to_owned());
        let profile = Profile::v2(&url).map_err(|_| {
            let takes = "the base of the API: an https:// address (plain http:// only on this machine)";
            InvalidKey::new("url", "not such an address", takes)
        })?;
        Ok(Self {
            account: account(current)?,
            next: next.map(account).transpose()?,
            way: (surroundings.way)(profile.host(), profile.is_local())?,
            profile,
            quota: Quota::divide(Some(daily_quota.unwrap_or(DAILY_QUOTA)), shopper_reserve, search_share)?,
            native_batch: native_batch.unwrap_or_default(),
        })
    }

    /// The account of the section `partner`; `None` in sandbox mode.
    pub(crate) fn of_the_partner(settings: &PartnerSettings) -> Option<Self> {
        Some(Self::with(settings, settings.account.clone()?, settings.profile.clone()))
    }

    /// `account` at `profile`, with the terms of the section `partner`.
    pub(crate) fn with(settings: &PartnerSettings, account: Account, profile: Profile) -> Self {
        Self {
            account,
            next: settings.next.clone(),
            profile,
            way: settings.way.clone(),
            quota: Quota {
                daily: Some(settings.daily_quota),
                shopper_reserve: settings.shopper_reserve,
                search_share: settings.search_share,
            },
            native_batch: settings.native_batch,
        }
    }

    pub(super) fn is_same_but_secrets(&self, other: &Self) -> bool {
        let Self { account, next: _, profile, way, quota, native_batch } = self;
        account.app_id() == other.account.app_id()
            && *profile == other.profile
            && *way == other.way
            && *quota == other.quota
            && *native_batch == other.native_batch
    }
}
