//! The partner account and its secrets, from the environment or a file.

use aihuishou::{Account, AppSecret};

use super::SettingsError;
use super::file::Reader;

/// The account of the settings; `None` for sandbox mode.
pub(super) fn account(
    reader: &Reader<'_>,
    app_id: Option<String>,
    secret_file: Option<String>,
) -> Result<Option<Account>, SettingsError> {
    let app_id = reader.text("AHS_APP_ID", app_id);
    match (app_id, read_secret(reader, SecretNames::CURRENT, secret_file)?) {
        (None, None) => Ok(None),
        (Some(app_id), Some(secret)) => {
            let account = Account::new(&app_id, secret);
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

/// What a secret's settings are called.
#[derive(Clone, Copy)]
pub(super) struct SecretNames {
    value: &'static str,
    file: &'static str,
    key: &'static str,
}

impl SecretNames {
    pub(super) const CURRENT: Self =
        Self { value: "AHS_APP_SECRET", file: "AHS_APP_SECRET_FILE", key: "partner.secret_file" };
    pub(super) const NEXT: Self = Self {
        value: "AHS_APP_SECRET_NEXT",
        file: "AHS_APP_SECRET_NEXT_FILE",
        key: "partner.secret_next_file",
    };
}

/// A secret, given itself or in a file.
pub(super) fn read_secret(
    reader: &Reader<'_>,
    names: SecretNames,
    in_file: Option<String>,
) -> Result<Option<AppSecret>, SettingsError> {
    let path = reader.text(names.file, in_file);
    match ((reader.environment)(names.value), path) {
        (Some(_), Some(_)) => Err(SettingsError::TwoSecrets { value: names.value, file: names.file }),
        (Some(secret), None) => {
            AppSecret::new(&secret).map(Some).map_err(|_| SettingsError::BlankSecret(names.value))
        }
        (None, Some(path)) => {
            let unusable = |cause: String| SettingsError::SecretFile {
                name: reader.name(names.file, names.key),
                path: path.clone(),
                cause,
            };
            let secret = std::fs::read_to_string(&path).map_err(|error| unusable(error.to_string()))?;
            AppSecret::new(&secret).map(Some).map_err(|_| unusable("it is empty".to_owned()))
        }
        (None, None) => Ok(None),
    }
}
