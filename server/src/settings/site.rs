//! Where and what to serve.

use std::net::SocketAddr;
use std::path::PathBuf;

use url::Url;

use super::error::SettingsError;
use super::setting::{Setting, Unset};
use super::source::Source;

/// Where and what to serve.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteSettings {
    /// `LEPTOS_SITE_ADDR`: where to listen.
    pub address: SocketAddr,
    /// `LEPTOS_SITE_ROOT`: the folder of static files. Where it is unset, it is looked for beside the binary
    /// and in `target/site`.
    pub root: Option<PathBuf>,
    /// `TRADEIN_PUBLIC_URL`: where shops reach this server. Where it is unset, each request says it.
    pub public_url: Option<Url>,
    /// `TRADEIN_METRICS_ADDR`: a second address, where `/metrics` needs no token.
    pub metrics_address: Option<SocketAddr>,
}

const ADDRESS: Setting = Setting {
    key: Some("site.address"),
    variable: "LEPTOS_SITE_ADDR",
    unset: Unset::Value("127.0.0.1:3000"),
    takes: "an address with a port, such as 127.0.0.1:3000",
    about: "where to listen",
};
const ROOT: Setting = Setting {
    key: Some("site.root"),
    variable: "LEPTOS_SITE_ROOT",
    unset: Unset::Means {
        english: "beside the binary, or `target/site`",
        chinese: "程序旁边，或 `target/site`",
    },
    takes: "a folder",
    about: "the site's files",
};
const PUBLIC_URL: Setting = Setting {
    key: Some("site.public_url"),
    variable: "TRADEIN_PUBLIC_URL",
    unset: Unset::Means { english: "from the request", chinese: "取自请求" },
    takes: "an https:// address without a path, such as https://tradein.example",
    about: "where shops reach the server, for the snippet; needed behind a proxy that changes `Host`, and on https for the headers and the cookie that belong to it",
};
const METRICS_ADDRESS: Setting = Setting {
    key: Some("site.metrics_address"),
    variable: "TRADEIN_METRICS_ADDR",
    unset: Unset::NOTHING,
    takes: "an address with a port, such as 127.0.0.1:9464",
    about: "a second address, for `/metrics` without the token",
};

pub(super) const TABLE: &[Setting] = &[ADDRESS, ROOT, PUBLIC_URL, METRICS_ADDRESS];

/// Reads them.
///
/// # Errors
/// The first that cannot be used.
pub(super) fn read(source: &Source<'_>) -> Result<SiteSettings, SettingsError> {
    Ok(SiteSettings {
        address: source.parsed(&ADDRESS)?,
        root: source.optional(&ROOT, |text| text.parse().ok())?,
        public_url: source.optional(&PUBLIC_URL, |text| {
            let is_of_the_web = |url: &Url| matches!(url.scheme(), "https" | "http");
            text.parse::<Url>().ok().filter(|url| is_of_the_web(url) && url.has_host() && url.path() == "/")
        })?,
        metrics_address: source.optional(&METRICS_ADDRESS, |text| text.parse().ok())?,
    })
}
