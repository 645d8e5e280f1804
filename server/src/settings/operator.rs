//! By which token the operator signs in.

use secrecy::{ExposeSecret, SecretString};

use super::error::SettingsError;
use super::secret::{SecretSetting, read_secret};
use super::setting::{Setting, Unset};
use super::source::Source;

/// Characters that a token has at least. A shorter one could be guessed.
const LEAST: usize = 32;

/// By which token the operator signs in.
#[derive(Clone, Debug)]
pub struct OperatorSettings {
    /// `TRADEIN_OPERATOR_TOKEN`, or the file that `TRADEIN_OPERATOR_TOKEN_FILE` names: opens the operator's
    /// pages. 32 characters at least; the server makes one at its start where it is unset.
    pub token: Option<SecretString>,
}

impl OperatorSettings {
    /// Whether the token is the same as in `other` settings.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        let text = |settings: &Self| settings.token.as_ref().map(|token| token.expose_secret().to_owned());
        text(self) == text(other)
    }
}

const TOKEN: Setting = Setting {
    key: None,
    variable: "TRADEIN_OPERATOR_TOKEN",
    unset: Unset::Means {
        english: "made at start and printed once", chinese: "启动时生成并打印一次"
    },
    takes: "32 characters at least",
    about: "opens `/ops`, `/batch` and `/metrics`, by a form or as `Authorization: Bearer`; 32 characters at least",
};
const TOKEN_FILE: Setting = Setting {
    key: Some("operator.token_file"),
    variable: "TRADEIN_OPERATOR_TOKEN_FILE",
    unset: Unset::NOTHING,
    takes: "the path of a file with the token",
    about: "the same, in a file",
};

pub(super) const TABLE: &[Setting] = &[TOKEN, TOKEN_FILE];

/// Reads them.
///
/// # Errors
/// A token that cannot be used.
pub(super) fn read(source: &Source<'_>) -> Result<OperatorSettings, SettingsError> {
    let names = SecretSetting { value: &TOKEN, file: &TOKEN_FILE };
    let Some(given) = read_secret(source, names)? else { return Ok(OperatorSettings { token: None }) };
    if given.text.expose_secret().chars().count() < LEAST {
        let cause = format!("it is shorter than {LEAST} characters; `openssl rand -hex 32` makes one");
        return Err(given.refused(cause));
    }
    Ok(OperatorSettings { token: Some(given.text) })
}
