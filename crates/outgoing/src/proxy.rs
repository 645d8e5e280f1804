use std::fmt;
use std::sync::Arc;

use secrecy::{ExposeSecret, SecretString};
use url::Url;

/// A proxy for the connection to the partner. User and password in its address are secrets: they are wiped
/// when dropped, and neither `Debug` nor `Display` shows them.
#[derive(Clone)]
pub struct Proxy {
    address: SecretString,
    shown: Arc<str>,
}

/// Why an address cannot be a proxy's. The error does not contain the address, which may contain a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProxyError {
    /// Not a URL at all.
    #[error("it is not an address")]
    NotAnAddress,
    /// Another protocol than HTTP.
    #[error("only http:// and https:// proxies are supported")]
    Scheme,
    /// More than an address: it has a path or a query.
    #[error("it must end after host and port")]
    Path,
}

impl Proxy {
    /// Reads `http://[USER:PASSWORD@]HOST[:PORT]`, or the same with `https://`. Without a scheme it is
    /// `http`, as in other programs.
    ///
    /// # Errors
    /// [`ProxyError`], which does not contain the address.
    pub fn parse(text: &str) -> Result<Self, ProxyError> {
        let text = text.trim();
        let whole = if text.contains("://") { text.to_owned() } else { format!("http://{text}") };
        let url: Url = whole.parse().map_err(|_| ProxyError::NotAnAddress)?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(ProxyError::Scheme);
        }
        let host = url.host_str().ok_or(ProxyError::NotAnAddress)?;
        if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
            return Err(ProxyError::Path);
        }
        let port = url.port_or_known_default().unwrap_or_default();
        let shown = format!("{}://{host}:{port}", url.scheme()).into();
        Ok(Self { address: SecretString::from(String::from(url)), shown })
    }

    /// The proxy for the HTTP client.
    pub(crate) fn for_all(&self) -> Result<reqwest::Proxy, reqwest::Error> {
        reqwest::Proxy::all(self.address.expose_secret())
    }
}

impl fmt::Display for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Proxy({})", self.shown)
    }
}

impl PartialEq for Proxy {
    fn eq(&self, other: &Self) -> bool {
        self.address.expose_secret() == other.address.expose_secret()
    }
}

impl Eq for Proxy {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_and_its_password_is_not_shown() {
        for (text, shown) in [
            ("http://proxy.example:3128", "http://proxy.example:3128"),
            ("proxy.example:3128", "http://proxy.example:3128"),
            ("10.0.0.1:3128/", "http://10.0.0.1:3128"),
            ("https://user:pass-word@proxy.example", "https://proxy.example:443"),
            ("http://[::1]:8080", "http://[::1]:8080"),
        ] {
            let proxy = Proxy::parse(text).unwrap();
            assert_eq!(proxy.to_string(), shown, "{text}");
            assert_eq!(format!("{proxy:?}"), format!("Proxy({shown})"));
        }
        for (text, error) in [
            ("socks5://proxy.example:1080", ProxyError::Scheme),
            ("http://", ProxyError::NotAnAddress),
            ("http://proxy.example/way", ProxyError::Path),
            ("http://proxy.example?way", ProxyError::Path),
            ("http://proxy.example#way", ProxyError::Path),
            ("pass word", ProxyError::NotAnAddress),
        ] {
            assert_eq!(Proxy::parse(text).unwrap_err(), error, "{text}");
        }
    }

    #[test]
    fn proxies_are_the_same_with_the_same_address_and_password() {
        let proxy = |text: &str| Proxy::parse(text).unwrap();
        assert_eq!(proxy("http://proxy.example:80"), proxy("proxy.example"));
        assert_ne!(proxy("http://user:one@proxy.example"), proxy("http://user:two@proxy.example"));
    }
}
