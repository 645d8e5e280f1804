use crate::{EventKind, KeyRing};

/// The settings and keys that a [`Checkout`](crate::Checkout) uses. They can be replaced while it runs.
#[derive(Clone, Debug)]
pub struct Setup {
    /// This server's public address, which is the issuer of its tokens.
    pub issuer: String,
    /// Whether this is a sandbox. A sandbox only handles offers, events and API keys of a sandbox, and a live
    /// server none of these.
    pub sandbox: bool,
    /// The keys that sign tokens.
    pub keys: KeyRing,
    /// The endpoints of all merchants.
    pub endpoints: Vec<Endpoint>,
}

/// An address of a merchant's backend to which events are sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// The merchant's id.
    pub merchant: String,
    /// Its name, such as its address without secret parts. It stays the same when its settings change.
    pub name: String,
    /// The kinds of events that are sent to it; `None` for all.
    pub events: Option<Vec<EventKind>>,
}

impl Setup {
    /// The names of the endpoints of `merchant` to which events of this kind are sent.
    pub(crate) fn endpoints_for(&self, merchant: &str, kind: EventKind) -> Vec<String> {
        let wants = |endpoint: &&Endpoint| {
            let events = endpoint.events.as_ref();
            endpoint.merchant == merchant && events.is_none_or(|events| events.contains(&kind))
        };
        self.endpoints.iter().filter(wants).map(|endpoint| endpoint.name.clone()).collect()
    }
}
