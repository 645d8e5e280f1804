use std::ops::Deref;

use domain::{Category, PlainText, PurchaseChannel, QuoteRequest, RepairHistory, Term};
use provider::{Identity, SearchRequest};
use sha2::{Digest, Sha256};

/// The key of a cached answer: a hash of everything that the answer depends on. It is also the key in the
/// records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Key(records::Key);

impl Deref for Key {
    type Target = records::Key;

    fn deref(&self) -> &records::Key {
        &self.0
    }
}

impl Key {
    /// The same key, for what instances share.
    pub(crate) fn of_fleet(&self) -> fleet::Key {
        let mut hash = [0; 32];
        hash.copy_from_slice(self.bytes());
        fleet::Key::new(hash)
    }

    /// The key of a quote: every parameter that the price depends on, the account and the protocol.
    pub(crate) fn of_quote(of: &Identity, request: &QuoteRequest) -> Self {
        Self::of(
            of,
            "quote",
            &[
                request.category().code(),
                request.brand(),
                request.model(),
                request.storage(),
                request.ram().unwrap_or_default(),
                request.grade().code(),
                &request.function_status().to_string(),
                request.repair_history().map_or("", RepairHistory::word),
                request.purchase_channel().map_or("", PurchaseChannel::word),
            ],
        )
    }

    /// The key of a search. Letter case does not matter.
    pub(crate) fn of_search(of: &Identity, request: &SearchRequest) -> Self {
        let text =
            |text: &Option<PlainText>| text.as_ref().map_or(String::new(), |it| it.as_str().to_lowercase());
        let category = request.device_type.map_or("", Category::code);
        Self::of(of, "search", &[&text(&request.keyword), category, &text(&request.brand)])
    }

    /// The key of the provider itself, for this account.
    pub(crate) fn of_provider(of: &Identity) -> Self {
        Self::of(of, "provider", &[of.name.as_str()])
    }

    fn of(of: &Identity, kind: &str, parts: &[&str]) -> Self {
        let mut hash = Sha256::new();
        let account = [kind, &of.account, of.protocol];
        for part in account.iter().chain(parts) {
            // The length stands before each part, so that a shift of text from one part to the next changes
            // the hash.
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part.as_bytes());
        }
        Self(records::Key::new(hash.finalize().into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::QuoteForm;
    use provider::ProviderName;

    fn identity(account: &str) -> Identity {
        let name = ProviderName::parse("main").unwrap();
        Identity { name, account: account.into(), protocol: "v2" }
    }

    fn form() -> QuoteForm {
        QuoteForm {
            device_type: "手机".into(),
            brand: "苹果".into(),
            model: "iPhone 14 Pro".into(),
            storage: "256GB".into(),
            condition: "九成新".into(),
            function_status: "正常".into(),
            ..QuoteForm::default()
        }
    }

    #[test]
    fn every_parameter_that_bears_on_the_price_makes_another_key() {
        let key = |form: QuoteForm| Key::of_quote(&identity("A"), &form.parse().unwrap());
        let variants = [
            form(),
            QuoteForm { device_type: "平板".into(), ..form() },
            QuoteForm { brand: "小米".into(), ..form() },
            QuoteForm { model: "iPhone 14".into(), ..form() },
            QuoteForm { storage: "128GB".into(), ..form() },
            QuoteForm { ram: "6GB".into(), ..form() },
            QuoteForm { condition: "八成新".into(), ..form() },
            QuoteForm { function_status: "电池老化".into(), ..form() },
            QuoteForm { repair_history: "更换电池".into(), ..form() },
            QuoteForm { purchase_channel: "官网".into(), ..form() },
            // The same text, split differently between two neighbouring fields.
            QuoteForm { brand: "苹果iPhone".into(), model: "14 Pro".into(), ..form() },
        ];
        let keys: std::collections::HashSet<_> = variants.iter().cloned().map(key).collect();
        assert_eq!(keys.len(), variants.len());
        assert_ne!(Key::of_quote(&identity("B"), &form().parse().unwrap()), key(form()));
    }

    #[test]
    fn what_is_sent_alike_has_one_key_and_a_fault_has_another() {
        let key = |function_status: &str| {
            let form = QuoteForm { function_status: function_status.into(), ..form() };
            Key::of_quote(&identity("A"), &form.parse().unwrap())
        };
        for text in ["正常、", "Normal", "OK", "无", "良好", "/"] {
            assert_eq!(key(text), key("正常"), "{text}");
        }
        assert_ne!(key("正常、屏碎"), key("正常"));
    }
}
