use domain::Moment;

use crate::OrderId;

/// What has become of an offer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// It can be redeemed until its end.
    Accepted,
    /// An order holds it.
    Redeemed {
        /// The order.
        order_id: OrderId,
        /// Since when.
        at: Moment,
    },
    /// The shopper took it back. It stays so.
    Withdrawn,
    /// Its end came before an order did. It stays so.
    Expired,
}

impl State {
    /// The name in JSON (`state`).
    pub fn code(&self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Redeemed { .. } => "redeemed",
            Self::Withdrawn => "withdrawn",
            Self::Expired => "expired",
        }
    }

    /// The order that holds the offer.
    pub fn order_id(&self) -> Option<&OrderId> {
        match self {
            Self::Redeemed { order_id, .. } => Some(order_id),
            Self::Accepted | Self::Withdrawn | Self::Expired => None,
        }
    }

    /// Since when an order holds the offer.
    pub fn redeemed_at(&self) -> Option<Moment> {
        match self {
            Self::Redeemed { at, .. } => Some(*at),
            Self::Accepted | Self::Withdrawn | Self::Expired => None,
        }
    }
}

/// The changing part of an offer: its state, and how often that has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The state.
    pub state: State,
    /// 1 for a new offer, and 1 more with each change. A receiver of events keeps the highest one.
    pub version: u64,
}

impl Standing {
    /// The standing of a new offer.
    pub const NEW: Self = Self { state: State::Accepted, version: 1 };

    /// This standing after a change to `state`.
    #[must_use]
    pub fn changed(&self, state: State) -> Self {
        Self { state, version: self.version.saturating_add(1) }
    }
}
