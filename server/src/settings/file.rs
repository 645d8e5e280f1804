//! `tradein.toml`: its keys, each with its line, and its merchants and providers.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use serde::Deserialize;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use super::error::{Place, SettingsError, Wrong};
use super::setting::{Setting, Unset};
use super::text_file::{FileError, read_file, text_of};
use crate::merchants::MerchantSection;
use crate::providers::ProviderSection;

/// The longest file of settings, in bytes: some thousand merchants.
pub(crate) const LONGEST_FILE: usize = 4 * 1024 * 1024;

/// The name under which the file is looked for where [`CONFIG`] is unset.
const DEFAULT: &str = "tradein.toml";

/// The section of the merchants: a list of tables, which holds no settings of the table.
const MERCHANTS: &str = "merchants";
/// The section of the providers, likewise.
const PROVIDERS: &str = "providers";

const CONFIG: Setting = Setting {
    key: None,
    variable: "TRADEIN_CONFIG",
    unset: Unset::Means { english: "`tradein.toml` if it exists", chinese: "存在时为 `tradein.toml`" },
    takes: "the path of a file",
    about: "the file of settings",
};

/// The settings of this file's concern: which file is read.
pub(super) const TABLE: &[Setting] = &[CONFIG];

/// What a file of settings holds. It has no `Debug`: a proxy's address may hold a password.
#[derive(Default)]
pub(super) struct SettingsFile {
    path: String,
    /// Values by their keys, as `section.name`, each with its line.
    keys: BTreeMap<String, (String, usize)>,
    pub(super) merchants: Vec<MerchantSection>,
    pub(super) providers: Vec<ProviderSection>,
}

impl SettingsFile {
    /// The path of the file: what `TRADEIN_CONFIG` says, else `tradein.toml`.
    pub(super) fn path(environment: &dyn Fn(&str) -> Option<String>) -> String {
        Self::named(environment).unwrap_or_else(|| DEFAULT.to_owned())
    }

    /// The path that `TRADEIN_CONFIG` says.
    fn named(environment: &dyn Fn(&str) -> Option<String>) -> Option<String> {
        environment(CONFIG.variable).filter(|path| !path.is_empty())
    }

    /// Reads the file, or nothing where there is no file and none is named.
    ///
    /// # Errors
    /// A file that cannot be read, and what [`Self::parse`] says.
    pub(super) fn load(
        environment: &dyn Fn(&str) -> Option<String>,
        table: &[&[Setting]],
    ) -> Result<Self, SettingsError> {
        let path = Self::path(environment);
        match read_file(Path::new(&path), LONGEST_FILE) {
            Ok(bytes) => Self::parse(path, &bytes, table),
            Err(FileError::Missing) if Self::named(environment).is_none() => Ok(Self::default()),
            Err(error) => Err(unreadable(&path, error.to_string())),
        }
    }

    /// Reads `bytes`, the content of the file at `path`. It may contain the keys of `table`.
    ///
    /// # Errors
    /// Text that is not TOML, or a key that is not in the table, with file and line. The line itself is not
    /// shown, because a secret may be in it by mistake.
    pub(super) fn parse(path: String, bytes: &[u8], table: &[&[Setting]]) -> Result<Self, SettingsError> {
        let text = text_of(bytes).map_err(|error| unreadable(&path, error.to_string()))?;
        let at = |span: Range<usize>, cause: String| {
            unreadable(&path, format!("line {}: {cause}", line_of(text, &span)))
        };
        let no_toml =
            |error: toml::de::Error| at(error.span().unwrap_or_default(), error.message().to_owned());
        let known = || table.iter().flat_map(|part| part.iter().filter_map(|setting| setting.key));
        let mut keys = BTreeMap::new();
        let (mut merchants, mut providers) = (Vec::new(), Vec::new());
        for (section, content) in DeTable::parse(text).map_err(no_toml)?.into_inner() {
            let name = section.get_ref().clone();
            if name == MERCHANTS {
                merchants = Deserialize::deserialize(ValueDeserializer::from(content)).map_err(no_toml)?;
                continue;
            }
            if name == PROVIDERS {
                providers = Deserialize::deserialize(ValueDeserializer::from(content)).map_err(no_toml)?;
                continue;
            }
            let in_section = |key: &'static str| key.strip_prefix(&*name)?.strip_prefix('.');
            let expected: Vec<&str> = known().filter_map(in_section).collect();
            if expected.is_empty() {
                let mut sections: Vec<&str> =
                    known().filter_map(|key| Some(key.split_once('.')?.0)).collect();
                sections.dedup();
                sections.extend([MERCHANTS, PROVIDERS]);
                return Err(at(section.span(), unknown(&name, &sections)));
            }
            let span = content.span();
            let DeValue::Table(entries) = content.into_inner() else {
                return Err(at(span, format!("`{name}` is a section; write [{name}], and its keys below")));
            };
            for (key, value) in entries {
                if !expected.contains(&&**key.get_ref()) {
                    return Err(at(key.span(), unknown(key.get_ref(), &expected)));
                }
                let line = line_of(text, &key.span());
                let value = toml::Value::deserialize(ValueDeserializer::from(value)).map_err(no_toml)?;
                let full = format!("{name}.{}", key.get_ref());
                let Some(value) = plain(value) else {
                    return Err(at(key.span(), format!("`{full}` takes one value, no list and no table")));
                };
                keys.insert(full, (value, line));
            }
        }
        Ok(Self { path, keys, merchants, providers })
    }

    /// The value of a key, and its place.
    pub(super) fn get(&self, key: &str) -> Option<(String, Place)> {
        let (value, line) = self.keys.get(key)?;
        Some((value.clone(), self.place(key, Some(*line))))
    }

    /// The place of a key in this file.
    pub(super) fn place(&self, key: &str, line: Option<usize>) -> Place {
        Place::Key { key: key.to_owned(), file: self.path.clone(), line }
    }
}

fn unreadable(path: &str, cause: String) -> SettingsError {
    SettingsError::new(Place::File(path.to_owned()), Wrong::Unreadable(cause))
}

fn unknown(name: &str, expected: &[&str]) -> String {
    let expected: Vec<String> = expected.iter().map(|name| format!("`{name}`")).collect();
    format!("unknown field `{name}`, expected one of {}", expected.join(", "))
}

/// The number of the line, from 1, where `span` begins in `text`.
fn line_of(text: &str, span: &Range<usize>) -> usize {
    let before = text.as_bytes().get(..span.start).unwrap_or_default();
    before.iter().filter(|byte| **byte == b'\n').count() + 1
}

/// A value as people write it, without the quotes of a text; `None` for a list or a table.
fn plain(value: toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text),
        toml::Value::Integer(number) => Some(number.to_string()),
        toml::Value::Float(number) => Some(number.to_string()),
        toml::Value::Boolean(flag) => Some(flag.to_string()),
        toml::Value::Datetime(time) => Some(time.to_string()),
        toml::Value::Array(_) | toml::Value::Table(_) => None,
    }
}
