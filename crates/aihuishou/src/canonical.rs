use std::fmt;

use secrecy::{ExposeSecret, SecretString};

use crate::{AppSecret, Parameters};

const SECRET: &str = "&secret=";

/// The text that is signed: `name=value` joined by `&`, then `&secret=` and the secret.
///
/// Values are in UTF-8 and are not escaped or normalised. Since the text contains the secret, it is wiped
/// when dropped, has no `Display`, and its `Debug` shows nothing.
pub struct CanonicalString {
    text: SecretString,
    secret_at: usize,
}

impl Parameters {
    /// Joins the parameters and the secret into the text that is signed.
    pub fn canonical(&self, secret: &AppSecret) -> CanonicalString {
        let secret = secret.expose();
        let names_and_values: usize = self.iter().map(|(name, value)| name.len() + value.len() + 2).sum();
        // Allocated with the exact size: a text that grows would leave copies of the secret in memory.
        let mut text = String::with_capacity(names_and_values + SECRET.len() + secret.len());
        for (name, value) in self.iter() {
            if !text.is_empty() {
                text.push('&');
            }
            text.push_str(name);
            text.push('=');
            text.push_str(value);
        }
        text.push_str(SECRET);
        let secret_at = text.len();
        text.push_str(secret);
        CanonicalString { text: SecretString::from(text), secret_at }
    }
}

impl CanonicalString {
    /// The text with `***` in place of the secret, to debug a signature.
    pub fn masked(&self) -> String {
        format!("{}***", &self.text.expose_secret()[..self.secret_at])
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        self.text.expose_secret().as_bytes()
    }
}

impl fmt::Debug for CanonicalString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CanonicalString(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mask_hides_the_secret_and_nothing_else() {
        let parameters = Parameters::new([("b", "2"), ("a", "1"), ("empty", "")]);
        let canonical = parameters.canonical(&AppSecret::new("hush").unwrap());
        assert_eq!(canonical.masked(), "a=1&b=2&secret=***");
        assert!(!format!("{canonical:?}").contains("hush"));
    }

    /// The first stage of the vectors, tested here because only this module can see the text.
    #[test]
    fn vectors_of_the_canonical_string() {
        let vectors: serde_json::Value =
            serde_json::from_str(include_str!("../tests/data/signing.json")).unwrap();
        let secret = AppSecret::new(vectors["secret"].as_str().unwrap()).unwrap();
        for case in vectors["cases"].as_array().unwrap() {
            let given = case["params"].as_object().unwrap();
            let parameters =
                Parameters::new(given.iter().map(|(name, value)| (name.as_str(), value.as_str().unwrap())));
            let canonical = parameters.canonical(&secret);
            assert_eq!(canonical.text.expose_secret(), case["canonical"], "{}", case["name"]);
        }
    }
}
