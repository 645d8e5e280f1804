//! What an operator sets: `tradein.toml`, overridden by environment variables.

mod changes;
mod file;
mod operator;
mod partner;
mod records_address;
mod secret;
mod text_file;
mod way;

pub(crate) use file::{LONGEST_FILE, MerchantSection, TopUpSection};
pub use operator::OperatorSettings;
pub use partner::PartnerSettings;
pub(crate) use text_file::{FileFault, read_file};
pub use way::Way;

use std::net::SocketAddr;
use std::path::PathBuf;

use aihuishou::{AppSecret, ProxyError};
use records::DatabaseUrl;
use url::Url;

use crate::merchants::Merchants;
use file::{Reader, SettingsFile};
use operator::read_operator;
use partner::read_partner;
use records_address::read_database_url;
use secret::{SecretNames, read_secret};

/// All settings, checked.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where and what to serve.
    pub site: SiteSettings,
    /// Whom to ask for prices.
    pub partner: PartnerSettings,
    /// Where to keep records.
    pub records: RecordsSettings,
    /// How often a visitor may ask.
    pub limits: LimitSettings,
    /// Who may see the operator's pages.
    pub operator: OperatorSettings,
    /// What to log.
    pub logs: LogSettings,
    /// Who may embed the widget.
    pub merchants: Merchants,
}

/// Where and what to serve.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteSettings {
    /// `site.address`, `LEPTOS_SITE_ADDR`: where to listen.
    pub address: SocketAddr,
    /// `site.root`, `LEPTOS_SITE_ROOT`: the folder of static files; looked for beside the
    /// binary and in `target/site` when unset.
    pub root: Option<PathBuf>,
    /// `site.public_url`, `TRADEIN_PUBLIC_URL`: where shops reach this server; taken from
    /// the request when unset.
    pub public_url: Option<Url>,
    /// `site.metrics_address`, `TRADEIN_METRICS_ADDR`: a second address, which tells
    /// `/metrics` without the token; none when unset.
    pub metrics_address: Option<SocketAddr>,
}

/// Where to keep records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordsSettings {
    /// `records.database_url`, `TRADEIN_DATABASE_URL`: `sqlite://PATH` or `postgres://…`.
    pub database_url: DatabaseUrl,
    /// `records.keep_days`, `TRADEIN_KEEP_DAYS`: days that records are kept, 7 at least.
    pub keep_days: u32,
}

/// How often a visitor may ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LimitSettings {
    /// `limits.per_minute`, `TRADEIN_VISITOR_LIMIT`: quotes and searches a minute, for each
    /// visitor and merchant; 0 for no limit.
    pub per_minute: u32,
    /// `limits.trusted_hops`, `TRADEIN_TRUSTED_HOPS`: own proxies before the server.
    pub trusted_hops: usize,
}

/// What to log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogSettings {
    /// `logs.filter`, `RUST_LOG`: what is loud enough, such as `info` or `desk=debug`.
    pub filter: String,
    /// `logs.format`, `TRADEIN_LOG_FORMAT`: for people or for collectors.
    pub format: LogFormat,
}

/// How log lines are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line, for collectors.
    Json,
}

/// A setting that cannot be used, by its name and with what it takes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// The file of settings cannot be read.
    #[error("{path}: {cause}")]
    File {
        /// Which file.
        path: String,
        /// Why not.
        cause: String,
    },
    /// A key or variable whose value cannot be used.
    #[error("{name} is {value:?}; it takes {takes}")]
    Value {
        /// The variable or the key.
        name: String,
        /// What was given; never a secret.
        value: String,
        /// What would be right.
        takes: String,
    },
    /// An address of a proxy that cannot be used. It is not told, since it may hold a password.
    #[error("{name} cannot be used: {cause}; it takes http://HOST:PORT{}", or_without(.name))]
    Proxy {
        /// The variable or the key.
        name: String,
        /// Why not.
        cause: ProxyError,
    },
    /// Settings that do not go together.
    #[error("{0}")]
    Account(&'static str),
    /// A secret is given twice.
    #[error("both {value} and {file} are set; set one of them")]
    TwoSecrets {
        /// The variable of the secret.
        value: &'static str,
        /// The variable of its file.
        file: &'static str,
    },
    /// A secret that could be guessed.
    #[error(
        "{name} is shorter than {least} characters; it takes {least} at least, such as `openssl rand -hex 32` makes"
    )]
    ShortSecret {
        /// The variable of the secret.
        name: &'static str,
        /// How many characters are asked for.
        least: usize,
    },
    /// A value with something in it that people cannot see, or that does not belong to it. It is
    /// not told: it may be a secret.
    #[error("{name} cannot be used: {cause}")]
    Flawed {
        /// The variable or the key.
        name: String,
        /// What is wrong, and where.
        cause: String,
    },
    /// A secret of nothing.
    #[error("{0} is blank; it takes a secret")]
    BlankSecret(&'static str),
    /// A file with a secret cannot be used. What is in it is not told.
    #[error("{name} names {path}, which cannot be used: {cause}")]
    SecretFile {
        /// The variable or the key.
        name: String,
        /// Which file.
        path: String,
        /// Why not.
        cause: String,
    },
}

