//! Secrets that a key of a merchant or a provider names: the path of a file, or the name of a variable.

use secrecy::{ExposeSecret as _, SecretString};

use crate::invalid_key::InvalidKey;
use crate::settings::{secret_in_file, secret_text};

/// The two keys that name one secret, and what was given for them.
pub(crate) struct SecretKeys {
    /// The key of a file's path, and the path.
    pub(crate) file: (&'static str, Option<String>),
    /// The key of a variable's name, and the name.
    pub(crate) variable: (&'static str, Option<String>),
    /// What the secret looks like, such as `a secret, whsec_…`.
    pub(crate) looks: &'static str,
}

impl SecretKeys {
    /// Reads the secret by `parse`; `None` if neither key is given.
    ///
    /// # Errors
    /// Two keys for one secret, a file or variable that cannot be read, or a text that `parse` refuses. The secret is
    /// not part of the error.
    pub(crate) fn read<T>(
        self,
        environment: &dyn Fn(&str) -> Option<String>,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Result<Option<T>, InvalidKey> {
        let Self { file: (file_key, file), variable: (variable_key, variable), looks } = self;
        let (key, named, place, given): (_, _, _, Result<SecretString, String>) = match (file, variable) {
            (None, None) => return Ok(None),
            (Some(path), Some(_)) => {
                let takes = format!("it or {variable_key}, and both are given");
                return Err(InvalidKey::new(file_key, path, takes));
            }
            (Some(path), None) => {
                let given = secret_in_file(&path);
                (file_key, path, "the path of a file", given)
            }
            (None, Some(name)) => {
                let value = environment(&name).filter(|value| !value.is_empty());
                let given =
                    value.ok_or_else(|| "it is not set".to_owned()).and_then(|value| secret_text(&value));
                (variable_key, name, "the name of a variable", given)
            }
        };
        let read = given.and_then(|text| parse(text.expose_secret()));
        let wrong = |cause| InvalidKey::new(key, named, format!("{place} with {looks}, and {cause}"));
        read.map(Some).map_err(wrong)
    }
}
