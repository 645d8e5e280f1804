use domain::{Moment, Quote};
use serde::{Deserialize, Serialize};

use crate::{Code, Credit, NotAcceptable, OfferId, acceptable};

/// The product that a shopper looked at when accepting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Product {
    /// Its name in the shop, at most 200 characters.
    pub name: String,
    /// Its price in fen; `None` if the page gave none.
    pub price: Option<domain::Money>,
}

/// One shopper's acceptance of one quote at one merchant. It never changes; its changing part is its
/// [`Standing`](crate::Standing).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    id: OfferId,
    code: Code,
    merchant: String,
    provider: String,
    quote: Quote,
    credit: Credit,
    product: Option<Product>,
    accepted_at: Moment,
    expires_at: Moment,
}

/// What a new offer is made from. The amounts come from the quote and the shop's rules, never from a page.
#[derive(Clone, Debug)]
pub struct Acceptance {
    /// The new offer's id.
    pub id: OfferId,
    /// The new offer's code.
    pub code: Code,
    /// The merchant's id.
    pub merchant: String,
    /// The name of the provider that gave the price.
    pub provider: String,
    /// The quote that is accepted.
    pub quote: Quote,
    /// What the shop adds, in fen.
    pub top_up: domain::Money,
    /// The product that the shopper looked at.
    pub product: Option<Product>,
    /// The end of the offer, if the shop sets one before the end of the quote.
    pub until: Option<Moment>,
}

impl Offer {
    /// The longest name of a product, in characters. A longer name is cut.
    pub const LONGEST_NAME: usize = 200;

    /// The offer for a shopper who accepts a quote at `now`. It ends at the quote's end or before.
    ///
    /// # Errors
    /// [`NotAcceptable`].
    pub fn accept(acceptance: Acceptance, now: Moment) -> Result<Self, NotAcceptable> {
        let Acceptance { id, code, merchant, provider, quote, top_up, product, until } = acceptance;
        let (credit, end) = acceptable(&quote, top_up, now)?;
        let expires_at = until.map_or(end, |until| until.min(end));
        if expires_at <= now {
            return Err(NotAcceptable::Expired);
        }
        let product = product.map(|product| Product {
            name: domain::bounded(&product.name, Self::LONGEST_NAME - 1).into_owned(),
            ..product
        });
        Ok(Self { id, code, merchant, provider, quote, credit, product, accepted_at: now, expires_at })
    }

    /// Its id.
    pub fn id(&self) -> &OfferId {
        &self.id
    }

    /// Its code, for people.
    pub fn code(&self) -> Code {
        self.code
    }

    /// The id of the merchant at whom it was accepted.
    pub fn merchant(&self) -> &str {
        &self.merchant
    }

    /// The name of the provider that gave the price.
    pub fn provider(&self) -> &str {
        &self.provider
    }

    /// The quote that was accepted.
    pub fn quote(&self) -> &Quote {
        &self.quote
    }

    /// Price and top-up.
    pub fn credit(&self) -> Credit {
        self.credit
    }

    /// The product that the shopper looked at.
    pub fn product(&self) -> Option<&Product> {
        self.product.as_ref()
    }

    /// When it was accepted.
    pub fn accepted_at(&self) -> Moment {
        self.accepted_at
    }

    /// Its end. From then on it can no longer be redeemed.
    pub fn expires_at(&self) -> Moment {
        self.expires_at
    }

    /// Whether it has ended at `now`.
    pub fn ended(&self, now: Moment) -> bool {
        self.expires_at <= now
    }

    /// Whether it comes from a sandbox, so that it will not be paid.
    pub fn sandbox(&self) -> bool {
        self.quote.sandbox
    }
}

#[cfg(test)]
mod tests {
    use domain::{Money, Source};

    use super::*;
    use crate::{NoCredit, samples};

    fn accepted(change: impl FnOnce(&mut Acceptance)) -> Result<Offer, NotAcceptable> {
        let mut acceptance = samples::acceptance();
        change(&mut acceptance);
        Offer::accept(acceptance, samples::moment(0))
    }

    #[test]
    fn an_offer_ends_with_its_quote_or_before_it_and_never_after_it() {
        let ends = |until| accepted(|it| it.until = until).unwrap().expires_at();
        let end = samples::acceptance().quote.valid_until.unwrap();
        assert_eq!(ends(None), end);
        assert_eq!(ends(Some(samples::moment(60))), samples::moment(60));
        assert_eq!(ends(Some(samples::moment(1_000_000))), end);
    }

    #[test]
    fn a_stale_an_expired_and_an_endless_quote_are_not_acceptable() {
        assert_eq!(accepted(|it| it.quote.source = Source::Stale), Err(NotAcceptable::Stale));
        assert_eq!(accepted(|it| it.quote.valid_until = None), Err(NotAcceptable::UnknownEnd));
        let now = Some(samples::moment(0));
        assert_eq!(accepted(|it| it.quote.valid_until = now), Err(NotAcceptable::Expired));
        assert_eq!(accepted(|it| it.until = now), Err(NotAcceptable::Expired));
    }

    #[test]
    fn a_price_with_an_estimate_in_it_is_not_acceptable() {
        let ratio = domain::Ratio::ONE;
        let estimated =
            accepted(|it| it.quote.price = samples::price(450_000).with_estimated_coefficient(ratio));
        assert_eq!(estimated, Err(NotAcceptable::Estimated));
    }

    #[test]
    fn a_price_of_zero_is_not_acceptable_whatever_the_top_up() {
        let free = accepted(|it| {
            it.quote.price = samples::price(0);
            it.top_up = Money::from_fen(20_000);
        });
        assert_eq!(free, Err(NotAcceptable::NoCredit(NoCredit)));
    }

    #[test]
    fn a_price_that_stands_although_its_parts_do_not_add_up_is_acceptable() {
        let parts = domain::PriceParts {
            base: Some(Money::from_fen(500_000)),
            condition_discount: Some(domain::Ratio::ONE),
            function_deduction: Some(Money::ZERO),
            market_coefficient: Some(domain::Ratio::ONE),
            final_price: Money::from_fen(300_000),
        };
        let odd = accepted(|it| it.quote.price = domain::Price::new(parts)).unwrap();
        assert_eq!(odd.credit().price(), Money::from_fen(300_000));
    }

    #[test]
    fn a_long_name_of_a_product_is_cut() {
        let long = Product { name: "长".repeat(900), price: None };
        let offer = accepted(|it| it.product = Some(long)).unwrap();
        assert_eq!(offer.product().unwrap().name.chars().count(), Offer::LONGEST_NAME);
    }

    #[test]
    fn an_offer_is_read_back_as_it_was_kept() {
        let offer = samples::offer();
        let kept = serde_json::to_string(&offer).unwrap();
        assert_eq!(serde_json::from_str::<Offer>(&kept).unwrap(), offer);
    }
}
