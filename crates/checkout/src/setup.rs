use crate::{EventKind, KeyRing};

/// What a [`Checkout`](crate::Checkout) works with, until it is given another.
#[derive(Clone, Debug)]
pub struct Setup {
    /// This server's public address: the issuer of its tokens.
    pub issuer: String,
    /// Whether this is a sandbox: it knows offers, events and keys of a sandbox only, and a live server
    /// none of them.
    pub sandbox: bool,
    /// The keys that sign tokens.
    pub keys: KeyRing,
    /// The endpoints of all merchants.
    pub endpoints: Vec<Endpoint>,
}

/// An address of a merchant's backend that is told of events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// The merchant's id.
    pub merchant: String,
    /// Its name, which stays while its settings are changed, such as its address without secret parts.
    pub name: String,
    /// The kinds of events that it is told; `None` for all.
    pub events: Option<Vec<EventKind>>,
}

impl Setup {
    /// The names of the endpoints of `merchant` that are told of events of this kind.
    pub(crate) fn endpoints_for(&self, merchant: &str, kind: EventKind) -> Vec<String> {
        let wants = |endpoint: &&Endpoint| {
            let events = endpoint.events.as_ref();
            endpoint.merchant == merchant && events.is_none_or(|events| events.contains(&kind))
        };
        self.endpoints.iter().filter(wants).map(|endpoint| endpoint.name.clone()).collect()
    }
}
