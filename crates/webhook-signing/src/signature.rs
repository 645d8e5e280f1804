use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::Timestamp;
use sha2::Sha256;

use crate::WebhookSecret;

/// The three headers of a signed webhook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedHeaders {
    id: String,
    timestamp: String,
    signature: String,
}

/// There is no secret to sign with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no secret to sign with")]
pub struct NoSecret;

impl SignedHeaders {
    /// The headers of one try at `now`. The signed text is `id.timestamp.body`, and exactly these bytes must
    /// be sent as the body. While a secret is being replaced, there is a signature by each of the two
    /// secrets, and a receiver accepts either.
    ///
    /// # Errors
    /// [`NoSecret`] if `secrets` is empty, because nothing is sent unsigned.
    pub fn new(
        id: impl fmt::Display,
        now: Timestamp,
        body: &[u8],
        secrets: &[WebhookSecret],
    ) -> Result<Self, NoSecret> {
        if secrets.is_empty() {
            return Err(NoSecret);
        }
        let timestamp = now.as_second().to_string();
        let head = format!("{id}.{timestamp}.");
        let signatures: Vec<String> = secrets.iter().map(|secret| signature(secret, &head, body)).collect();
        Ok(Self { id: id.to_string(), timestamp, signature: signatures.join(" ") })
    }

    /// Names and values, as they are sent.
    pub fn pairs(&self) -> [(&'static str, &str); 3] {
        [
            ("webhook-id", &self.id),
            ("webhook-timestamp", &self.timestamp),
            ("webhook-signature", &self.signature),
        ]
    }
}

fn signature(secret: &WebhookSecret, head: &str, body: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.bytes()).expect("HMAC takes keys of any length");
    mac.update(head.as_bytes());
    mac.update(body);
    format!("v1,{}", BASE64.encode(mac.finalize().into_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &[u8] = r#"{"type":"ping","data":{"name":"手机"}}"#.as_bytes();

    fn now() -> Timestamp {
        Timestamp::now()
    }

    fn verified(headers: &SignedHeaders, secret: &WebhookSecret, body: &[u8]) -> bool {
        let mut map = http::HeaderMap::new();
        for (name, value) in headers.pairs() {
            map.insert(name, value.parse().unwrap());
        }
        standardwebhooks::Webhook::new(&secret.to_text()).unwrap().verify(body, &map).is_ok()
    }

    #[test]
    fn the_standards_own_library_verifies_what_is_signed() {
        let (id, secret) = ("ev_1", WebhookSecret::from_random([1; 32]));
        let headers = SignedHeaders::new(id, now(), BODY, std::slice::from_ref(&secret)).unwrap();
        assert!(verified(&headers, &secret, BODY));
        assert!(!verified(&headers, &WebhookSecret::from_random([2; 32]), BODY));
        let written_again = br#"{"type": "ping", "data": {"name": "\u624b\u673a"}}"#;
        assert!(!verified(&headers, &secret, written_again), "the same JSON in other bytes");
    }

    #[test]
    fn while_a_secret_is_replaced_both_the_old_and_the_new_one_verify() {
        let (old, new) = (WebhookSecret::from_random([1; 32]), WebhookSecret::from_random([2; 32]));
        let secrets = [new.clone(), old.clone()];
        let headers = SignedHeaders::new("ev_1", now(), BODY, &secrets).unwrap();
        assert!(verified(&headers, &old, BODY) && verified(&headers, &new, BODY));
    }

    #[test]
    fn an_old_timestamp_is_refused_by_the_standards_own_library() {
        let secret = WebhookSecret::from_random([1; 32]);
        let old = Timestamp::now() - jiff::SignedDuration::from_mins(6);
        let headers = SignedHeaders::new("ev_1", old, BODY, std::slice::from_ref(&secret)).unwrap();
        assert!(!verified(&headers, &secret, BODY));
    }

    #[test]
    fn the_signature_is_that_of_the_standards_example() {
        let secret = WebhookSecret::parse("whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD").unwrap();
        let head = "msg_27UH4WbU6Z5A5EzD8u03UvzRbpk.1649367553.";
        let body = br#"{"email":"test@example.com","username":"test_user"}"#;
        assert_eq!(signature(&secret, head, body), "v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw=");
    }

    #[test]
    fn nothing_goes_out_unsigned() {
        assert_eq!(SignedHeaders::new("ev_1", now(), BODY, &[]), Err(NoSecret));
    }
}
