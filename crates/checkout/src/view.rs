use domain::{Moment, Money, Quote};
use serde::Serialize;

use crate::{Code, Currency, Offer, OfferId, OfferToken, OrderId, Product, Standing};

/// An offer in the JSON form that shops read.
#[derive(Clone, Debug, Serialize)]
pub struct OfferView<'a> {
    id: &'a OfferId,
    state: &'static str,
    sandbox: bool,
    merchant: &'a str,
    quote: &'a Quote,
    amount: Money,
    price: Money,
    top_up: Money,
    currency: Currency,
    product: Option<&'a Product>,
    order_id: Option<&'a OrderId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<&'a OfferToken>,
    code: Code,
    accepted_at: Moment,
    redeemed_at: Option<Moment>,
    expires_at: Moment,
    version: u64,
}

impl<'a> OfferView<'a> {
    /// The offer without its token, as in events.
    pub fn without_token(offer: &'a Offer, standing: &'a Standing) -> Self {
        let credit = offer.credit();
        let amount = credit.amount();
        Self {
            id: offer.id(),
            state: standing.state.code(),
            sandbox: offer.sandbox(),
            merchant: offer.merchant(),
            quote: offer.quote(),
            amount: amount.amount,
            price: credit.price(),
            top_up: credit.top_up(),
            currency: amount.currency,
            product: offer.product(),
            order_id: standing.state.order_id(),
            token: None,
            code: offer.code(),
            accepted_at: offer.accepted_at(),
            redeemed_at: standing.state.redeemed_at(),
            expires_at: offer.expires_at(),
            version: standing.version,
        }
    }

    /// The offer with its token, as in the API's responses.
    pub fn with_token(offer: &'a Offer, standing: &'a Standing, token: &'a OfferToken) -> Self {
        Self { token: Some(token), ..Self::without_token(offer, standing) }
    }

    /// The same with another quote, for [`Event`](crate::Event)s, whose size is limited.
    pub(crate) fn with_quote(self, quote: &'a Quote) -> Self {
        Self { quote, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{State, samples};

    #[test]
    fn an_offer_has_the_names_that_shops_know() {
        let (offer, token) = (samples::offer(), OfferToken::from_signed("a.b.c".to_owned()));
        let order_id = OrderId::parse("A1").unwrap();
        let standing = Standing::NEW.changed(State::Redeemed { order_id, at: samples::moment(5) });
        let mut json = serde_json::to_value(OfferView::with_token(&offer, &standing, &token)).unwrap();
        assert_eq!(json["quote"]["id"], offer.quote().id.as_str());
        json["quote"] = "…".into();
        let expected = serde_json::json!({
            "id": offer.id().as_str(), "state": "redeemed", "sandbox": false, "merchant": "demo", "quote": "…",
            "amount": 470_000, "price": 450_000, "top_up": 20_000, "currency": "CNY",
            "product": { "name": "iPhone 17", "price": 599_900 }, "order_id": "A1", "token": "a.b.c",
            "code": "23456789", "accepted_at": "2025-12-30T14:00:00+08:00",
            "redeemed_at": "2025-12-30T14:00:05+08:00", "expires_at": "2025-12-31T14:00:00+08:00", "version": 2,
        });
        assert_eq!(json, expected);
    }

    #[test]
    fn without_a_token_there_is_no_such_name_either() {
        let offer = samples::offer();
        let json = serde_json::to_value(OfferView::without_token(&offer, &Standing::NEW)).unwrap();
        assert!(json.get("token").is_none());
        assert!(json["order_id"].is_null() && json["redeemed_at"].is_null());
    }
}
