//! The signature: test vectors, and properties of every text. The stage before it, the canonical string, is
//! tested in `src/canonical.rs`.

use aihuishou::{AppSecret, Parameters, sign};
use proptest::prelude::*;

fn secret() -> AppSecret {
    AppSecret::new("test_secret_please_rotate").unwrap()
}

#[test]
fn vectors_of_the_signature() {
    let vectors: serde_json::Value = serde_json::from_str(include_str!("data/signing.json")).unwrap();
    assert_eq!(vectors["secret"], "test_secret_please_rotate");
    for case in vectors["cases"].as_array().unwrap() {
        let given = case["params"].as_object().unwrap();
        let parameters =
            Parameters::new(given.iter().map(|(name, value)| (name.as_str(), value.as_str().unwrap())));
        let signature = sign(&parameters, &secret());
        assert_eq!(signature.to_string(), case["sign"].as_str().unwrap(), "{}", case["name"]);
        assert!(signature.verify(case["sign"].as_str().unwrap()), "{}", case["name"]);
    }
}

#[test]
fn only_the_very_signature_is_verified() {
    let signature = sign(&Parameters::new([("a", "1")]), &secret());
    let right = signature.to_string();
    assert!(signature.verify(&right));
    for wrong in
        ["", &right[1..], &right.to_uppercase(), &right.replace(&right[..1], "g"), &format!("{right}0")]
    {
        assert!(!signature.verify(wrong), "{wrong}");
    }
}

#[test]
fn nothing_that_is_printed_holds_the_secret_or_the_signature() {
    let parameters = Parameters::new([("a", "1")]);
    let canonical = parameters.canonical(&secret());
    let signature = canonical.sign(&secret());
    let account = aihuishou::Account::new("AHS2025TEST", secret()).unwrap();
    let profile = aihuishou::Profile::v2("https://partner.example").unwrap();
    let client = aihuishou::Client::new(account.clone(), profile).unwrap();
    let printed =
        format!("{canonical:?} {} {signature:?} {account:?} {client:?} {:?}", canonical.masked(), secret());
    assert!(!printed.contains("please_rotate"));
    assert!(!printed.contains(&signature.to_string()));
}

proptest! {
    #[test]
    fn the_order_of_parameters_does_not_matter(
        (given, shuffled) in proptest::collection::btree_map(any::<String>(), any::<String>(), 0..12)
            .prop_flat_map(|map| {
                let given: Vec<_> = map.into_iter().collect();
                (Just(given.clone()), Just(given).prop_shuffle())
            })
    ) {
        let (one, other) = (Parameters::new(given), Parameters::new(shuffled));
        prop_assert_eq!(sign(&one, &secret()).to_string(), sign(&other, &secret()).to_string());
    }

    #[test]
    fn empty_values_and_a_stale_sign_never_count(
        given in proptest::collection::btree_map("[a-z_]{1,8}", "\\PC{1,12}", 0..8),
        empty in proptest::collection::vec("[A-Z]{1,8}", 0..4),
        stale in any::<String>(),
    ) {
        let plain = Parameters::new(given.clone());
        let noise = empty.into_iter().map(|name| (name, String::new())).chain([("sign".to_owned(), stale)]);
        let noisy = Parameters::new(given.into_iter().chain(noise));
        prop_assert_eq!(plain, noisy);
    }

    #[test]
    fn every_text_can_be_signed(name in any::<String>(), value in any::<String>()) {
        let parameters = Parameters::new([(name, value)]);
        prop_assert_eq!(sign(&parameters, &secret()).to_string().len(), 64);
        prop_assert!(parameters.canonical(&secret()).masked().ends_with("&secret=***"));
    }
}
