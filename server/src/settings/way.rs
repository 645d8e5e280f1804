//! The way to the partner: directly, or through a proxy. The proxy is named by our own setting, or by the
//! variables that many programs share.

use std::fmt;
use std::net::IpAddr;

use aihuishou::{Profile, Proxy};

use super::error::{SettingsError, Wrong};
use super::setting::{Setting, Unset};
use super::source::{Given, Source};

const PROXY: Setting = Setting {
    key: Some("partner.proxy"),
    variable: "AHS_PROXY",
    unset: Unset::Means {
        english: "`HTTPS_PROXY` or `ALL_PROXY`, but for `NO_PROXY`",
        chinese: "按 `HTTPS_PROXY`、`ALL_PROXY` 与 `NO_PROXY`",
    },
    takes: "http://HOST:PORT, or none",
    about: "the proxy to the partner, `http://[USER:PASSWORD@]HOST:PORT`; `none`: directly. Never used for a partner on this machine",
};

pub(super) const TABLE: &[Setting] = &[PROXY];

/// The variables that name a proxy for every program of a machine. The first that is set wins.
const SHARED: [&str; 4] = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];
/// The variables that name hosts to reach without such a proxy. The first that is set wins.
const EXCEPT: [&str; 2] = ["NO_PROXY", "no_proxy"];

/// How the partner is reached, and by which setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// Directly: no proxy is set, or the partner is on this machine.
    Direct,
    /// Directly, though `setting` names a proxy, since `except` says so.
    Except {
        /// The variable that names the proxy.
        setting: String,
        /// The setting that keeps the partner out of it.
        except: String,
    },
    /// Through a proxy.
    Through {
        /// The proxy.
        proxy: Proxy,
        /// The variable or key that names it.
        setting: String,
    },
}

impl Way {
    /// The proxy to go through.
    pub fn proxy(&self) -> Option<&Proxy> {
        match self {
            Self::Through { proxy, .. } => Some(proxy),
            Self::Direct | Self::Except { .. } => None,
        }
    }
}

impl fmt::Display for Way {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Direct => f.write_str("direct"),
            Self::Except { setting, except } => write!(f, "direct: {except} keeps {setting} out"),
            Self::Through { proxy, setting } => write!(f, "through the proxy {proxy} ({setting})"),
        }
    }
}

/// Reads the way to the partner of `profile`; `None` for a sandbox, which is on this machine.
///
/// # Errors
/// As [`to`].
pub(super) fn read(source: &Source<'_>, profile: Option<&Profile>) -> Result<Way, SettingsError> {
    to(source, profile.map(|profile| (profile.host(), profile.is_local())))
}

/// Reads the way to a host, and whether that is on this machine; `None` for a sandbox.
///
/// # Errors
/// A proxy whose address cannot be used. The address is not shown: it may hold a password.
pub(super) fn to(source: &Source<'_>, host: Option<(&str, bool)>) -> Result<Way, SettingsError> {
    let elsewhere = host.filter(|(_, is_local)| !is_local).map(|(host, _)| host);
    let shared = || SHARED.into_iter().find_map(|name| source.variable(name));
    if let Some(own) = source.given(&PROXY) {
        let setting = own.place.name().to_owned();
        if own.text.trim() == "none" {
            return Ok(match shared() {
                Some(shared) => Way::Except { setting: shared.place.name().to_owned(), except: setting },
                None => Way::Direct,
            });
        }
        let proxy = proxy(&own, "or none")?;
        return Ok(elsewhere.map_or(Way::Direct, |_| Way::Through { proxy, setting }));
    }
    let (Some(host), Some(shared)) = (elsewhere, shared()) else { return Ok(Way::Direct) };
    let setting = shared.place.name().to_owned();
    if let Some(except) = EXCEPT.into_iter().find_map(|name| source.variable(name))
        && names(&except.text, host)
    {
        return Ok(Way::Except { setting, except: except.place.name().to_owned() });
    }
    // The variable is there for other programs too, so the way out is our own setting.
    let proxy = proxy(&shared, "or set AHS_PROXY, which wins over it; AHS_PROXY=none goes without")?;
    Ok(Way::Through { proxy, setting })
}

/// The proxy of a setting. The error names another way out, the `alternative`.
fn proxy(given: &Given, alternative: &str) -> Result<Proxy, SettingsError> {
    Proxy::parse(&given.text).map_err(|cause| {
        let cause = format!("{cause}; it takes http://HOST:PORT, {alternative}");
        SettingsError::new(given.place.clone(), Wrong::Hidden(cause))
    })
}

/// Whether a list of hosts to reach without a proxy names `host`: by `*`, by its name or a domain above it
/// (with or without a leading dot), by its address, or by a network that holds its address.
fn names(list: &str, host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let address: Option<IpAddr> = host.parse().ok();
    list.split(',').map(str::trim).filter(|entry| !entry.is_empty()).any(|entry| {
        if entry == "*" {
            return true;
        }
        match (address, entry.split_once('/')) {
            (Some(address), Some((network, bits))) => {
                let network = network.parse().ok().zip(bits.parse().ok());
                network.is_some_and(|(network, bits)| is_in(address, network, bits))
            }
            (Some(address), None) => entry.parse() == Ok(address),
            (None, _) => is_within(host, entry),
        }
    })
}

