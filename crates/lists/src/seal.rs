//! Seals what an uploaded file contains: it may have names and addresses of people, which the records must not have in
//! readable form (decision 20 of the partner's protocol).

use std::fmt;

use aws_lc_rs::aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};

/// Seals and opens bytes with a secret key, by AES-256-GCM. Each is sealed for one name, and opens by no other.
#[derive(Clone)]
pub struct Seal([u8; 32]);

impl Seal {
    /// Seals with this key. It must be the same at all instances, and is in no file.
    pub fn by(key: [u8; 32]) -> Self {
        Self(key)
    }

    /// Seals `bytes`: a random nonce, and what is sealed. `None` only if the system has no randomness.
    pub(crate) fn seal(&self, name: &str, mut bytes: Vec<u8>) -> Option<Vec<u8>> {
        let nonce = self.key()?.seal_in_place_append_tag(Aad::from(name), &mut bytes).ok()?;
        Some([&nonce.as_ref()[..], &bytes].concat())
    }

    /// Opens what was sealed for `name`; `None` if it was sealed with another key, for another name, or was changed.
    pub(crate) fn open(&self, name: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, bytes) = sealed.split_at_checked(NONCE_LEN)?;
        let mut bytes = bytes.to_vec();
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let opened = self.key()?.open_in_place(nonce, Aad::from(name), &mut bytes).ok()?.len();
        bytes.truncate(opened);
        Some(bytes)
    }

    fn key(&self) -> Option<RandomizedNonceKey> {
        RandomizedNonceKey::new(&AES_256_GCM, &self.0).ok()
    }
}

impl fmt::Debug for Seal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Seal")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_with_its_key_and_name_only() {
        let (seal, text) = (Seal::by([1; 32]), "张三,13800138000".as_bytes());
        let sealed = seal.seal("a", text.to_vec()).unwrap();
        assert!(!sealed.windows(3).any(|window| window == &text[..3]));
        assert_ne!(seal.seal("a", text.to_vec()).unwrap(), sealed, "the nonce is another one each time");
        assert_eq!(seal.open("a", &sealed).as_deref(), Some(text));
        assert_eq!(seal.open("b", &sealed), None);
        assert_eq!(Seal::by([2; 32]).open("a", &sealed), None);
        let changed: Vec<u8> = sealed.iter().map(|byte| byte ^ 1).collect();
        assert_eq!((seal.open("a", &changed), seal.open("a", b"short")), (None, None));
        assert_eq!(format!("{seal:?}"), "Seal");
    }
}
