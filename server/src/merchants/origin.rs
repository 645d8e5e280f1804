use url::{Host, Url};

/// A site that may frame the widget, as a source of a content security policy:
/// `https://shop.example`, or `http://localhost:*` on the reader's own machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin(String);

impl Origin {
    pub(super) const TAKES: &str =
        "origins such as https://shop.example, or http://localhost:* for this machine";

    /// Reads an origin; `None` when it is none, or one that anybody could listen in on.
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

    /// Whether a page of `page` is one of this site's.
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

/// The exact origin of some page, as a browser tells it. It can stand in a header and in a
/// policy: scheme, host and port, and no character that means something there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageOrigin(String);

impl PageOrigin {
    /// The origin of the page at `address`, as `Referer` and `Origin` tell it; `None` for
    /// anything that is no page of the web, such as `null`.
    pub fn of(address: &str) -> Option<Self> {
        Self::of_url(&address.parse().ok()?)
    }

    fn of_url(url: &Url) -> Option<Self> {
        // A URL's host may have a semicolon in it, which would begin a directive of its own.
        let plain = match url.host()? {
            Host::Domain(name) => {
                name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_'))
            }
            Host::Ipv4(_) | Host::Ipv6(_) => true,
        };
        let web = matches!(url.scheme(), "http" | "https");
        (plain && web).then(|| Self(url.origin().ascii_serialization()))
    }

    /// Scheme, host and, where it is not the scheme's own, port.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Host and, where it is not the scheme's own, port: what a browser sends as `Host`.
    pub fn authority(&self) -> &str {
        self.0.split_once("://").map_or("", |(_, authority)| authority)
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
        assert_eq!(PageOrigin::of("http://shop.example:8080").unwrap().authority(), "shop.example:8080");
        for odd in ["", "null", "about:blank", "data:text/html,x", "file:///x", "https://a;b", "ftp://a"] {
            assert_eq!(PageOrigin::of(odd), None, "{odd}");
        }
    }
}
