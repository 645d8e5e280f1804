//! Where a merchant's events are sent to.

use std::fmt;
use std::net::IpAddr;

use checkout::webhooks::{Allowed, WebhookSecret, check_address};
use checkout::{Endpoint, EventKind};
use domain::ProviderName;
use sha2::{Digest as _, Sha256};
use url::{Host, Url};

use super::section::WebhookSection;
use crate::invalid_key::InvalidKey;
use crate::secret_key::SecretKeys;

/// What merchants are read with, besides their sections.
pub(crate) struct Surroundings<'a> {
    /// The variables, which may hold secrets.
    pub(crate) environment: &'a dyn Fn(&str) -> Option<String>,
    /// To which addresses webhooks may go.
    pub(crate) allowed: Allowed,
    /// The names of the providers that there are.
    pub(crate) providers: &'a [ProviderName],
}

/// An address of a merchant's backend that gets the merchant's events. Its `Debug` output shows its name only:
/// the path of the address may be secret.
#[derive(Clone, PartialEq, Eq)]
pub struct Webhook {
    /// `merchants.webhooks.url`: the address.
    pub url: Url,
    /// Its name in the records and in logs: the site of the address, and eight digits of a hash of the whole
    /// address, such as `https://shop.example#1f0c7a2b`.
    pub name: String,
    /// `merchants.webhooks.events`: the kinds of events that it gets; `None` for all.
    pub events: Option<Vec<EventKind>>,
    /// The secrets that sign: the current one and, while secrets are replaced, the next one.
    pub secrets: Vec<WebhookSecret>,
}

/// Reads the `[[merchants.webhooks]]` of a merchant.
///
/// # Errors
/// A key that cannot be used. Neither a secret nor the path of an address is part of it.
pub(super) fn parse(
    sections: Vec<WebhookSection>,
    surroundings: &Surroundings<'_>,
) -> Result<Vec<Webhook>, InvalidKey> {
    let mut webhooks: Vec<Webhook> = Vec::with_capacity(sections.len());
    for section in sections {
        let webhook = Webhook::parse(section, surroundings)?;
        if webhooks.iter().any(|other| other.url == webhook.url) {
            return Err(InvalidKey::new("url", webhook.name, "an address that is given once"));
        }
        webhooks.push(webhook);
    }
    Ok(webhooks)
}

impl Webhook {
    fn parse(section: WebhookSection, surroundings: &Surroundings<'_>) -> Result<Self, InvalidKey> {
        let WebhookSection { url, events, secret_file, secret_env, secret_next_file, secret_next_env } =
            section;
        let url = address(&url, surroundings.allowed)?;
        let read = |file, variable| {
            let keys = SecretKeys { file, variable, looks: "a secret, whsec_…" };
            let parse = |text: &str| WebhookSecret::parse(text).map_err(|error| error.to_string());
            keys.read(surroundings.environment, parse)
        };
        let current = read(("secret_file", secret_file), ("secret_env", secret_env))?;
        let next = read(("secret_next_file", secret_next_file), ("secret_next_env", secret_next_env))?;
        let Some(current) = current else {
            let takes = "secret_file or secret_env: nothing is sent unsigned";
            return Err(InvalidKey::new("", "without a secret", takes));
        };
        Ok(Self {
            name: name_of(&url),
            events: events.map(|named| named.iter().map(kind).collect()).transpose()?,
            secrets: [current].into_iter().chain(next).collect(),
            url,
        })
    }

    /// Its part that the checkout needs.
    pub(crate) fn endpoint(&self, merchant: &str) -> Endpoint {
        Endpoint { merchant: merchant.to_owned(), name: self.name.clone(), events: self.events.clone() }
    }
}

impl fmt::Debug for Webhook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Webhook").field("name", &self.name).finish_non_exhaustive()
    }
}

/// Reads an address. An IP address in it is checked already here; a host's name is resolved and checked for each
/// connection.
fn address(text: &str, allowed: Allowed) -> Result<Url, InvalidKey> {
    let takes = match (allowed.private, allowed.loopback) {
        (true, _) => "an https:// or http:// address without user, password and #",
        (false, true) => {
            "an https:// address without user, password and #; in sandbox mode also http://localhost and \
             http://127.0.0.1"
        }
        (false, false) => {
            "an https:// address without user, password and #; for development, TRADEIN_WEBHOOKS_ALLOW_PRIVATE=true \
             allows http:// too"
        }
    };
    let url = Url::parse(text.trim()).map_err(|_| InvalidKey::new("url", "not an address", takes))?;
    let shown = name_of(&url);
    let is_bare = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
    let is_sent_safely = match url.scheme() {
        "https" => true,
        "http" => allowed.private || (allowed.loopback && is_this_machine(&url)),
        _ => false,
    };
    if !is_bare || !is_sent_safely || url.host().is_none() {
        return Err(InvalidKey::new("url", shown, takes));
    }
    if let Some(address) = ip_of(&url)
        && let Err(forbidden) = check_address(address, allowed)
    {
        return Err(InvalidKey::new("url", shown, format!("a public address, and {forbidden}")));
    }
    Ok(url)
}

/// The IP address in the place of a host's name.
pub(crate) fn ip_of(url: &Url) -> Option<IpAddr> {
    match url.host()? {
        Host::Ipv4(address) => Some(address.into()),
        Host::Ipv6(address) => Some(address.into()),
        Host::Domain(_) => None,
    }
}

fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.to_canonical().is_loopback(),
        None => false,
    }
}

fn name_of(url: &Url) -> String {
    let hash = Sha256::digest(url.as_str());
    format!("{}#{}", url.origin().ascii_serialization(), hex::encode(&hash[..4]))
}

fn kind(code: &String) -> Result<EventKind, InvalidKey> {
    let known = || EventKind::ALL.map(EventKind::code).join(", ");
    EventKind::find(code).ok_or_else(|| InvalidKey::new("events", code, known()))
}
