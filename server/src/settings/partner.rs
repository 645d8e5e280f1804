//! The partner: account, quota, and what a shopper waits for at most.

use std::time::Duration;

use aihuishou::{Account, Profile};

use super::SettingsError;
use super::file::{PartnerSection, Reader};
use super::secret::{Flaw, SecretNames, read_secret, visible};
use super::way::{Way, read_way};

/// Whom to ask for prices.
#[derive(Clone, Debug)]
pub struct PartnerSettings {
    /// `partner.app_id`, `AHS_APP_ID`, with the secret of `AHS_APP_SECRET` or of the file
    /// named by `partner.secret_file`, `AHS_APP_SECRET_FILE`. Without: sandbox mode.
    pub account: Option<Account>,
    /// `AHS_APP_SECRET_NEXT`, or the file named by `partner.secret_next_file`,
    /// `AHS_APP_SECRET_NEXT_FILE`: the second secret of a rotation.
    pub next: Option<Account>,
    /// `partner.url`, `AHS_API_URL`: the base of the partner's API.
    pub profile: Profile,
    /// `partner.proxy`, `AHS_PROXY`, else `HTTPS_PROXY` or `ALL_PROXY` with `NO_PROXY`: the way to the
    /// partner.
    pub way: Way,
    /// `partner.daily_quota`, `AHS_DAILY_QUOTA`: calls a day.
    pub daily_quota: u32,
    /// `partner.shopper_reserve`, `AHS_SHOPPER_RESERVE`: of these, calls that only shoppers
    /// may spend; a fifth when unset.
    pub shopper_reserve: u32,
    /// `partner.search_share`, `AHS_SEARCH_SHARE`: of the day's calls, those that searches may take;
    /// a fifth, and 1 at least, when unset.
    pub search_share: u32,
    /// `partner.deadline_seconds`, `TRADEIN_DEADLINE_SECONDS`: the longest a shopper waits.
    pub deadline: Duration,
    /// `partner.native_batch`, `AHS_NATIVE_BATCH`: whether device lists ask for up to fifty
    /// devices in one call, which needs a permission.
    pub native_batch: bool,
}

/// Reads the section of the partner.
pub(super) fn read_partner(
    reader: &Reader<'_>,
    file: PartnerSection,
) -> Result<PartnerSettings, SettingsError> {
    let base = reader.text("AHS_API_URL", file.url).unwrap_or_else(|| Profile::PUBLIC_BASE.to_owned());
    let profile = Profile::v2(&base).map_err(|error| SettingsError::Value {
        name: reader.name("AHS_API_URL", "partner.url"),
        value: base,
        takes: format!("the base of the partner's API: it {error}"),
    })?;
    let account = account(reader, file.app_id, file.secret_file)?;
    let way = read_way(reader, file.proxy, account.as_ref().map(|_| &profile))?;
    let next = match (&account, read_secret(reader, SecretNames::NEXT, file.secret_next_file)?) {
        (Some(account), Some(secret)) => Account::new(account.app_id(), secret).ok(),
        (None, Some(_)) => {
            return Err(SettingsError::Account(
                "AHS_APP_SECRET_NEXT is set, but no account that it could follow on",
            ));
        }
        (_, None) => None,
    };
    let daily_quota = reader
        .parse(
            "AHS_DAILY_QUOTA",
            "partner.daily_quota",
            file.daily_quota.map(|calls| calls.to_string()),
            "a whole number of calls",
        )?
        .unwrap_or(2_000);
    let shopper_reserve = reader
        .convert(
            "AHS_SHOPPER_RESERVE",
            "partner.shopper_reserve",
            file.shopper_reserve.map(|calls| calls.to_string()),
            &format!("a whole number of calls, {daily_quota} (the day's quota) at most"),
            |text| text.parse().ok().filter(|calls| *calls <= daily_quota),
        )?
        .unwrap_or(daily_quota / 5);
    let search_share = reader
        .convert(
            "AHS_SEARCH_SHARE",
            "partner.search_share",
            file.search_share.map(|calls| calls.to_string()),
            &format!("a whole number of calls, {daily_quota} (the day's quota) at most"),
            |text| text.parse().ok().filter(|calls| *calls <= daily_quota),
        )?
        .unwrap_or((daily_quota / 5).max(1));
    let longest = |seconds: u64| (1..=60).contains(&seconds).then_some(Duration::from_secs(seconds));
    let deadline = reader
        .convert(
            "TRADEIN_DEADLINE_SECONDS",
            "partner.deadline_seconds",
            file.deadline_seconds.map(|seconds| seconds.to_string()),
            "whole seconds from 1 to 60",
            |text| text.parse().ok().and_then(longest),
        )?
        .unwrap_or(Duration::from_secs(8));
    let native_batch = reader
        .parse(
            "AHS_NATIVE_BATCH",
            "partner.native_batch",
            file.native_batch.map(|may| may.to_string()),
            "true or false",
        )?
        .unwrap_or(false);
    Ok(PartnerSettings {
        account,
        next,
        profile,
        way,
        daily_quota,
        shopper_reserve,
        search_share,
        deadline,
        native_batch,
    })
}

/// The account of the settings; `None` for sandbox mode.
fn account(
    reader: &Reader<'_>,
    app_id: Option<String>,
    secret_file: Option<String>,
) -> Result<Option<Account>, SettingsError> {
    let app_id = reader.text("AHS_APP_ID", app_id);
    let app_id = match app_id.as_deref().map(visible) {
        None => None,
        Some(Ok(app_id)) => Some(app_id),
        // The account says so below.
        Some(Err(Flaw::Blank)) => Some(""),
        Some(Err(flaw)) => {
            let name = reader.name("AHS_APP_ID", "partner.app_id");
            return Err(SettingsError::Flawed { name, cause: flaw.to_string() });
        }
    };
    match (app_id, read_secret(reader, SecretNames::CURRENT, secret_file)?) {
        (None, None) => Ok(None),
        (Some(app_id), Some(secret)) => {
            let account = Account::new(app_id, secret);
            account
                .map(Some)
                .map_err(|_| SettingsError::Account("AHS_APP_ID is blank; it takes the application's id"))
        }
        (Some(_), None) => Err(SettingsError::Account(
            "AHS_APP_ID is set, but no secret: set AHS_APP_SECRET or AHS_APP_SECRET_FILE, or neither for sandbox mode",
        )),
        (None, Some(_)) => Err(SettingsError::Account(
            "a secret is set, but no AHS_APP_ID: set both, or neither for sandbox mode",
        )),
    }
}
