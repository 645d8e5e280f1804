//! What an operator sets: `tradein.toml`, overridden by environment variables.
//!
//! Each concern has a file: a struct for the rest of the server, its part of the table of settings, and how it
//! is read. A new setting is an entry, a field and a line there. The compiler and the tests in `docs.rs` then name
//! what is missing.
//!
//! ```
//! let variables = |name: &str| (name == "TRADEIN_KEEP_DAYS").then(|| "30".to_owned());
//! let settings = server::Settings::read(&variables).unwrap();
//! assert_eq!(settings.records.keep_days, 30);
//!
//! let too_few = |name: &str| (name == "TRADEIN_KEEP_DAYS").then(|| "3".to_owned());
//! let error = server::Settings::read(&too_few).unwrap_err();
//! assert_eq!(error.to_string(), "TRADEIN_KEEP_DAYS is \"3\"; it takes whole days, 7 at least");
//! ```

mod account;
mod changes;
mod error;
mod file;
mod fleet;
mod limits;
mod logs;
mod offers;
mod operator;
mod partner;
mod records;
mod secret;
mod setting;
mod site;
mod source;
mod text_file;
mod way;

pub use error::SettingsError;
pub(crate) use file::LONGEST_FILE;
pub use fleet::FleetSettings;
pub use limits::LimitSettings;
pub use logs::{LogFormat, LogSettings};
pub use offers::OfferSettings;
pub use operator::OperatorSettings;
pub use partner::PartnerSettings;
pub use records::RecordsSettings;
pub(crate) use secret::{secret_in_file, secret_text};
pub use setting::{Setting, Unset};
pub use site::SiteSettings;
pub(crate) use text_file::{FileError, read_file};
pub use way::Way;

use aihuishou::AppSecret;
use domain::ProviderName;

use crate::invalid_key::InvalidKey;
use crate::merchants::{Merchants, Surroundings};
use crate::providers::{self, InvalidProvider, ProviderSettings, SANDBOXES};
use error::Wrong;
use file::SettingsFile;
use source::Source;

/// All settings but those of merchants, in the parts in which they are read.
pub const TABLE: &[&[Setting]] = &[
    account::TABLE,
    partner::TABLE,
    way::TABLE,
    site::TABLE,
    records::TABLE,
    fleet::TABLE,
    offers::TABLE,
    limits::TABLE,
    operator::TABLE,
    logs::TABLE,
    file::TABLE,
];

/// All settings, checked.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where and what to serve.
    pub site: SiteSettings,
    /// Whom to ask for prices.
    pub partner: PartnerSettings,
    /// Whom else to ask, in the order of the file.
    pub providers: Vec<ProviderSettings>,
    /// Where to keep records.
    pub records: RecordsSettings,
    /// What several instances share and may lose.
    pub fleet: FleetSettings,
    /// How offers are signed, kept and reported.
    pub offers: OfferSettings,
    /// How often a visitor may ask.
    pub limits: LimitSettings,
    /// By which token the operator signs in.
    pub operator: OperatorSettings,
    /// What to log.
    pub logs: LogSettings,
    /// Which shops may embed the widget.
    pub merchants: Merchants,
}

impl Settings {
    /// Reads the settings: the file that `TRADEIN_CONFIG` names (`tradein.toml` if it exists), and the
    /// variables of `environment`, which win over it. An empty variable is unset.
    ///
    /// # Errors
    /// The first setting that cannot be used.
    pub fn read(environment: &dyn Fn(&str) -> Option<String>) -> Result<Self, SettingsError> {
        Self::combine(environment, SettingsFile::load(environment, TABLE)?)
    }

    /// [`Self::read`], with `content` in the place of the file's.
    ///
    /// # Errors
    /// The first setting that cannot be used.
    pub(crate) fn read_with(
        environment: &dyn Fn(&str) -> Option<String>,
        content: &[u8],
    ) -> Result<Self, SettingsError> {
        Self::combine(environment, SettingsFile::parse(Self::file(environment), content, TABLE)?)
    }

    /// The variables over the file's keys.
    fn combine(
        environment: &dyn Fn(&str) -> Option<String>,
        mut file: SettingsFile,
    ) -> Result<Self, SettingsError> {
        let sections = std::mem::take(&mut file.merchants);
        let further = std::mem::take(&mut file.providers);
        let source = Source::new(environment, &file);
        let (partner, offers) = (partner::read(&source)?, offers::read(&source)?);
        let invalid = |InvalidKey { key, value, takes }| {
            SettingsError::new(file.place(&key, None), Wrong::Value { value, takes })
        };
        let of_the_partner = partner.account.as_ref().map(|_| ProviderName::PARTNER);
        let way = |host: &str, is_local| way::to(&source, Some((host, is_local)));
        let surroundings = providers::Surroundings { environment, way: &way };
        let providers = providers::parse(further, of_the_partner, &surroundings);
        let providers = providers.map_err(|error| match error {
            InvalidProvider::Key(key) => invalid(key),
            InvalidProvider::Setting(error) => error,
        })?;
        let names = names(of_the_partner, &providers);
        let is_sandbox = partner.account.is_none() && providers.is_empty();
        let surroundings =
            Surroundings { environment, allowed: offers.allowed(is_sandbox), providers: &names };
        let merchants = Merchants::parse(sections, &surroundings).map_err(invalid)?;
        Ok(Self {
            site: site::read(&source)?,
            partner,
            providers,
            records: records::read(&source)?,
            fleet: fleet::read(&source)?,
            offers,
            limits: limits::read(&source)?,
            operator: operator::read(&source)?,
            logs: logs::read(&source)?,
            merchants,
        })
    }

    /// Whether there is no account and no other provider, so that prices come from a sandbox.
    pub fn is_sandbox(&self) -> bool {
        self.partner.account.is_none() && self.providers.is_empty()
    }

    /// The path of the file of settings.
    pub fn file(environment: &dyn Fn(&str) -> Option<String>) -> String {
        SettingsFile::path(environment)
    }

    /// The partner account's secret alone, for signing by hand.
    ///
    /// # Errors
    /// If it, or the file, cannot be read.
    pub fn secret(environment: &dyn Fn(&str) -> Option<String>) -> Result<Option<AppSecret>, SettingsError> {
        let file = SettingsFile::load(environment, TABLE)?;
        account::secret(&Source::new(environment, &file))
    }
}

/// The names of all providers: those of the settings, or those of the sandbox.
fn names(partner: Option<&str>, providers: &[ProviderSettings]) -> Vec<ProviderName> {
    let set = partner.into_iter().chain(providers.iter().map(|provider| provider.name.as_str()));
    let names: Vec<ProviderName> = set.filter_map(|name| ProviderName::parse(name).ok()).collect();
    if names.is_empty() {
        return SANDBOXES.iter().filter_map(|name| ProviderName::parse(name).ok()).collect();
    }
    names
}

#[cfg(test)]
mod docs;
#[cfg(test)]
mod tests;
