//! Signatures by Standard Webhooks 1.0.0: a secret `whsec_…`, and the three headers `webhook-id`,
//! `webhook-timestamp` and `webhook-signature` over the raw body. Webhooks to shops and calls to buyers are
//! signed with it.

mod secret;
mod signature;

pub use secret::{NotASecret, WebhookSecret};
pub use signature::{NoSecret, SignedHeaders};
