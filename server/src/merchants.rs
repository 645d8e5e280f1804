//! Who may embed the widget, and from where.

use url::{Host, Url};

use crate::settings::SettingsError;

/// A shop, or a group of shops, that embeds the widget.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merchant {
    /// Its id, as it stands in the snippet and in addresses.
    pub id: String,
    /// Its name, for people.
    pub name: String,
    /// The sites that may frame the widget and hear of it.
    pub origins: Vec<Origin>,
}

/// A site that may frame the widget, as a source of a content security policy:
/// `https://shop.example`, or `http://localhost:*` on the reader's own machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin(String);

/// All merchants; at least one.
#[derive(Clone, Debug)]
pub struct Merchants(Vec<Merchant>);

impl Origin {
    const TAKES: &str = "origins such as https://shop.example, or http://localhost:* for this machine";

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
        let origin = url.origin().ascii_serialization();
        fits.then(|| Self(if any_port.is_some() { format!("{origin}:*") } else { origin }))
    }

    /// The origin as a source of a content security policy.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Merchant {
    /// What everybody starts with: a merchant whose pages may stand on this machine.
    fn demo() -> Self {
        let origins = ["http://localhost:*", "http://127.0.0.1:*", "https://localhost:*"];
        let origins = origins.into_iter().filter_map(Origin::parse).collect();
        Self { id: "demo".to_owned(), name: "Demo".to_owned(), origins }
    }

    /// Who may frame the merchant's pages: this site and the merchant's.
    pub fn sources(&self) -> String {
        let mut sources = "'self'".to_owned();
        for origin in &self.origins {
            sources.push(' ');
            sources.push_str(origin.as_str());
        }
        sources
    }
}

impl TryFrom<crate::settings::MerchantSection> for Merchant {
    type Error = SettingsError;

    fn try_from(section: crate::settings::MerchantSection) -> Result<Self, Self::Error> {
        let wrong = |key: &str, value: &str, takes: &str| SettingsError::Value {
            name: format!("merchants.{key}"),
            value: value.to_owned(),
            takes: takes.to_owned(),
        };
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if section.id.is_empty() || section.id.len() > 40 || !section.id.chars().all(plain) {
            return Err(wrong("id", &section.id, "1 to 40 lower-case letters, digits and hyphens"));
        }
        let read = |text: &String| Origin::parse(text).ok_or_else(|| wrong("origins", text, Origin::TAKES));
        let origins = section.origins.iter().map(read).collect::<Result<_, _>>()?;
        Ok(Self { id: section.id, name: section.name, origins })
    }
}

impl Merchants {
    /// The merchants of the settings, or the demo where there are none.
    ///
    /// # Errors
    /// When an id is given twice.
    pub fn new(merchants: Vec<Merchant>) -> Result<Self, SettingsError> {
        for (position, merchant) in merchants.iter().enumerate() {
            if merchants[..position].iter().any(|other| other.id == merchant.id) {
                return Err(SettingsError::Value {
                    name: "merchants.id".to_owned(),
                    value: merchant.id.clone(),
                    takes: "an id that no other merchant has".to_owned(),
                });
            }
        }
        Ok(Self(if merchants.is_empty() { vec![Merchant::demo()] } else { merchants }))
    }

    /// The merchant of that id.
    pub fn get(&self, id: &str) -> Option<&Merchant> {
        self.0.iter().find(|merchant| merchant.id == id)
    }

    /// The id to show a preview with.
    pub fn first(&self) -> &str {
        self.0.first().map_or("demo", |merchant| merchant.id.as_str())
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
        ] {
            assert_eq!(Origin::parse(bad), None, "{bad}");
        }
    }
}
