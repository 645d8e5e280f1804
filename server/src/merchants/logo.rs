//! A shop's picture.

use url::Url;

use super::origin::Origin;

/// A shop's picture, in the head of its widget.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logo {
    address: String,
    /// The site that serves it; `None` for ours.
    site: Option<Origin>,
}

impl Logo {
    pub(super) const TAKES: &str =
        "an image's https:// address, or its path under public/, such as /shops/corner.svg";

    /// Reads an address; `None` for one that is neither https nor a path of ours.
    pub fn parse(text: &str) -> Option<Self> {
        if text.starts_with('/') {
            let here: Url = "https://here.invalid/".parse().ok()?;
            let plain = here.join(text).ok().filter(|url| url.path() == text && text.len() > 1)?;
            return (plain.origin() == here.origin()).then(|| Self { address: text.to_owned(), site: None });
        }
        let url: Url = text.parse().ok().filter(|url: &Url| url.scheme() == "https")?;
        let site = Origin::parse(&url.origin().ascii_serialization())?;
        let bare = url.username().is_empty() && url.password().is_none();
        bare.then(|| Self { address: url.to_string(), site: Some(site) })
    }

    /// Its address, for a page.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The source that a content security policy must allow for it, besides `'self'`.
    pub fn source(&self) -> Option<&str> {
        self.site.as_ref().map(Origin::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_logo_is_ours_or_comes_over_https() {
        let read = |text| Logo::parse(text).map(|logo| logo.source().map(str::to_owned));
        assert_eq!(read("/shops/corner.svg"), Some(None));
        assert_eq!(
            read("https://cdn.shop.example/logo.png?v=2"),
            Some(Some("https://cdn.shop.example".to_owned()))
        );
        for bad in [
            "",
            "/",
            "logo.png",
            "//cdn.shop.example/logo.png",
            "/../etc/passwd",
            "/a b.svg",
            "http://cdn.shop.example/logo.png",
            "data:image/svg+xml,x",
            "https://user:secret@cdn.shop.example/logo.png",
            "https://a;script-src/logo.png",
        ] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
