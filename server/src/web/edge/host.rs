//! The host that a request names.

use axum::extract::Request;
use axum::http::uri::Authority;
use axum::http::{HeaderValue, Version, header};

/// Whether a request names its host as HTTP/1.1 requires (RFC 9112, section 3.2): once, as a name or an
/// address, with or without a port. Only HTTP/1.0 may leave it out. If there were two, a proxy might use one
/// and this server the other.
pub(in crate::web) fn is_named_once(request: &Request) -> bool {
    let mut hosts = request.headers().get_all(header::HOST).iter();
    match (hosts.next(), hosts.next()) {
        (Some(host), None) => is_host(host),
        (Some(_), Some(_)) => false,
        (None, _) => request.version() < Version::HTTP_11,
    }
}

fn is_host(value: &HeaderValue) -> bool {
    let authority = value.to_str().ok().and_then(|text| text.parse::<Authority>().ok());
    authority.is_some_and(|authority| !authority.as_str().contains('@'))
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    fn named(version: Version, hosts: &[&str]) -> bool {
        let mut request = Request::builder().version(version);
        for host in hosts {
            request = request.header("host", *host);
        }
        is_named_once(&request.body(Body::empty()).unwrap())
    }

    #[test]
    fn a_host_is_named_once() {
        for host in ["tradein.example", "tradein.example:8443", "127.0.0.1:3000", "[::1]:3000", "my_shop"] {
            assert!(named(Version::HTTP_11, &[host]), "{host}");
        }
        assert!(!named(Version::HTTP_11, &["a", "b"]) && !named(Version::HTTP_11, &["a", "a"]));
        assert!(!named(Version::HTTP_10, &["a", "b"]));
        assert!(named(Version::HTTP_10, &[]) && !named(Version::HTTP_11, &[]));
        for host in ["", "a<b>", "a b", "shop@evil.example", "a/b", "手机"] {
            assert!(!named(Version::HTTP_11, &[host]), "{host:?}");
        }
    }
}
