use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use secrecy::zeroize::Zeroizing;
use subtle::ConstantTimeEq as _;

/// A secret that signs webhooks to one endpoint: 24 to 64 bytes, written as `whsec_` and base64. It is wiped
/// from memory when dropped, and its `Debug` output contains no secret.
#[derive(Clone)]
pub struct WebhookSecret(Zeroizing<Vec<u8>>);

/// A text that is not such a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a webhook's secret is whsec_ and 24 to 64 bytes in base64")]
pub struct NotASecret;

impl WebhookSecret {
    const PREFIX: &'static str = "whsec_";

    /// The secret made from 32 random bytes.
    pub fn from_random(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes.to_vec()))
    }

    /// Reads a secret. White space around it is ignored, because files end with a line break.
    ///
    /// # Errors
    /// [`NotASecret`].
    pub fn parse(text: &str) -> Result<Self, NotASecret> {
        let encoded = text.trim().strip_prefix(Self::PREFIX).ok_or(NotASecret)?;
        let bytes = Zeroizing::new(BASE64.decode(encoded).map_err(|_| NotASecret)?);
        if (24..=64).contains(&bytes.len()) { Ok(Self(bytes)) } else { Err(NotASecret) }
    }

    /// The secret as text, for the shop.
    pub fn to_text(&self) -> Zeroizing<String> {
        let encoded = Zeroizing::new(BASE64.encode(&*self.0));
        Zeroizing::new([Self::PREFIX, encoded.as_str()].concat())
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }
}

/// Takes the same time however much of two secrets agrees.
impl PartialEq for WebhookSecret {
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl Eq for WebhookSecret {}

impl fmt::Debug for WebhookSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WebhookSecret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_has_24_to_64_bytes_and_is_read_back() {
        let secret = |bytes: usize| format!("whsec_{}", BASE64.encode(vec![7; bytes]));
        for bytes in [24, 32, 64] {
            let text = secret(bytes);
            assert_eq!(*WebhookSecret::parse(&format!(" {text}\n")).unwrap().to_text(), text);
        }
        for text in
            [secret(23), secret(65), secret(32).replace("whsec_", ""), "whsec_%".into(), String::new()]
        {
            assert_eq!(WebhookSecret::parse(&text).unwrap_err(), NotASecret, "{text}");
        }
    }

    #[test]
    fn debug_shows_no_secret() {
        assert_eq!(format!("{:?}", WebhookSecret::from_random([65; 32])), "WebhookSecret(…)");
    }
}
