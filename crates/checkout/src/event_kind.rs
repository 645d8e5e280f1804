use serde::{Deserialize, Serialize};

/// The kind of an event: a closed list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum EventKind {
    /// A shopper accepted a price.
    #[serde(rename = "offer.accepted")]
    OfferAccepted,
    /// The shopper withdrew the offer.
    #[serde(rename = "offer.withdrawn")]
    OfferWithdrawn,
    /// An order has redeemed the offer.
    #[serde(rename = "offer.redeemed")]
    OfferRedeemed,
    /// The order has released the offer; `data.state` says whether it can still be redeemed.
    #[serde(rename = "offer.released")]
    OfferReleased,
    /// The offer ended before an order redeemed it.
    #[serde(rename = "offer.expired")]
    OfferExpired,
    /// An endpoint was switched off: nothing more is sent to it.
    #[serde(rename = "endpoint.disabled")]
    EndpointDisabled,
    /// A trial, which a person sends.
    #[serde(rename = "ping")]
    Ping,
}

/// What happened to an offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OfferEvent {
    /// A shopper accepted a price.
    Accepted,
    /// The shopper withdrew the offer.
    Withdrawn,
    /// An order has redeemed the offer.
    Redeemed,
    /// The order has released the offer.
    Released,
    /// The offer ended before an order redeemed it.
    Expired,
}

impl OfferEvent {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Accepted, Self::Withdrawn, Self::Redeemed, Self::Released, Self::Expired];

    /// The name alone, as in metrics: `accepted`, where the event's kind is `offer.accepted`.
    pub fn name(self) -> &'static str {
        let code = EventKind::from(self).code();
        code.strip_prefix("offer.").unwrap_or(code)
    }
}

impl From<OfferEvent> for EventKind {
    fn from(event: OfferEvent) -> Self {
        match event {
            OfferEvent::Accepted => Self::OfferAccepted,
            OfferEvent::Withdrawn => Self::OfferWithdrawn,
            OfferEvent::Redeemed => Self::OfferRedeemed,
            OfferEvent::Released => Self::OfferReleased,
            OfferEvent::Expired => Self::OfferExpired,
        }
    }
}

impl EventKind {
    /// All kinds.
    pub const ALL: [Self; 7] = [
        Self::OfferAccepted,
        Self::OfferWithdrawn,
        Self::OfferRedeemed,
        Self::OfferReleased,
        Self::OfferExpired,
        Self::EndpointDisabled,
        Self::Ping,
    ];

    /// The name in JSON and in settings (`type`, `events`).
    pub fn code(self) -> &'static str {
        match self {
            Self::OfferAccepted => "offer.accepted",
            Self::OfferWithdrawn => "offer.withdrawn",
            Self::OfferRedeemed => "offer.redeemed",
            Self::OfferReleased => "offer.released",
            Self::OfferExpired => "offer.expired",
            Self::EndpointDisabled => "endpoint.disabled",
            Self::Ping => "ping",
        }
    }

    /// The kind with this name.
    pub fn find(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_has_one_name_in_json_and_in_settings() {
        for kind in EventKind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.code());
            assert_eq!(EventKind::find(kind.code()), Some(kind));
        }
        assert_eq!(EventKind::find("offer.sold"), None);
    }
}
