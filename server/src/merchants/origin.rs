//! Origins: of the sites that may frame the widget, and of pages as browsers report them.

use std::net::IpAddr;

use url::{Host, Url};

/// A site that may frame the widget, as a source of a content security policy:
/// `https://shop.example`, or `http://localhost:*` on the reader's own machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin(String);

impl Origin {
    pub(super) const TAKES: &str =
        "origins such as https://shop.example, or http://localhost:* for this machine";

    /// Reads an origin; `None` for anything else, and for one whose traffic is not encrypted.
    pub fn parse(text: &str) -> Option<Self> {
        let any_port = text.strip_suffix(":*");
        let url: Url = any_port.unwrap_or(text).parse().ok()?;
        let local = match url.host()? {
            Host::Domain(name) => name == "localhost",
            Host::Ipv4(ip) => ip.is_loopback(),
            Host::Ipv6(ip) => ip.is_loopback(),
        };
        let secure = url.scheme() == "https" || (local && url.scheme() == "http");
        let bare =
            url.path() == "/" && url.query().is_none() && url.username().is_empty() && !text.ends_with('/');
        let fits = secure && bare && (any_port.is_none() || local);
        let PageOrigin(origin) = PageOrigin::of_url(&url)?;
        fits.then(|| Self(if any_port.is_some() { format!("{origin}:*") } else { origin }))
    }

    /// The origin as a source of a content security policy.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a page of that origin is one of this site's.
    pub fn admits(&self, page: &PageOrigin) -> bool {
        match self.0.strip_suffix(":*") {
            None => self.0 == page.0,
            Some(any_port) => page.0.strip_prefix(any_port).is_some_and(|port| {
                port.is_empty()
                    || port
                        .strip_prefix(':')
                        .is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))
            }),
        }
    }
}

/// The exact origin of a page, as a browser reports it: scheme, host and port. It has no character with a
/// meaning of its own in headers and policies, so it can be written there as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageOrigin(String);

impl PageOrigin {
    /// The origin of the page at `address`, the value of `Referer` or `Origin`; `None` for anything that is not a
    /// page of the web, such as `null`.
    pub fn of(address: &str) -> Option<Self> {
        Self::of_url(&address.parse().ok()?)
    }

    fn of_url(url: &Url) -> Option<Self> {
        // A URL's host may hold a semicolon, which would begin a new directive of a policy.
        let plain = match url.host()? {
            Host::Domain(name) => {
                name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_'))
            }
            Host::Ipv4(_) | Host::Ipv6(_) => true,
        };
        let web = matches!(url.scheme(), "http" | "https");
        (plain && web).then(|| Self(url.origin().ascii_serialization()))
    }

    /// The origin of pages at `host`, the value of a `Host` header. It may name the scheme's own port or not.
    /// `None` for anything else.
    pub fn at(scheme: &str, host: &str) -> Option<Self> {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._:[]".contains(&byte);
        let is_host = !host.is_empty() && host.bytes().all(plain);
        if is_host { Self::of(&format!("{scheme}://{host}")) } else { None }
    }

    /// Scheme, host and, where it is not the scheme's own, port.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `http` or `https`.
    pub fn scheme(&self) -> &str {
        self.0.split_once("://").map_or("", |(scheme, _)| scheme)
    }

    /// Whether its pages are on this machine.
    pub fn is_loopback(&self) -> bool {
        self.is_at(
            |address| address.is_loopback(),
            |name| name == "localhost" || name.ends_with(".localhost"),
        )
    }

    /// Whether its pages can be reached on this machine or in a local network only: its address is private, or
    /// its name is not in the public name system.
    pub fn is_local(&self) -> bool {
        const NAMES: [&str; 6] = [".localhost", ".local", ".lan", ".internal", ".home.arpa", ".localdomain"];
        self.is_at(is_local, |name| !name.contains('.') || NAMES.iter().any(|end| name.ends_with(end)))
    }

    fn is_at(&self, address: impl Fn(IpAddr) -> bool, name: impl Fn(&str) -> bool) -> bool {
        let url: Option<Url> = self.0.parse().ok();
        url.is_some_and(|url| match url.host() {
            Some(Host::Ipv4(ip)) => address(ip.into()),
            Some(Host::Ipv6(ip)) => address(IpAddr::from(ip).to_canonical()),
            Some(Host::Domain(domain)) => name(domain.trim_end_matches('.')),
            None => false,
        })
    }
}

