//! Who may see the operator's pages.

use secrecy::SecretString;

use super::SettingsError;
use super::file::Reader;
use super::partner::{SecretNames, secret_text};

const TOKEN: SecretNames = SecretNames {
    value: "TRADEIN_OPERATOR_TOKEN",
    file: "TRADEIN_OPERATOR_TOKEN_FILE",
    key: "operator.token_file",
};

/// Who may see the operator's pages.
#[derive(Clone, Debug)]
pub struct OperatorSettings {
    /// `TRADEIN_OPERATOR_TOKEN`, or the file named by `operator.token_file`,
    /// `TRADEIN_OPERATOR_TOKEN_FILE`: opens the operator's pages; made at the start when
    /// unset.
    pub token: Option<SecretString>,
}

pub(super) fn read_operator(
    reader: &Reader<'_>,
    token_file: Option<String>,
) -> Result<OperatorSettings, SettingsError> {
    Ok(OperatorSettings { token: secret_text(reader, TOKEN, token_file)? })
}
