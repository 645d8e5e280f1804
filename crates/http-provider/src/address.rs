use outgoing::is_loopback;
use url::Url;

/// The address of a buyer's service: the base of its calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address(Url);

/// Why a text cannot be such an address. The error does not contain the text, which may contain a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// Not a URL at all.
    #[error("is not a URL: {0}")]
    NotAUrl(#[from] url::ParseError),
    /// Neither `https` nor `http` on this machine: what is sent could be read and changed on the way.
    #[error("must begin with https:// (plain http:// only on this machine)")]
    NotSecure,
    /// A user, a password, a query or a fragment: paths of calls are added at the end.
    #[error("must have no user, no password, and nothing after ? or #")]
    NotABase,
}

impl Address {
    /// Reads an address, such as `https://buyer.example/trade-in`.
    ///
    /// # Errors
    /// [`AddressError`].
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        let mut url: Url = text.trim().parse()?;
        if url.scheme() != "https" && !(url.scheme() == "http" && is_loopback(&url)) {
            return Err(AddressError::NotSecure);
        }
        let has_user = !url.username().is_empty() || url.password().is_some();
        if has_user || url.query().is_some() || url.fragment().is_some() {
            return Err(AddressError::NotABase);
        }
        let path = url.path().trim_end_matches('/').to_owned();
        url.set_path(&path);
        Ok(Self(url))
    }

    /// Whether calls go over TLS.
    pub(crate) fn is_secure(&self) -> bool {
        self.0.scheme() == "https"
    }

    /// Whether the service is on this machine.
    pub fn is_local(&self) -> bool {
        is_loopback(&self.0)
    }

    /// The address itself, which describes the service.
    pub fn url(&self) -> &Url {
        &self.0
    }

    /// The address of a call, such as `quote`.
    pub(crate) fn of_call(&self, call: &str) -> Url {
        let mut url = self.0.clone();
        url.set_path(&format!("{}/{call}", self.0.path().trim_end_matches('/')));
        url
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_is_for_this_machine_only_and_a_base_has_no_query() {
        for good in
            ["https://buyer.example/trade-in", "http://127.0.0.1:1/", "http://[::1]/x", "http://localhost"]
        {
            assert!(Address::parse(good).is_ok(), "{good}");
        }
        for (bad, error) in [
            ("http://buyer.example/", AddressError::NotSecure),
            ("http://127.0.0.1.evil.example/", AddressError::NotSecure),
            ("ftp://localhost/", AddressError::NotSecure),
            ("https://user:hush@buyer.example/", AddressError::NotABase),
            ("https://buyer.example/?key=hush", AddressError::NotABase),
            ("https://buyer.example/#x", AddressError::NotABase),
        ] {
            assert_eq!(Address::parse(bad), Err(error), "{bad}");
        }
        assert!(matches!(Address::parse("buyer.example"), Err(AddressError::NotAUrl(_))));
    }

    #[test]
    fn calls_are_below_the_base_with_and_without_a_slash_at_its_end() {
        for base in ["https://buyer.example/trade-in", "https://buyer.example/trade-in/"] {
            let address = Address::parse(base).unwrap();
            assert_eq!(address.of_call("quote").as_str(), "https://buyer.example/trade-in/quote");
            assert_eq!(address.url().as_str(), "https://buyer.example/trade-in");
        }
        assert_eq!(Address::parse("https://buyer.example").unwrap().of_call("quote").path(), "/quote");
    }
}
