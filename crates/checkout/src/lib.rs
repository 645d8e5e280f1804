//! What a shop needs to rely on a price: offers, their signed tokens, and the events that report what
//! happened to them.
//!
//! An **offer** is one shopper's acceptance of one quote at one merchant. Its amounts come from the quote and
//! the shop's rules and never change. [`decide`], a function of offer, [`Standing`], [`Command`] and time,
//! decides what happens to it. A [token](OfferToken) states the offer to the shop's backend, which verifies
//! it with any JWT library and the [public keys](Jwks).
//!
//! [`Checkout`] keeps offers in the [`records`], where a change and its event are written in one transaction,
//! and checks the API keys of shops' backends ([`ApiKey`]).
//!
//! Clock and randomness are arguments. Only [`keys`] uses files, and the only connections are those of the
//! records to their database.
//!
//! ```
//! use checkout::{
//!     Acceptance, Amount, Code, Command, KeyRing, Offer, OfferId, OrderId, Outcome, Refusal, Standing,
//!     decide, sign, verify,
//! };
//! use domain::{Moment, Money, Quote};
//!
//! # let quote: Quote = serde_json::from_str(r#"{
//! #     "id": "7000000000000000000000", "sandbox": false, "source": "partner",
//! #     "device": { "device_id": null, "device_type": "手机", "brand": "苹果", "model": "iPhone 14 Pro",
//! #         "storage": "256GB", "ram": null, "spec": null, "condition": "九成新", "condition_score": "0.9",
//! #         "function_status": "正常", "repair_history": null, "purchase_channel": null },
//! #     "price": { "currency": "CNY", "base": null, "condition_discount": null, "function_deduction": null,
//! #         "market_coefficient": null, "market_coefficient_estimated": false, "final": 450000, "consistent": null },
//! #     "recycle": [], "quality_check": [], "quoted_at": "2026-01-31T10:00:00+08:00",
//! #     "valid_until": "2026-02-01T10:00:00+08:00" }"#)?;
//! # let at = |text: &str| text.parse().map(Moment::new);
//! let now = at("2026-01-31T10:05:00+08:00")?;
//! let offer = Offer::accept(
//!     Acceptance {
//!         id: OfferId::from_random(0x5eed),
//!         code: Code::from_random(0x5eed),
//!         merchant: "demo".into(),
//!         provider: "aihuishou".into(),
//!         quote, // of ¥4,500
//!         top_up: Money::from_fen(20_000),
//!         product: None,
//!         until: None,
//!     },
//!     now,
//! )?;
//!
//! // The shop reads the token, and believes nothing else.
//! let keys = KeyRing::generate([1; 32], [2; 32], now);
//! let token = sign(&offer, "https://trade.example", keys.current(), now);
//! let claims = verify(token.expose(), keys.published(now), "https://trade.example", "demo", now)?;
//! assert_eq!(claims.amount, Money::from_fen(470_000));
//!
//! // Its order takes the offer. Another order comes too late.
//! let redeem = |order: &str| {
//!     let order_id = OrderId::parse(order).expect("a plain number");
//!     Command::Redeem { order_id, amount: Amount::cny(Money::from_fen(470_000)) }
//! };
//! let Outcome::Changed { standing, .. } = decide(&offer, &Standing::NEW, &redeem("A-1"), now)? else {
//!     panic!("a new offer can be redeemed");
//! };
//! assert_eq!(decide(&offer, &standing, &redeem("A-1"), now), Ok(Outcome::Unchanged));
//! assert_eq!(decide(&offer, &standing, &redeem("A-2"), now), Err(Refusal::AlreadyRedeemed));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

// A new member of a closed list must cause a compile error wherever the list is matched.
#![warn(clippy::wildcard_enum_match_arm)]

mod accept;
mod acceptable;
mod act;
mod amount;
mod api_key;
mod api_keys;
mod checkout;
mod code;
mod counts;
mod credit;
mod deps;
mod error;
mod event_kind;
mod find;
mod id;
mod kept;
pub mod keys;
mod offer;
mod order_id;
mod outbox;
mod read;
mod reason;
mod refusal;
#[cfg(test)]
mod samples;
mod setup;
mod standing;
mod sums;
mod token;
mod transition;
mod view;
pub mod webhooks;

pub use accept::Wanted;
pub use acceptable::{NotAcceptable, acceptable};
pub use act::Redemption;
pub use amount::{Amount, Currency, NotACurrency};
pub use api_key::{ApiKey, ApiKeySecret, ApiKeyView, DEMO_KEY, NotAnApiKey};
pub use checkout::Checkout;
pub use code::{Code, NotACode};
pub use credit::{Credit, NoCredit};
pub use deps::Deps;
pub use error::CheckoutError;
pub use event_kind::{EventKind, OfferEvent};
pub use id::{ApiKeyId, EventId, NotAnId, OfferId};
pub use kept::Kept;
pub use keys::{Jwks, KeyRing, PublicKey, SigningKey};
pub use offer::{Acceptance, Offer, Product};
pub use order_id::{NotAnOrderId, OrderId};
pub use read::{Page, Selection};
// What is kept, as pages show it.
pub use reason::{NotAReason, Reason};
pub use records::{DeliveryRecord, EndpointOff, EventRecord, OfferDay, Outstanding};
pub use refusal::Refusal;
pub use setup::{Endpoint, Setup};
pub use standing::{NotAState, Standing, State};
pub use token::{Claims, LEEWAY, OfferToken, TokenDevice, TokenError, sign, verify};
pub use transition::{Command, Outcome, decide};
pub use view::OfferView;
