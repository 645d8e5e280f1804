//! Who may see the operator's pages.

use secrecy::{ExposeSecret, SecretString};

use super::SettingsError;
use super::file::Reader;
use super::secret::{SecretNames, secret_text};

const TOKEN: SecretNames = SecretNames {
    value: "TRADEIN_OPERATOR_TOKEN",
    file: "TRADEIN_OPERATOR_TOKEN_FILE",
    key: "operator.token_file",
};

/// Characters that a token has at least: what is shorter can be guessed or remembered.
const LEAST: usize = 32;

/// Who may see the operator's pages.
#[derive(Clone, Debug)]
pub struct OperatorSettings {
    /// `TRADEIN_OPERATOR_TOKEN`, or the file named by `operator.token_file`,
    /// `TRADEIN_OPERATOR_TOKEN_FILE`: opens the operator's pages; made at the start when
    /// unset. 32 characters at least.
    pub token: Option<SecretString>,
}

pub(super) fn read_operator(
    reader: &Reader<'_>,
    token_file: Option<String>,
) -> Result<OperatorSettings, SettingsError> {
    let path = reader.text(TOKEN.file, token_file.clone());
    let token = secret_text(reader, TOKEN, token_file)?;
    if token.as_ref().is_none_or(|token| token.expose_secret().chars().count() >= LEAST) {
        return Ok(OperatorSettings { token });
    }
    Err(match path {
        None => SettingsError::ShortSecret { name: TOKEN.value, least: LEAST },
        Some(path) => SettingsError::SecretFile {
            name: reader.name(TOKEN.file, TOKEN.key),
            path,
            cause: format!("a token takes {LEAST} characters at least, such as `openssl rand -hex 32` makes"),
        },
    })
}
