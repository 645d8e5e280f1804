//! Reads what proxies say about a request. Any client can write these headers, so only those of the
//! operator's own proxies are trusted, as many as `TRADEIN_TRUSTED_HOPS` says.

use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicBool, Ordering};

use axum::http::HeaderMap;

use crate::merchants::is_local;

const FORWARDED_FOR: &str = "x-forwarded-for";
const FORWARDED_HOST: &str = "x-forwarded-host";
const FORWARDED_PROTO: &str = "x-forwarded-proto";

/// The operator's own proxies before the server.
#[derive(Debug)]
pub(in crate::web) struct Proxies {
    /// How many there are.
    trusted_hops: usize,
    /// Whether a request came through a proxy on this machine or in its network, although none is trusted.
    unknown_one: AtomicBool,
}

impl Proxies {
    pub(in crate::web) fn new(trusted_hops: usize) -> Self {
        Self { trusted_hops, unknown_one: AtomicBool::new(false) }
    }

    /// The host and port that the browser named to the outermost trusted proxy.
    pub(in crate::web) fn host<'h>(&self, headers: &'h HeaderMap) -> Option<&'h str> {
        entry(headers, FORWARDED_HOST, self.trusted_hops)
    }

    /// The scheme, `http` or `https`, of the browser's request to that proxy.
    pub(in crate::web) fn scheme(&self, headers: &HeaderMap) -> Option<&'static str> {
        let scheme = entry(headers, FORWARDED_PROTO, self.trusted_hops)?;
        ["http", "https"].into_iter().find(|known| known.eq_ignore_ascii_case(scheme))
    }

    /// Checks whether the request from `peer` came through a proxy that is not trusted, and logs the first
    /// such request.
    pub(in crate::web) fn notice(&self, headers: &HeaderMap, peer: IpAddr) {
        let is_one =
            self.trusted_hops == 0 && headers.contains_key(FORWARDED_FOR) && is_local(peer.to_canonical());
        if is_one && !self.unknown_one.swap(true, Ordering::Relaxed) {
            tracing::warn!(
                proxy = %peer,
                "a proxy sends X-Forwarded-For, and TRADEIN_TRUSTED_HOPS is 0: visitors cannot be told apart, so their \
                 limit does not work, and wrong tokens from anywhere make the operator wait; set it to the number of \
                 your own proxies"
            );
        }
    }

    /// Whether all visitors seem to have the same address, because a proxy that is not trusted was seen.
    pub(in crate::web) fn make_visitors_alike(&self) -> bool {
        self.unknown_one.load(Ordering::Relaxed)
    }
}

/// The entry that the outermost trusted proxy wrote into a list. Each proxy may append one or replace the
/// whole list. Any client can write the entries before it.
fn entry<'h>(headers: &'h HeaderMap, name: &str, trusted_hops: usize) -> Option<&'h str> {
    if trusted_hops == 0 {
        return None;
    }
    let lists = headers.get_all(name).iter().filter_map(|list| list.to_str().ok());
    let entries: Vec<&str> = lists.flat_map(|list| list.split(',')).map(str::trim).collect();
    entries.get(entries.len().saturating_sub(trusted_hops)).copied().filter(|entry| !entry.is_empty())
}

/// Whether any proxy, trusted or not, says that the browser used https. This can be forged, so it is used
/// only for a warning.
pub(in crate::web) fn any_says_https(headers: &HeaderMap) -> bool {
    let lists = headers.get_all(FORWARDED_PROTO).iter().filter_map(|list| list.to_str().ok());
    lists.flat_map(|list| list.split(',')).any(|scheme| scheme.trim().eq_ignore_ascii_case("https"))
}

/// Whether every address in a request's path, from its socket and from all proxies, belongs to this machine
/// or its network.
pub(in crate::web) fn is_from_nearby(headers: &HeaderMap, peer: IpAddr) -> bool {
    let lists = headers.get_all(FORWARDED_FOR).iter();
    let mut told = lists.flat_map(|list| list.to_str().unwrap_or("unreadable").split(','));
    let is_near = |text: &str| {
        let address = text.parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|socket| socket.ip()));
        address.is_some_and(|address: IpAddr| is_local(address.to_canonical()))
    };
    is_local(peer.to_canonical()) && told.all(|text| is_near(text.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: &'static str, lists: &[&'static str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for list in lists {
            headers.append(name, list.parse().unwrap());
        }
        headers
    }

    #[test]
    fn only_what_trusted_proxies_wrote_is_believed() {
        let host = |lists: &[&'static str], hops| {
            Proxies::new(hops).host(&headers("x-forwarded-host", lists)).map(str::to_owned)
        };
        assert_eq!(host(&["evil.example"], 0), None);
        assert_eq!(host(&["evil.example, shop.example"], 1).as_deref(), Some("shop.example"));
        assert_eq!(host(&["evil.example", "shop.example, 10.0.0.1"], 2).as_deref(), Some("shop.example"));
        assert_eq!(
            host(&["shop.example:8443"], 2).as_deref(),
            Some("shop.example:8443"),
            "the last one replaced it"
        );
        assert_eq!(host(&[], 1), None);
        assert_eq!(host(&[""], 1), None);
        let scheme = |list, hops| Proxies::new(hops).scheme(&headers("x-forwarded-proto", &[list]));
        assert_eq!(scheme("https", 0), None);
        assert_eq!([scheme("https", 1), scheme("HTTP", 1)], [Some("https"), Some("http")]);
        assert_eq!([scheme("https, http", 1), scheme("https, http", 2)], [Some("http"), Some("https")]);
        assert_eq!(scheme("javascript", 1), None);
    }

    #[test]
    fn a_proxy_that_is_not_trusted_is_noticed_where_it_is_near() {
        let noticed = |hops, peer: &str, lists: &[&'static str]| {
            let proxies = Proxies::new(hops);
            proxies.notice(&headers("x-forwarded-for", lists), peer.parse().unwrap());
            proxies.make_visitors_alike()
        };
        for near in ["127.0.0.1", "::1", "172.17.0.1", "fd00::1", "::ffff:10.0.0.1"] {
            assert!(noticed(0, near, &["198.51.100.7"]), "{near}");
            assert!(!noticed(0, near, &[]) && !noticed(1, near, &["198.51.100.7"]), "{near}");
        }
        assert!(!noticed(0, "198.51.100.9", &["198.51.100.7"]), "anybody can send it from elsewhere");
    }

    #[test]
    fn a_request_is_from_nearby_if_nothing_says_otherwise() {
        let nearby = |peer: &str, lists: &[&'static str]| {
            is_from_nearby(&headers("x-forwarded-for", lists), peer.parse().unwrap())
        };
        assert!(nearby("127.0.0.1", &[]) && nearby("127.0.0.1", &["192.168.1.20"]));
        assert!(nearby("10.0.0.2", &["192.168.1.20:4711, 127.0.0.1"]));
        assert!(!nearby("198.51.100.7", &[]) && !nearby("127.0.0.1", &["198.51.100.7"]));
        assert!(!nearby("127.0.0.1", &["192.168.1.20, 198.51.100.7"]) && !nearby("127.0.0.1", &["unknown"]));
    }

    #[test]
    fn what_any_proxy_says_of_https_is_enough_to_warn() {
        for (said, https) in [("https", true), ("http, HTTPS", true), ("http", false)] {
            assert_eq!(any_says_https(&headers("x-forwarded-proto", &[said])), https, "{said}");
        }
        assert!(!any_says_https(&HeaderMap::new()));
    }
}