/// How to do without a proxy, for a setting of that name.
fn or_without(name: &str) -> &'static str {
    match name {
        "AHS_PROXY" | "partner.proxy" => ", or none",
        // Others set it, for other programs.
        _ => "; AHS_PROXY wins over it, and AHS_PROXY=none goes without",
    }
}

impl Settings {
    /// Reads the settings: the file that `TRADEIN_CONFIG` names (`tradein.toml` where
    /// there is one), then the variables that `environment` knows.
    ///
    /// # Errors
    /// [`SettingsError`] names the first key or variable that cannot be used.
    pub fn read(environment: &dyn Fn(&str) -> Option<String>) -> Result<Self, SettingsError> {
        let set = |name: &str| environment(name).filter(|value| !value.is_empty());
        Self::combine(&set, SettingsFile::load(set("TRADEIN_CONFIG").as_deref())?)
    }

    /// The same, with `held` for what the file of settings holds.
    ///
    /// # Errors
    /// [`SettingsError`], as there.
    pub(crate) fn read_with(
        environment: &dyn Fn(&str) -> Option<String>,
        held: &[u8],
    ) -> Result<Self, SettingsError> {
        let set = |name: &str| environment(name).filter(|value| !value.is_empty());
        Self::combine(&set, SettingsFile::parse(&Self::file(environment), held)?)
    }

    /// The file's keys, under the variables that are `set`.
    fn combine(set: &dyn Fn(&str) -> Option<String>, file: SettingsFile) -> Result<Self, SettingsError> {
        let reader = Reader { environment: set };

        let site = SiteSettings {
            address: reader
                .parse(
                    "LEPTOS_SITE_ADDR",
                    "site.address",
                    file.site.address,
                    "an address with a port, such as 127.0.0.1:3000",
                )?
                .unwrap_or(SocketAddr::from(([127, 0, 0, 1], 3000))),
            root: reader.parse("LEPTOS_SITE_ROOT", "site.root", file.site.root, "a folder")?,
            public_url: reader.convert(
                "TRADEIN_PUBLIC_URL",
                "site.public_url",
                file.site.public_url,
                "an https:// address without a path, such as https://tradein.example",
                |text| text.parse::<Url>().ok().filter(|url| url.has_host() && url.path() == "/"),
            )?,
            metrics_address: reader.parse(
                "TRADEIN_METRICS_ADDR",
                "site.metrics_address",
                file.site.metrics_address,
                "an address with a port, such as 127.0.0.1:9464",
            )?,
        };
        let partner = read_partner(&reader, file.partner)?;
        let records = RecordsSettings {
            database_url: read_database_url(&reader, file.records.database_url)?,
            keep_days: reader
                .convert(
                    "TRADEIN_KEEP_DAYS",
                    "records.keep_days",
                    file.records.keep_days.map(|days| days.to_string()),
                    "whole days, 7 at least",
                    |text| text.parse().ok().filter(|days| *days >= 7),
                )?
                .unwrap_or(7),
        };
        let limits = LimitSettings {
            per_minute: reader
                .parse(
                    "TRADEIN_VISITOR_LIMIT",
                    "limits.per_minute",
                    file.limits.per_minute.map(|asks| asks.to_string()),
                    "a whole number of requests a minute, 0 for no limit",
                )?
                .unwrap_or(60),
            trusted_hops: reader
                .convert(
                    "TRADEIN_TRUSTED_HOPS",
                    "limits.trusted_hops",
                    file.limits.trusted_hops.map(|hops| hops.to_string()),
                    "how many of your own proxies stand before the server, 0 to 9",
                    |text| text.parse().ok().filter(|hops| *hops <= 9),
                )?
                .unwrap_or(0),
        };
        let operator = read_operator(&reader, file.operator.token_file)?;
        let logs = LogSettings {
            filter: reader
                .convert(
                    "RUST_LOG",
                    "logs.filter",
                    file.logs.filter,
                    "levels such as info or desk=debug,warn",
                    |text| tracing_subscriber::EnvFilter::try_new(text).ok().map(|_| text.to_owned()),
                )?
                .unwrap_or_else(|| "info".to_owned()),
            format: reader
                .convert("TRADEIN_LOG_FORMAT", "logs.format", file.logs.format, "text or json", |text| {
                    match text {
                        "text" => Some(LogFormat::Text),
                        "json" => Some(LogFormat::Json),
                        _ => None,
                    }
                })?
                .unwrap_or(LogFormat::Text),
        };
        let merchants = Merchants::parse(file.merchants)?;
        Ok(Self { site, partner, records, limits, operator, logs, merchants })
    }

    /// Where the file of settings is looked for.
    pub fn file(environment: &dyn Fn(&str) -> Option<String>) -> String {
        let named = environment("TRADEIN_CONFIG").filter(|path| !path.is_empty());
        named.unwrap_or_else(|| SettingsFile::DEFAULT.to_owned())
    }

    /// The secret alone, for signing by hand.
    ///
    /// # Errors
    /// [`SettingsError`] when it cannot be read.
    pub fn secret(environment: &dyn Fn(&str) -> Option<String>) -> Result<Option<AppSecret>, SettingsError> {
        let set = |name: &str| environment(name).filter(|value| !value.is_empty());
        let file = SettingsFile::load(set("TRADEIN_CONFIG").as_deref())?;
        read_secret(&Reader { environment: &set }, SecretNames::CURRENT, file.partner.secret_file)
    }
}

#[cfg(test)]
mod tests;
