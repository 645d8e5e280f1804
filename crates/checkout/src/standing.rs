use domain::Moment;

use crate::OrderId;

/// The state of an offer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// It can be redeemed until its end.
    Accepted,
    /// An order has redeemed it.
    Redeemed {
        /// The order.
        order_id: OrderId,
        /// When it was redeemed.
        at: Moment,
    },
    /// The shopper withdrew it. This is final.
    Withdrawn,
    /// It ended before an order redeemed it, or while an order held it that released it later. This is final.
    Expired,
}

/// A name, an order and a time that do not make a state together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no state of an offer has this name, or an order and a time are there that it has not, or lacks")]
pub struct NotAState;

impl State {
    /// The state that was stored as its name, its order and the time of its redemption.
    ///
    /// # Errors
    /// [`NotAState`].
    pub fn restore(
        code: &str,
        order_id: Option<OrderId>,
        redeemed_at: Option<Moment>,
    ) -> Result<Self, NotAState> {
        match (code, order_id, redeemed_at) {
            ("accepted", None, None) => Ok(Self::Accepted),
            ("redeemed", Some(order_id), Some(at)) => Ok(Self::Redeemed { order_id, at }),
            ("withdrawn", None, None) => Ok(Self::Withdrawn),
            ("expired", None, None) => Ok(Self::Expired),
            _ => Err(NotAState),
        }
    }

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

    /// When the order that holds the offer redeemed it.
    pub fn redeemed_at(&self) -> Option<Moment> {
        match self {
            Self::Redeemed { at, .. } => Some(*at),
            Self::Accepted | Self::Withdrawn | Self::Expired => None,
        }
    }
}

/// The changing part of an offer: its state and its version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The state.
    pub state: State,
    /// 1 for a new offer, and 1 more after each change. A receiver of events keeps the one with the highest
    /// version.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples;

    #[test]
    fn a_state_is_restored_from_its_parts_and_from_nothing_else() {
        let redeemed = State::Redeemed { order_id: OrderId::parse("A1").unwrap(), at: samples::moment(1) };
        for state in [State::Accepted, redeemed, State::Withdrawn, State::Expired] {
            let (order_id, at) = (state.order_id().cloned(), state.redeemed_at());
            assert_eq!(State::restore(state.code(), order_id, at), Ok(state));
        }
        assert_eq!(State::restore("redeemed", None, None), Err(NotAState));
        assert_eq!(State::restore("accepted", None, Some(samples::moment(1))), Err(NotAState));
        assert_eq!(State::restore("sold", None, None), Err(NotAState));
    }
}
