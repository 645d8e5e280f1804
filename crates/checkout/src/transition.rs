//! Decides what a command does to an offer: a function of offer, standing, command and time.
//!
//! | state | redeem | release | withdraw | expire |
//! |---|---|---|---|---|
//! | accepted, before its end | → redeemed | `conflict` | → withdrawn | – |
//! | accepted, after its end | `expired` | `conflict` | `expired` | → expired |
//! | redeemed | the same order and amount: –; else `already_redeemed` or `amount_mismatch` | by its order → accepted, after its end → expired; else `conflict` | `already_redeemed` | – |
//! | withdrawn | `withdrawn` | `conflict` | – | – |
//! | expired | `expired` | `conflict` | `expired` | – |
//!
//! `–` changes nothing and makes no event, so each command may be sent again.

use domain::Moment;

use crate::{Amount, Offer, OfferEvent, OrderId, Reason, Refusal, Standing, State};

/// A command to change an offer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// A shop redeems it for an order.
    Redeem {
        /// The order.
        order_id: OrderId,
        /// The amount that the shop expects. It is only compared with the offer's.
        amount: Amount,
    },
    /// A shop releases it.
    Release {
        /// The order that holds it.
        order_id: OrderId,
        /// Why it is released; kept with the event.
        reason: Option<Reason>,
    },
    /// The shopper withdraws it.
    Withdraw,
    /// Marks it as expired if it has ended.
    Expire,
}

/// The result of a command that was not refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing changed, and no event is due.
    Unchanged,
    /// The offer changed. The new standing and the event must be written in one transaction.
    Changed {
        /// The new standing.
        standing: Standing,
        /// The event for the shop.
        event: OfferEvent,
    },
}

/// Decides on `command` at `now`.
///
/// The caller writes a change only if the stored version is still the one that was read. So of two concurrent
/// commands only one takes effect, and the other is decided again.
///
/// # Errors
/// A [`Refusal`]; then nothing has changed.
pub fn decide(
    offer: &Offer,
    standing: &Standing,
    command: &Command,
    now: Moment,
) -> Result<Outcome, Refusal> {
    match command {
        Command::Redeem { order_id, amount } => redeem(offer, standing, order_id, *amount, now),
        Command::Release { order_id, .. } => release(offer, standing, order_id, now),
        Command::Withdraw => withdraw(offer, standing, now),
        Command::Expire => Ok(expire(offer, standing, now)),
    }
}

fn redeem(
    offer: &Offer,
    standing: &Standing,
    order_id: &OrderId,
    given: Amount,
    now: Moment,
) -> Result<Outcome, Refusal> {
    let again = match &standing.state {
        State::Accepted if offer.ended(now) => return Err(Refusal::Expired),
        State::Accepted => false,
        State::Redeemed { order_id: holder, .. } if holder == order_id => true,
        State::Redeemed { .. } => return Err(Refusal::AlreadyRedeemed),
        State::Withdrawn => return Err(Refusal::Withdrawn),
        State::Expired => return Err(Refusal::Expired),
    };
    let expected = offer.credit().amount();
    if given != expected {
        return Err(Refusal::AmountMismatch { expected, given });
    }
    if again {
        return Ok(Outcome::Unchanged);
    }
    let state = State::Redeemed { order_id: order_id.clone(), at: now };
    Ok(changed(standing, state, OfferEvent::Redeemed))
}

fn release(offer: &Offer, standing: &Standing, order_id: &OrderId, now: Moment) -> Result<Outcome, Refusal> {
    if standing.state.order_id() != Some(order_id) {
        return Err(Refusal::Conflict);
    }
    let state = if offer.ended(now) { State::Expired } else { State::Accepted };
    Ok(changed(standing, state, OfferEvent::Released))
}

fn withdraw(offer: &Offer, standing: &Standing, now: Moment) -> Result<Outcome, Refusal> {
    match &standing.state {
        State::Accepted if offer.ended(now) => Err(Refusal::Expired),
        State::Accepted => Ok(changed(standing, State::Withdrawn, OfferEvent::Withdrawn)),
        State::Redeemed { .. } => Err(Refusal::AlreadyRedeemed),
        State::Withdrawn => Ok(Outcome::Unchanged),
        State::Expired => Err(Refusal::Expired),
    }
}

fn expire(offer: &Offer, standing: &Standing, now: Moment) -> Outcome {
    if standing.state == State::Accepted && offer.ended(now) {
        changed(standing, State::Expired, OfferEvent::Expired)
    } else {
        Outcome::Unchanged
    }
}

fn changed(standing: &Standing, state: State, event: OfferEvent) -> Outcome {
    Outcome::Changed { standing: standing.changed(state), event }
}

#[cfg(test)]
mod tests;
