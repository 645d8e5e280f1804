//! Where settings are read from: a file, and the variables that win over it.

use std::str::FromStr;

use super::error::{Place, SettingsError, Wrong};
use super::file::SettingsFile;
use super::setting::Setting;

/// The environment variables and the file of settings together.
pub(super) struct Source<'a> {
    /// The value of the variable of that name.
    environment: &'a dyn Fn(&str) -> Option<String>,
    file: &'a SettingsFile,
}

/// A value that was given, and where. It has no `Debug`: it may be a secret.
pub(super) struct Given {
    pub(super) text: String,
    pub(super) place: Place,
}

impl Given {
    /// The value by `read`.
    ///
    /// # Errors
    /// If `read` does not take it: the error names the place, the value and what it `takes`.
    pub(super) fn read<T>(
        self,
        takes: &str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, SettingsError> {
        match read(self.text.trim()) {
            Some(value) => Ok(value),
            None => Err(SettingsError::new(
                self.place,
                Wrong::Value { value: self.text, takes: takes.to_owned() },
            )),
        }
    }
}

impl<'a> Source<'a> {
    /// The variables of `environment` over the keys of `file`.
    pub(super) fn new(environment: &'a dyn Fn(&str) -> Option<String>, file: &'a SettingsFile) -> Self {
        Self { environment, file }
    }

    /// The value of a variable. An empty one is unset.
    pub(super) fn variable(&self, name: &'static str) -> Option<Given> {
        let text = (self.environment)(name).filter(|text| !text.is_empty())?;
        Some(Given { text, place: Place::Variable(name) })
    }

    /// What was given for a setting: by its variable, else by its key.
    pub(super) fn given(&self, setting: &Setting) -> Option<Given> {
        self.variable(setting.variable).or_else(|| {
            let (text, place) = self.file.get(setting.key?)?;
            Some(Given { text, place })
        })
    }

    /// What was given for a setting, by `read`; `None` if it is unset.
    ///
    /// # Errors
    /// If `read` does not take it.
    pub(super) fn optional<T>(
        &self,
        setting: &Setting,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<T>, SettingsError> {
        self.given(setting).map(|given| given.read(setting.takes, read)).transpose()
    }

    /// What was given for a setting, else its default, by `read`.
    ///
    /// # Errors
    /// If `read` does not take it.
    pub(super) fn value<T>(
        &self,
        setting: &Setting,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, SettingsError> {
        let default =
            || Given { text: setting.unset.text().to_owned(), place: Place::Variable(setting.variable) };
        self.given(setting).unwrap_or_else(default).read(setting.takes, read)
    }

    /// [`Self::value`] of a type that reads itself.
    ///
    /// # Errors
    /// If the type does not take it.
    pub(super) fn parsed<T: FromStr>(&self, setting: &Setting) -> Result<T, SettingsError> {
        self.value(setting, |text| text.parse().ok())
    }
}
