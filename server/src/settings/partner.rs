//! The partner: how it is called, how the day's quota is divided, and how long a shopper waits at most.

use std::time::Duration;

use aihuishou::{Account, Profile};

use super::account::{self, Accounts};
use super::error::SettingsError;
use super::setting::{Setting, Unset};
use super::source::Source;
use super::way::{self, Way};

/// Whom to ask for prices, and how often.
#[derive(Clone, Debug)]
pub struct PartnerSettings {
    /// `AHS_APP_ID`, with the secret of `AHS_APP_SECRET` or of the file that `AHS_APP_SECRET_FILE` names.
    /// `None` means sandbox mode.
    pub account: Option<Account>,
    /// `AHS_APP_SECRET_NEXT`, or the file that `AHS_APP_SECRET_NEXT_FILE` names: the second secret of a
    /// rotation.
    pub next: Option<Account>,
    /// `AHS_API_URL`: the base of the partner's API.
    pub profile: Profile,
    /// `AHS_PROXY`, else `HTTPS_PROXY` or `ALL_PROXY` with `NO_PROXY`: the way to the partner.
    pub way: Way,
    /// `AHS_DAILY_QUOTA`: calls a day.
    pub daily_quota: u32,
    /// `AHS_SHOPPER_RESERVE`: how many of the day's calls are kept for shoppers.
    pub shopper_reserve: u32,
    /// `AHS_SEARCH_SHARE`: how many of the day's calls may be searches.
    pub search_share: u32,
    /// `TRADEIN_DEADLINE_SECONDS`: the longest that a shopper waits.
    pub deadline: Duration,
    /// `AHS_NATIVE_BATCH`: whether device lists ask for up to fifty devices in one call, which needs a
    /// permission.
    pub native_batch: bool,
}

impl PartnerSettings {
    /// Whether everything except the secrets is the same as in `other` settings. Secrets take effect without
    /// a restart.
    pub(super) fn is_same_but_secrets(&self, other: &Self) -> bool {
        let Self {
            account,
            next: _,
            profile,
            way,
            daily_quota,
            shopper_reserve,
            search_share,
            deadline,
            native_batch,
        } = self;
        account.is_some() == other.account.is_some()
            && *profile == other.profile
            && *way == other.way
            && *daily_quota == other.daily_quota
            && *shopper_reserve == other.shopper_reserve
            && *search_share == other.search_share
            && *deadline == other.deadline
            && *native_batch == other.native_batch
    }
}

const URL: Setting = Setting {
    key: Some("partner.url"),
    variable: "AHS_API_URL",
    unset: Unset::Value(Profile::PUBLIC_BASE),
    takes: "the base of the partner's API: an https:// address (plain http:// only on this machine)",
    about: "base of the partner's API; plain `http` only on this machine",
};
const DAILY_QUOTA: Setting = Setting {
    key: Some("partner.daily_quota"),
    variable: "AHS_DAILY_QUOTA",
    unset: Unset::Value("2000"),
    takes: "a whole number of calls",
    about: "calls a day; none is made beyond it",
};
const SHOPPER_RESERVE: Setting = Setting {
    key: Some("partner.shopper_reserve"),
    variable: "AHS_SHOPPER_RESERVE",
    unset: Unset::A_FIFTH,
    takes: "a whole number of calls",
    about: "of these, calls that only shoppers may spend",
};
const SEARCH_SHARE: Setting = Setting {
    key: Some("partner.search_share"),
    variable: "AHS_SEARCH_SHARE",
    unset: Unset::A_FIFTH,
    takes: "a whole number of calls",
    about: "of a day's calls, those that searches for a model may take; prices go on without them",
};
const DEADLINE: Setting = Setting {
    key: Some("partner.deadline_seconds"),
    variable: "TRADEIN_DEADLINE_SECONDS",
    unset: Unset::Value("8"),
    takes: "whole seconds from 1 to 60",
    about: "the longest a shopper waits, 1 to 60",
};
const NATIVE_BATCH: Setting = Setting {
    key: Some("partner.native_batch"),
    variable: "AHS_NATIVE_BATCH",
    unset: Unset::Value("false"),
    takes: "true or false",
    about: "`true`: device lists ask for up to 50 devices in one call, which needs a permission",
};

pub(super) const TABLE: &[Setting] =
    &[URL, DAILY_QUOTA, SHOPPER_RESERVE, SEARCH_SHARE, DEADLINE, NATIVE_BATCH];

/// Reads them, with the account and the way to the partner.
///
/// # Errors
/// The first that cannot be used.
pub(super) fn read(source: &Source<'_>) -> Result<PartnerSettings, SettingsError> {
    let profile = source.value(&URL, |text| Profile::v2(text).ok())?;
    let Accounts { current: account, next } = account::read(source)?;
    let way = way::read(source, account.as_ref().map(|_| &profile))?;
    let daily_quota = source.parsed(&DAILY_QUOTA)?;
    Ok(PartnerSettings {
        account,
        next,
        profile,
        way,
        daily_quota,
        shopper_reserve: share(source, &SHOPPER_RESERVE, daily_quota)?.unwrap_or(daily_quota / 5),
        search_share: share(source, &SEARCH_SHARE, daily_quota)?.unwrap_or((daily_quota / 5).max(1)),
        deadline: source.value(&DEADLINE, |text| {
            text.parse::<u64>().ok().filter(|seconds| (1..=60).contains(seconds)).map(Duration::from_secs)
        })?,
        native_batch: source.parsed(&NATIVE_BATCH)?,
    })
}

/// A number of the day's calls; `None` if it is unset.
fn share(source: &Source<'_>, setting: &Setting, daily_quota: u32) -> Result<Option<u32>, SettingsError> {
    let takes = format!("{}, {daily_quota} (the day's quota) at most", setting.takes);
    let read = |text: &str| text.parse::<u32>().ok().filter(|calls| *calls <= daily_quota);
    source.given(setting).map(|given| given.read(&takes, read)).transpose()
}
