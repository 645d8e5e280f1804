//! Redeems, releases, withdraws and expires offers.

use records::OfferName;

use crate::kept::standing_record;
use crate::webhooks::Event;
use crate::{
    Amount, Checkout, CheckoutError, Command, Kept, OfferId, OfferToken, OrderId, Outcome, Reason, State,
    decide, verify,
};

/// What a shop sends to redeem an offer for an order.
#[derive(Clone, Debug)]
pub struct Redemption {
    /// The order.
    pub order_id: OrderId,
    /// The amount that the shop expects.
    pub amount: Amount,
    /// The token, if the shop sends it along. It must be this offer's.
    pub token: Option<OfferToken>,
}

impl Checkout {
    /// Redeems an offer for an order of the merchant. The same order and amount again change nothing and
    /// return the same.
    ///
    /// # Errors
    /// [`CheckoutError`]; then the offer is not redeemed by this call.
    pub async fn redeem(
        &self,
        id: &OfferId,
        merchant: &str,
        redemption: Redemption,
    ) -> Result<Kept, CheckoutError> {
        let Redemption { order_id, amount, token } = redemption;
        let _turn = self.turn().await;
        if let Some(token) = token {
            self.check_token(id, merchant, &token).await?;
        }
        self.decide_and_keep(id, Some(merchant), &Command::Redeem { order_id, amount }).await
    }

    /// Checks the token that was sent along to redeem an offer. It matters only while the offer can be
    /// redeemed. In any other state, the state alone decides, so that a repeated redemption succeeds even
    /// after the token's end.
    async fn check_token(
        &self,
        id: &OfferId,
        merchant: &str,
        token: &OfferToken,
    ) -> Result<(), CheckoutError> {
        let kept = self.find(OfferName::Id(id.as_str()), Some(merchant)).await?;
        let (setup, now) = (self.setup(), self.deps.now());
        if kept.standing.state != State::Accepted || kept.is_over(now) {
            return Ok(());
        }
        let claims = verify(token.expose(), setup.keys.published(now), &setup.issuer, merchant, now)?;
        if claims.jti == *id { Ok(()) } else { Err(CheckoutError::TokenOfAnother) }
    }

    /// Releases an offer that an order holds. With `merchant`, only that merchant's offers are found; the
    /// operator passes `None` and may release any.
    ///
    /// # Errors
    /// [`CheckoutError`].
    pub async fn release(
        &self,
        id: &OfferId,
        merchant: Option<&str>,
        order_id: OrderId,
        reason: Option<Reason>,
    ) -> Result<Kept, CheckoutError> {
        self.act(id, merchant, &Command::Release { order_id, reason }).await
    }

    /// Withdraws an offer for the shopper who accepted it at `merchant`.
    ///
    /// # Errors
    /// [`CheckoutError`].
    pub async fn withdraw(&self, id: &OfferId, merchant: &str) -> Result<Kept, CheckoutError> {
        self.act(id, Some(merchant), &Command::Withdraw).await
    }

    /// Marks offers whose end has come as expired, at most [`Self::EXPIRED_AT_ONCE`], each with its event.
    /// Returns how many. Call this about each second, and again at once if it returned that many. An offer that
    /// cannot be read is left as it is, however many of them there are.
    ///
    /// # Errors
    /// [`CheckoutError::Records`].
    pub async fn expire_ended(&self) -> Result<u32, CheckoutError> {
        let (sandbox, now) = (self.setup().sandbox, self.deps.now().timestamp());
        let (mut expired, mut unreadable) = (0, 0);
        loop {
            let most = Self::EXPIRED_AT_ONCE - expired;
            let ended = self.records.ended_offers(sandbox, now, unreadable, most).await?;
            let is_last = ended.len() < most as usize;
            for record in ended {
                match self.expire(&record.id).await {
                    Ok(kept) => expired += u32::from(kept.standing.state == State::Expired),
                    // It stays among those that have ended, so the next page begins after it.
                    Err(CheckoutError::Garbled(_)) => unreadable += 1,
                    Err(error) => return Err(error),
                }
            }
            if is_last || expired >= Self::EXPIRED_AT_ONCE {
                return Ok(expired);
            }
        }
    }

    async fn expire(&self, id: &str) -> Result<Kept, CheckoutError> {
        let id = OfferId::parse(id).map_err(|_| CheckoutError::Garbled(id.to_owned()))?;
        self.act(&id, None, &Command::Expire).await
    }

    /// The most offers that one call of [`Self::expire_ended`] marks.
    pub const EXPIRED_AT_ONCE: u32 = 100;

    /// Waits for a permit, and does `command`.
    pub(crate) async fn act(
        &self,
        id: &OfferId,
        merchant: Option<&str>,
        command: &Command,
    ) -> Result<Kept, CheckoutError> {
        let _turn = self.turn().await;
        self.decide_and_keep(id, merchant, command).await
    }

    /// Decides on `command` and records the outcome. If another change came first, it is decided again.
    async fn decide_and_keep(
        &self,
        id: &OfferId,
        merchant: Option<&str>,
        command: &Command,
    ) -> Result<Kept, CheckoutError> {
        // This loop ends: each repetition means that another change of the offer succeeded, and an offer has
        // only a few changes.
        loop {
            let kept = self.find(OfferName::Id(id.as_str()), merchant).await?;
            let now = self.deps.now();
            let (standing, what) = match decide(&kept.offer, &kept.standing, command, now)? {
                Outcome::Unchanged => return Ok(kept),
                Outcome::Changed { standing, event } => (standing, event),
            };
            let event = Event::of_offer(self.event_id(), what, &kept.offer, &standing, now);
            let version = (id.to_string(), standing.version);
            let mut told = self.setup().told(kept.offer.merchant(), &event, Some(version));
            if let Command::Release { reason: Some(reason), .. } = command {
                told.event.reason = Some(reason.as_str().to_owned());
            }
            if self.records.change_offer(id.as_str(), &standing_record(&standing), &told).await? {
                self.counts.add(what);
                self.announce();
                return Ok(Kept { standing, ..kept });
            }
        }
    }
}
