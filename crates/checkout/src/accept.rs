//! Accepts a price: one offer for one quote, product and visit, however often it is accepted.

use domain::{Moment, Money, Quote};
use records::{Added, Key, OfferName};
use sha2::{Digest as _, Sha256};

use crate::webhooks::Event;
use crate::{
    Acceptance, Checkout, CheckoutError, Code, Command, Kept, Offer, OfferEvent, OfferId, Product, Standing,
};

/// How many codes are drawn until one is free. Of 8.5 × 10¹¹ codes few are taken, so the first one is almost
/// always free.
const DRAWS: usize = 5;

/// What a shopper accepts. Price and top-up come from the server, never from a page.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The merchant's id.
    pub merchant: String,
    /// The name of the provider that gave the price.
    pub provider: String,
    /// The quote.
    pub quote: Quote,
    /// What the shop adds, in fen.
    pub top_up: Money,
    /// The product that the shopper looks at.
    pub product: Option<Product>,
    /// The end of the offer, if the shop sets one before the end of the quote.
    pub until: Option<Moment>,
    /// An identifier of the shopper's visit, of which only a hash is kept. A shop's backend may give its
    /// `Idempotency-Key`. With `None`, each acceptance makes a new offer.
    pub visit: Option<String>,
}

impl Checkout {
    /// Makes an offer for a shopper who accepts a price now, or finds the one that the same visit made for
    /// the same quote and product, if it is redeemed or can still be. Returns the offer, and whether it is
    /// new.
    ///
    /// # Errors
    /// [`CheckoutError::NotAcceptable`]; [`CheckoutError::NotFound`] for a sandbox's quote at a live server
    /// and the other way round; [`CheckoutError::NoCode`]; [`CheckoutError::Garbled`] if the earlier offer
    /// cannot be read; or [`CheckoutError::Records`].
    pub async fn accept(&self, wanted: Wanted) -> Result<(Kept, bool), CheckoutError> {
        let setup = self.setup();
        if wanted.quote.sandbox != setup.sandbox {
            return Err(CheckoutError::NotFound);
        }
        let key = key_of(&wanted);
        if let Some(key) = &key
            && let Some(known) = self.records.offer(OfferName::Key(key)).await?
        {
            let known = Kept::read(known)?;
            if !known.is_over(self.deps.now()) {
                return Ok((known, false));
            }
            // The earlier offer has ended. Once it is marked as expired, a new one can have its key.
            self.act(&known.offer.id().clone(), None, &Command::Expire).await?;
        }
        let _turn = self.turn().await;
        for _ in 0..DRAWS {
            let now = self.deps.now();
            let kept = Kept { offer: self.new_offer(&wanted, now)?, standing: Standing::NEW };
            let id = kept.offer.id();
            let (event_id, offer) = (self.event_id(), (id.to_string(), kept.standing.version));
            let event = Event::of_offer(event_id, OfferEvent::Accepted, &kept.offer, &kept.standing, now);
            let told = setup.told(&wanted.merchant, &event, Some(offer));
            match self.records.add_offer(&kept.record(), key.as_ref(), &told).await? {
                Added::New => {
                    self.counts.add(OfferEvent::Accepted);
                    self.announce();
                    return Ok((kept, true));
                }
                Added::Known(known) => {
                    let known = Kept::read(*known)?;
                    let is_new = known.offer.id() == id;
                    return Ok((known, is_new));
                }
                Added::CodeTaken => {}
            }
        }
        Err(CheckoutError::NoCode)
    }

    /// The offer that the same visit made for the same quote and product, if it is redeemed or was neither
    /// withdrawn nor marked as expired.
    ///
    /// # Errors
    /// [`CheckoutError::Garbled`] if it cannot be read, or [`CheckoutError::Records`].
    pub async fn accepted(&self, wanted: &Wanted) -> Result<Option<Kept>, CheckoutError> {
        let Some(key) = key_of(wanted) else { return Ok(None) };
        self.records.offer(OfferName::Key(&key)).await?.map(Kept::read).transpose()
    }

    fn new_offer(&self, wanted: &Wanted, now: Moment) -> Result<Offer, CheckoutError> {
        let Wanted { merchant, provider, quote, top_up, product, until, .. } = wanted.clone();
        let (id, code) = (OfferId::from_random(self.deps.bits()), code(self.deps.bits()));
        let acceptance = Acceptance { id, code, merchant, provider, quote, top_up, product, until };
        Ok(Offer::accept(acceptance, now)?)
    }
}

#[expect(clippy::cast_possible_truncation, reason = "half of the bits are enough")]
fn code(bits: u128) -> Code {
    Code::from_random(bits as u64)
}

/// A hash of mode, merchant, quote, product and visit; `None` without a visit.
fn key_of(wanted: &Wanted) -> Option<Key> {
    let visit = wanted.visit.as_deref()?;
    let product = serde_json::to_string(&wanted.product).expect("texts and numbers are JSON");
    let mut hash = Sha256::new_with_prefix([u8::from(wanted.quote.sandbox)]);
    for part in [&*wanted.merchant, wanted.quote.id.as_str(), &*product, visit] {
        // Each part is preceded by its length, so that different parts never give the same bytes.
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    Some(Key::new(hash.finalize().into()))
}
