use std::fs;
use std::io::ErrorKind;
use std::os::unix::fs::FileTypeExt;
use std::str::FromStr;

use serde::Deserialize;

use super::SettingsError;

/// `tradein.toml` as it is written. Keys that are not listed here are refused by name.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct SettingsFile {
    pub(super) site: SiteSection,
    pub(super) partner: PartnerSection,
    pub(super) records: RecordsSection,
    pub(super) limits: LimitsSection,
    pub(super) operator: OperatorSection,
    pub(super) logs: LogsSection,
    pub(super) merchants: Vec<MerchantSection>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct SiteSection {
    pub(super) address: Option<String>,
    pub(super) root: Option<String>,
    pub(super) public_url: Option<String>,
    pub(super) metrics_address: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct PartnerSection {
    pub(super) app_id: Option<String>,
    pub(super) secret_file: Option<String>,
    pub(super) secret_next_file: Option<String>,
    pub(super) url: Option<String>,
    pub(super) daily_quota: Option<u32>,
    pub(super) shopper_reserve: Option<u32>,
    pub(super) search_share: Option<u32>,
    pub(super) deadline_seconds: Option<u64>,
    pub(super) native_batch: Option<bool>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct RecordsSection {
    pub(super) database_url: Option<String>,
    pub(super) keep_days: Option<u32>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct LimitsSection {
    pub(super) per_minute: Option<u32>,
    pub(super) trusted_hops: Option<u32>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct OperatorSection {
    pub(super) token_file: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct LogsSection {
    pub(super) filter: Option<String>,
    pub(super) format: Option<String>,
}

/// One `[[merchants]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MerchantSection {
    pub(crate) id: String,
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) origins: Vec<String>,
    pub(crate) locale: Option<String>,
    pub(crate) theme: Option<String>,
    pub(crate) accent: Option<String>,
    pub(crate) logo: Option<String>,
    pub(crate) categories: Option<Vec<String>>,
    pub(crate) coep: Option<bool>,
    #[serde(default)]
    pub(crate) top_ups: Vec<TopUpSection>,
}

/// One `[[merchants.top_ups]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TopUpSection {
    pub(crate) fixed: Option<i64>,
    /// Text or a number.
    pub(crate) percent: Option<toml::Value>,
    pub(crate) at_most: Option<i64>,
    pub(crate) product: Option<String>,
    pub(crate) category: Option<String>,
    /// Text or TOML's own date; so is `until`.
    pub(crate) from: Option<toml::Value>,
    pub(crate) until: Option<toml::Value>,
}

impl SettingsFile {
    /// Where it is looked for unless it is named.
    pub(super) const DEFAULT: &str = "tradein.toml";

    /// Reads the file at `path`, or `tradein.toml` where there is one.
    pub(super) fn load(path: Option<&str>) -> Result<Self, SettingsError> {
        let shown = path.unwrap_or(Self::DEFAULT);
        let unusable = |cause: String| SettingsError::File { path: shown.to_owned(), cause };
        // To open a pipe is to wait for what writes to it, and the second reading would find nothing.
        if fs::metadata(shown).is_ok_and(|found| found.file_type().is_fifo()) {
            return Err(unusable("this is a pipe; it takes a file, since it is read again later".to_owned()));
        }
        match fs::read_to_string(shown) {
            Ok(text) => toml::from_str(&text).map_err(|error| unusable(error.to_string().trim().to_owned())),
            Err(error) if path.is_none() && error.kind() == ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(unusable(error.to_string())),
        }
    }
}

/// Puts variables over the file's keys.
pub(super) struct Reader<'a> {
    pub(super) environment: &'a dyn Fn(&str) -> Option<String>,
}

impl Reader<'_> {
    pub(super) fn text(&self, variable: &str, in_file: Option<String>) -> Option<String> {
        (self.environment)(variable).or(in_file)
    }

    /// What to call a setting: as it was given.
    pub(super) fn name(&self, variable: &str, key: &str) -> String {
        if (self.environment)(variable).is_some() { variable } else { key }.to_owned()
    }

    pub(super) fn convert<T>(
        &self,
        variable: &str,
        key: &str,
        in_file: Option<String>,
        takes: &str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<T>, SettingsError> {
        let Some(value) = self.text(variable, in_file) else { return Ok(None) };
        match read(value.trim()) {
            Some(read) => Ok(Some(read)),
            None => {
                Err(SettingsError::Value { name: self.name(variable, key), value, takes: takes.to_owned() })
            }
        }
    }

    pub(super) fn parse<T: FromStr>(
        &self,
        variable: &str,
        key: &str,
        in_file: Option<String>,
        takes: &str,
    ) -> Result<Option<T>, SettingsError> {
        self.convert(variable, key, in_file, takes, |text| text.parse().ok())
    }
}