/// Whether a host is `domain` or below it. Letter case makes no difference.
fn is_within(host: &str, domain: &str) -> bool {
    let domain = domain.trim_start_matches("*.").trim_start_matches('.');
    let Some(start) = host.len().checked_sub(domain.len()) else { return false };
    let ends = host.is_char_boundary(start) && host[start..].eq_ignore_ascii_case(domain);
    ends && (start == 0 || host[..start].ends_with('.'))
}

/// Whether the first `bits` of both addresses are the same.
fn is_in(address: IpAddr, network: IpAddr, bits: u32) -> bool {
    let same =
        |one: u128, other: u128, all: u32| bits <= all && (bits == 0 || (one ^ other) >> (all - bits) == 0);
    match (address, network) {
        (IpAddr::V4(one), IpAddr::V4(other)) => same(one.to_bits().into(), other.to_bits().into(), 32),
        (IpAddr::V6(one), IpAddr::V6(other)) => same(one.to_bits(), other.to_bits(), 128),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::super::file::SettingsFile;
    use super::*;

    const PARTNER: &str = "https://open.aihuishou.com/api/v2";

    fn way(base: &str, in_file: Option<&str>, variables: &[(&str, &str)]) -> Result<String, String> {
        let variables: HashMap<&str, &str> = variables.iter().copied().collect();
        let environment = |name: &str| variables.get(name).map(|value| (*value).to_owned());
        let content = in_file.map(|proxy| format!("[partner]\nproxy = {proxy:?}")).unwrap_or_default();
        let file = SettingsFile::parse("tradein.toml".to_owned(), content.as_bytes(), &[TABLE]).unwrap();
        let way = read(&Source::new(&environment, &file), Some(&Profile::v2(base).unwrap()));
        way.map(|way| way.to_string()).map_err(|error| error.to_string())
    }

    #[test]
    fn a_proxy_of_ours_wins_over_the_machines_and_none_does_without() {
        let machines = ("HTTPS_PROXY", "http://user:word@machine.example:3128");
        for (in_file, variables, expected) in [
            (None, vec![], "direct"),
            (None, vec![machines], "through the proxy http://machine.example:3128 (HTTPS_PROXY)"),
            (None, vec![("all_proxy", "p:1")], "through the proxy http://p:1 (all_proxy)"),
            (Some("http://ours:1"), vec![machines], "through the proxy http://ours:1 (partner.proxy)"),
            (
                Some("http://ours:1"),
                vec![("AHS_PROXY", "http://o:2")],
                "through the proxy http://o:2 (AHS_PROXY)",
            ),
            (None, vec![machines, ("AHS_PROXY", "none")], "direct: AHS_PROXY keeps HTTPS_PROXY out"),
            (
                None,
                vec![machines, ("NO_PROXY", "x, .aihuishou.com")],
                "direct: NO_PROXY keeps HTTPS_PROXY out",
            ),
            // NO_PROXY is about the machine's.
            (
                Some("http://ours:1"),
                vec![("NO_PROXY", "*")],
                "through the proxy http://ours:1 (partner.proxy)",
            ),
        ] {
            assert_eq!(way(PARTNER, in_file, &variables).as_deref(), Ok(expected), "{variables:?}");
        }
        for base in ["http://127.0.0.1:4000/api/v2", "https://localhost/api/v2", "https://[::1]/"] {
            assert_eq!(way(base, None, &[machines]).as_deref(), Ok("direct"), "{base}");
            assert_eq!(way(base, Some("http://ours:1"), &[]).as_deref(), Ok("direct"), "{base}");
        }
    }

    #[test]
    fn an_address_that_is_no_proxys_stops_the_start_by_name_and_without_its_password() {
        for name in ["AHS_PROXY", "HTTPS_PROXY"] {
            let error = way(PARTNER, None, &[(name, "socks5://user:pass-word@p:1")]).unwrap_err();
            assert!(error.starts_with(name) && error.contains("none"), "{error}");
            assert!(!error.contains("pass-word"), "{error}");
        }
    }

    #[test]
    fn hosts_to_reach_without_a_proxy() {
        for (list, host, named) in [
            ("aihuishou.com", "open.aihuishou.com", true),
            (".aihuishou.com", "open.aihuishou.com", true),
            ("*.AIHUISHOU.com", "open.aihuishou.com", true),
            ("open.aihuishou.com", "open.aihuishou.com", true),
            ("huishou.com", "open.aihuishou.com", false),
            ("a, *", "open.aihuishou.com", true),
            ("", "open.aihuishou.com", false),
            (",", "open.aihuishou.com", false),
            (".", "open.aihuishou.com", false),
            ("10.0.0.0/8", "10.1.2.3", true),
            ("10.0.0.0/8", "11.1.2.3", false),
            ("10.1.2.3", "10.1.2.3", true),
            ("0.0.0.0/0", "11.1.2.3", true),
            ("10.0.0.0/33", "10.1.2.3", false),
            ("fd00::/8", "[fd12::1]", true),
            ("10.0.0.0/8", "open.aihuishou.com", false),
        ] {
            assert_eq!(names(list, host), named, "{list} {host}");
        }
    }
}