/// Whether an address belongs to this machine or to a private network.
pub(crate) fn is_local(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(ip) => ip.is_loopback() || ip.is_private() || ip.is_link_local(),
        IpAddr::V6(ip) => ip.is_loopback() || ip.is_unique_local() || ip.is_unicast_link_local(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_exact_and_secure_origins_are_taken() {
        for good in [
            "https://shop.example",
            "https://shop.example:8443",
            "http://localhost:*",
            "http://127.0.0.1:5173",
            "https://[2001:db8::1]",
        ] {
            assert_eq!(Origin::parse(good).map(|origin| origin.0).as_deref(), Some(good));
        }
        for bad in [
            "https://shop.example/",
            "https://shop.example/path",
            "http://shop.example",
            "shop.example",
            "*",
            "https://*:*",
            "https://shop.example:*",
            "https://user@shop.example",
            "http://localhost.evil.example:*",
            "https://a b",
            "https://a;script-src",
            "https://a,b",
            "https://'self'",
        ] {
            assert_eq!(Origin::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_page_is_of_a_site_only_if_every_part_is_the_same() {
        let admits =
            |origin: &str, page: &str| Origin::parse(origin).unwrap().admits(&PageOrigin::of(page).unwrap());
        assert!(admits("https://shop.example", "https://shop.example/phones?x=1"));
        assert!(admits("https://shop.example", "https://shop.example:443"));
        for other in [
            "http://shop.example",
            "https://shop.example:8443",
            "https://www.shop.example",
            "https://shop.example.evil.example",
        ] {
            assert!(!admits("https://shop.example", other), "{other}");
        }
        assert!(admits("http://localhost:*", "http://localhost:5173/"));
        assert!(admits("http://localhost:*", "http://localhost"));
        for other in
            ["https://localhost:5173", "http://localhost.evil.example", "http://localhostevil.example:80"]
        {
            assert!(!admits("http://localhost:*", other), "{other}");
        }
    }

    #[test]
    fn what_is_no_page_of_the_web_has_no_origin() {
        assert_eq!(
            PageOrigin::of("https://Shop.example:443/a?b#c").unwrap().as_str(),
            "https://shop.example"
        );
        for odd in ["", "null", "about:blank", "data:text/html,x", "file:///x", "https://a;b", "ftp://a"] {
            assert_eq!(PageOrigin::of(odd), None, "{odd}");
        }
    }

    #[test]
    fn a_host_with_a_scheme_is_an_origin() {
        let at = |scheme: &str, host: &str| PageOrigin::at(scheme, host).map(|origin| origin.0);
        assert_eq!(at("http", "shop.example:80").as_deref(), Some("http://shop.example"));
        assert_eq!(at("https", "Shop.example:443").as_deref(), Some("https://shop.example"));
        assert_eq!(at("https", "shop.example:80").as_deref(), Some("https://shop.example:80"));
        assert_eq!(at("http", "[::1]:3000").as_deref(), Some("http://[::1]:3000"));
        for odd in
            ["", "a/b", "user@shop.example", "shop.example?x", "shop.example\\x", "a b", "shop.example:x"]
        {
            assert_eq!(at("http", odd), None, "{odd}");
        }
    }

    #[test]
    fn a_page_is_local_where_no_public_name_leads_to_it() {
        let page = |text: &str| PageOrigin::of(text).unwrap();
        for local in [
            "http://127.0.0.1:3000",
            "http://localhost",
            "http://192.168.1.10:8080",
            "http://[fd00::1]",
            "http://[::ffff:10.0.0.1]",
            "http://nas",
            "http://tradein.lan",
            "http://tradein.local.:80",
        ] {
            assert!(page(local).is_local(), "{local}");
        }
        for public in
            ["https://tradein.example", "http://203.0.113.5", "http://[2001:db8::1]", "http://lan.example"]
        {
            assert!(!page(public).is_local(), "{public}");
        }
        assert!(page("http://localhost:3000").is_loopback() && page("http://[::1]").is_loopback());
        assert!(!page("http://192.168.1.10").is_loopback() && !page("http://nas").is_loopback());
    }
}
