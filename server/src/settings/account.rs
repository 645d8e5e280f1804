//! The partner account: an id, and a secret or two.

use aihuishou::{Account, AppSecret};
use secrecy::ExposeSecret;

use super::error::{SettingsError, Wrong};
use super::secret::{GivenSecret, SecretSetting, read_secret, visible};
use super::setting::{Setting, Unset};
use super::source::Source;

const APP_ID: Setting = Setting {
    key: Some("partner.app_id"),
    variable: "AHS_APP_ID",
    unset: Unset::Means { english: "unset: sandbox mode", chinese: "未设：沙盒模式" },
    takes: "the application's id",
    about: "the partner account",
};
const SECRET: Setting = Setting {
    key: None,
    variable: "AHS_APP_SECRET",
    unset: Unset::Means { english: "unset: sandbox mode", chinese: "未设：沙盒模式" },
    takes: "the account's secret",
    about: "its secret",
};
const SECRET_FILE: Setting = Setting {
    key: Some("partner.secret_file"),
    variable: "AHS_APP_SECRET_FILE",
    unset: Unset::NOTHING,
    takes: "the path of a file with the secret",
    about: "the same, in a file",
};
const NEXT: Setting = Setting {
    key: None,
    variable: "AHS_APP_SECRET_NEXT",
    unset: Unset::NOTHING,
    takes: "the account's next secret",
    about: "the second secret of a rotation",
};
const NEXT_FILE: Setting = Setting {
    key: Some("partner.secret_next_file"),
    variable: "AHS_APP_SECRET_NEXT_FILE",
    unset: Unset::NOTHING,
    takes: "the path of a file with the next secret",
    about: "the same, in a file",
};

pub(super) const TABLE: &[Setting] = &[APP_ID, SECRET, SECRET_FILE, NEXT, NEXT_FILE];

/// The secret in use.
const CURRENT: SecretSetting = SecretSetting { value: &SECRET, file: &SECRET_FILE };

/// The account with its secret, and with the next one during a rotation.
pub(super) struct Accounts {
    /// `None` for sandbox mode.
    pub(super) current: Option<Account>,
    pub(super) next: Option<Account>,
}

/// Reads them.
///
/// # Errors
/// The first setting that cannot be used, or that lacks another one.
pub(super) fn read(source: &Source<'_>) -> Result<Accounts, SettingsError> {
    let current = current(source)?;
    let next = match (&current, read_secret(source, SecretSetting { value: &NEXT, file: &NEXT_FILE })?) {
        (Some(account), Some(secret)) => Some(account_of(account.app_id(), secret)?),
        (None, Some(secret)) => {
            let lacks = "no account that it could follow on: set AHS_APP_ID and AHS_APP_SECRET too";
            return Err(SettingsError::new(secret.place, Wrong::Alone(lacks)));
        }
        (_, None) => None,
    };
    Ok(Accounts { current, next })
}

/// The secret in use alone.
///
/// # Errors
/// If it cannot be used.
pub(super) fn secret(source: &Source<'_>) -> Result<Option<AppSecret>, SettingsError> {
    read_secret(source, CURRENT)?.map(app_secret).transpose()
}

/// The account with the secret in use; `None` if neither is set.
fn current(source: &Source<'_>) -> Result<Option<Account>, SettingsError> {
    let app_id = match source.given(&APP_ID) {
        None => None,
        Some(given) => match visible(&given.text) {
            Ok(text) => Some((text.to_owned(), given.place)),
            Err(flaw) => return Err(SettingsError::new(given.place, Wrong::Hidden(flaw.to_string()))),
        },
    };
    match (app_id, read_secret(source, CURRENT)?) {
        (None, None) => Ok(None),
        (Some((app_id, _)), Some(secret)) => account_of(&app_id, secret).map(Some),
        (Some((_, place)), None) => {
            let lacks = "no secret: set AHS_APP_SECRET or AHS_APP_SECRET_FILE, or neither for sandbox mode";
            Err(SettingsError::new(place, Wrong::Alone(lacks)))
        }
        (None, Some(secret)) => {
            let lacks = "no AHS_APP_ID: set both, or neither for sandbox mode";
            Err(SettingsError::new(secret.place, Wrong::Alone(lacks)))
        }
    }
}

fn account_of(app_id: &str, secret: GivenSecret) -> Result<Account, SettingsError> {
    let place = secret.place.clone();
    let hidden =
        |error: aihuishou::EmptyCredential| SettingsError::new(place, Wrong::Hidden(error.to_string()));
    Account::new(app_id, app_secret(secret)?).map_err(hidden)
}

fn app_secret(given: GivenSecret) -> Result<AppSecret, SettingsError> {
    AppSecret::new(given.text.expose_secret()).map_err(|error| given.refused(error.to_string()))
}
