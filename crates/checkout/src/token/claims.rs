use domain::{Category, Money, QuoteId};
use serde::{Deserialize, Serialize};

use super::VERSION;
use crate::{Currency, Offer, OfferId, Product};

/// The claims of a token. Times are in seconds since 1970 (RFC 7519), amounts in fen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// Issuer: this server's public address.
    pub iss: String,
    /// Audience: the merchant's id.
    pub aud: String,
    /// Subject: the quote's id.
    pub sub: QuoteId,
    /// The offer's id.
    pub jti: OfferId,
    /// When the token was signed.
    pub iat: i64,
    /// From when it is valid: when the offer was accepted.
    pub nbf: i64,
    /// Its end, which is the offer's.
    pub exp: i64,
    /// Price and top-up together, in fen.
    pub amount: Money,
    /// The price of the device, in fen.
    pub price: Money,
    /// What the shop adds, in fen.
    pub top_up: Money,
    /// The currency of the amounts.
    pub currency: Currency,
    /// The product that the shopper looked at.
    pub product: Option<Product>,
    /// The device that is traded in.
    pub device: TokenDevice,
    /// The name of the provider that gave the price.
    pub provider: String,
    /// Whether the offer comes from a sandbox, so that it will not be paid.
    pub sandbox: bool,
    /// The version of the claims: 1.
    pub v: u8,
}

/// The device that is traded in, in the words of its quote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenDevice {
    /// The kind of device.
    #[serde(rename = "type")]
    pub kind: Category,
    /// The brand.
    pub brand: String,
    /// The exact model.
    pub model: String,
    /// The storage.
    pub storage: String,
    /// The cosmetic grade's word.
    pub condition: String,
    /// `正常` (it works), or the faults.
    pub function_status: String,
}

impl Claims {
    /// The claims of `offer`, issued by the server at the address `issuer` at the second `now`.
    pub fn new(offer: &Offer, issuer: &str, now: i64) -> Self {
        let (credit, quote) = (offer.credit(), offer.quote());
        let (amount, device) = (credit.amount(), &quote.device);
        Self {
            iss: issuer.to_owned(),
            aud: offer.merchant().to_owned(),
            sub: quote.id.clone(),
            jti: offer.id().clone(),
            iat: now,
            nbf: offer.accepted_at().timestamp().as_second(),
            exp: offer.expires_at().timestamp().as_second(),
            amount: amount.amount,
            price: credit.price(),
            top_up: credit.top_up(),
            currency: amount.currency,
            product: offer.product().cloned(),
            device: TokenDevice {
                kind: device.device_type,
                brand: device.brand.clone(),
                model: device.model.clone(),
                storage: device.storage.clone(),
                condition: device.condition.clone(),
                function_status: device.function_status.clone(),
            },
            provider: offer.provider().to_owned(),
            sandbox: offer.sandbox(),
            v: VERSION,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples;

    #[test]
    fn claims_have_the_names_that_shops_know_and_amounts_in_fen() {
        let claims = Claims::new(&samples::offer(), "https://trade.example", 1_767_074_401);
        let expected = serde_json::json!({
            "iss": "https://trade.example", "aud": "demo", "sub": "7000000000000000000000",
            "jti": "of_1000000000000000000000", "iat": 1_767_074_401, "nbf": 1_767_074_400, "exp": 1_767_160_800,
            "amount": 470_000, "price": 450_000, "top_up": 20_000, "currency": "CNY",
            "product": { "name": "iPhone 17", "price": 599_900 },
            "device": {
                "type": "手机", "brand": "苹果", "model": "iPhone 14 Pro", "storage": "256GB",
                "condition": "九成新", "function_status": "正常",
            },
            "provider": "aihuishou", "sandbox": false, "v": 1,
        });
        assert_eq!(serde_json::to_value(claims).unwrap(), expected);
    }
}
