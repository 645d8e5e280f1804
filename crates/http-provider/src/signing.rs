use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;
use webhook_signing::{NoSecret, SignedHeaders, WebhookSecret};

/// Signs calls by Standard Webhooks: `webhook-id`, `webhook-timestamp` and `webhook-signature` over the raw
/// body. During a change of the secret there is a signature by each of the two, and the buyer accepts either.
#[derive(Clone)]
pub struct Signer {
    secrets: Vec<WebhookSecret>,
    random: Arc<dyn Fn() -> u128 + Send + Sync>,
}

impl Signer {
    /// Signs with these secrets. `random` makes the ids of calls, which must differ.
    ///
    /// # Errors
    /// [`NoSecret`] if there is none, because nothing is sent unsigned.
    pub fn new(
        secrets: Vec<WebhookSecret>,
        random: Arc<dyn Fn() -> u128 + Send + Sync>,
    ) -> Result<Self, NoSecret> {
        if secrets.is_empty() { Err(NoSecret) } else { Ok(Self { secrets, random }) }
    }

    /// The headers of a call with this body at `now`.
    pub fn sign(&self, now: Timestamp, body: &[u8]) -> SignedHeaders {
        let id = format!("call_{:032x}", (self.random)());
        SignedHeaders::new(id, now, body, &self.secrets).expect("there is a secret")
    }

    /// Signs with a secret that the buyer does not have.
    pub(crate) fn foreign(&self) -> Self {
        let mut bytes = [0; 32];
        bytes[..16].copy_from_slice(&(self.random)().to_be_bytes());
        bytes[16..].copy_from_slice(&(self.random)().to_be_bytes());
        Self { secrets: vec![WebhookSecret::from_random(bytes)], random: Arc::clone(&self.random) }
    }

    /// Signs with a secret that the buyer does not have, and after it with the right ones.
    pub(crate) fn with_foreign(&self) -> Self {
        let mut both = self.foreign();
        both.secrets.extend(self.secrets.iter().cloned());
        both
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Signer(…)")
    }
}
