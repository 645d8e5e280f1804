//! The attacks of RFC 8725 and some others. Each changes one thing in a valid token.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64URL;
use hmac::{Hmac, KeyInit as _, Mac as _};
use jsonwebtoken::crypto;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::{SigningKey, samples};

/// Attacks on the claims.
mod claims;

const ISSUER: &str = "https://trade.example";

fn key(seed: u8) -> SigningKey {
    SigningKey::from_seed([seed; 32])
}

fn good() -> String {
    sign(&samples::offer(), ISSUER, &key(1), samples::moment(1)).expose().to_owned()
}

fn verified_at(token: &str, seconds: i64) -> Result<Claims, TokenError> {
    let keys = [key(1), key(2)].map(|key| key.public().clone());
    verify(token, &keys, ISSUER, "demo", samples::moment(seconds))
}

fn verified(token: &str) -> Result<Claims, TokenError> {
    verified_at(token, 10)
}

fn part(token: &str, number: usize) -> Value {
    let part = token.split('.').nth(number).unwrap();
    serde_json::from_slice(&BASE64URL.decode(part).unwrap()).unwrap()
}

/// A token with changed header and claims, signed again by our own key.
fn changed(change: impl FnOnce(&mut Value, &mut Value)) -> String {
    let (mut header, mut claims) = (part(&good(), 0), part(&good(), 1));
    change(&mut header, &mut claims);
    signed(&header, &claims, &key(1))
}

fn message(header: &Value, claims: &Value) -> String {
    format!("{}.{}", BASE64URL.encode(header.to_string()), BASE64URL.encode(claims.to_string()))
}

fn signed(header: &Value, claims: &Value, key: &SigningKey) -> String {
    let message = message(header, claims);
    let signature = crypto::sign(message.as_bytes(), key.encoding(), jsonwebtoken::Algorithm::EdDSA).unwrap();
    format!("{message}.{signature}")
}

#[test]
fn a_token_of_ours_is_good_and_says_what_was_accepted() {
    let claims = verified(&good()).unwrap();
    assert_eq!(claims, Claims::new(&samples::offer(), ISSUER, samples::moment(1).timestamp().as_second()));
    let header = part(&good(), 0);
    let expected = json!({ "typ": "tradein-offer+jwt", "alg": "EdDSA", "kid": key(1).public().kid() });
    assert_eq!(header, expected);
}

#[test]
fn alg_none_is_refused_with_and_without_a_signature() {
    for none in ["none", "None", "NONE", ""] {
        let token = changed(|header, _| header["alg"] = none.into());
        assert_eq!(verified(&token), Err(TokenError::Malformed));
        let (message, _) = token.rsplit_once('.').unwrap();
        assert_eq!(verified(&format!("{message}.")), Err(TokenError::Malformed));
    }
}

#[test]
fn hs256_with_the_public_key_as_its_secret_is_refused() {
    let (mut header, claims) = (part(&good(), 0), part(&good(), 1));
    header["alg"] = "HS256".into();
    let message = message(&header, &claims);
    let public = BASE64URL.decode(key(1).public().x()).unwrap();
    for secret in [public, key(1).public().x().as_bytes().to_vec()] {
        let mut mac = Hmac::<sha2::Sha256>::new_from_slice(&secret).unwrap();
        mac.update(message.as_bytes());
        let signature = BASE64URL.encode(mac.finalize().into_bytes());
        assert_eq!(verified(&format!("{message}.{signature}")), Err(TokenError::Algorithm));
    }
}

#[test]
fn a_foreign_kid_is_refused_whatever_it_tries_to_be() {
    let foreign = key(9).public().kid().to_owned();
    for kid in [foreign.as_str(), "", "../../dev/null", "' OR 1=1 --", "https://evil.example/k"] {
        let token = changed(|header, _| header["kid"] = kid.into());
        assert_eq!(verified(&token), Err(TokenError::UnknownKey), "{kid}");
    }
    let token = changed(|header, _| drop(header.as_object_mut().unwrap().remove("kid")));
    assert_eq!(verified(&token), Err(TokenError::UnknownKey));
}

#[test]
fn keys_and_addresses_of_keys_in_the_header_are_ignored() {
    let evil = key(9);
    let (mut header, claims) = (part(&good(), 0), part(&good(), 1));
    header["jku"] = "https://evil.example/jwks.json".into();
    header["x5u"] = "https://evil.example/x5".into();
    header["jwk"] = json!({ "kty": "OKP", "crv": "Ed25519", "x": evil.public().x() });
    assert!(verified(&signed(&header, &claims, &key(1))).is_ok(), "our own signature still counts");
    assert_eq!(verified(&signed(&header, &claims, &evil)), Err(TokenError::Signature));
    header["kid"] = evil.public().kid().into();
    assert_eq!(verified(&signed(&header, &claims, &evil)), Err(TokenError::UnknownKey));
}

#[test]
fn a_token_signed_again_by_another_key_is_refused() {
    let (header, claims) = (part(&good(), 0), part(&good(), 1));
    assert_eq!(verified(&signed(&header, &claims, &key(9))), Err(TokenError::Signature));
    assert_eq!(
        verified(&signed(&header, &claims, &key(2))),
        Err(TokenError::Signature),
        "ours, but not of its kid"
    );
}

#[test]
fn a_changed_amount_breaks_the_signature() {
    let (header, mut claims) = (part(&good(), 0), part(&good(), 1));
    claims["amount"] = 9_999_999.into();
    let (_, signature) = good().rsplit_once('.').map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
    let token = format!("{}.{signature}", message(&header, &claims));
    assert_eq!(verified(&token), Err(TokenError::Signature));
}

#[test]
fn another_type_of_token_or_none_is_refused() {
    for typ in [json!("JWT"), json!("at+jwt"), json!("TRADEIN-OFFER+JWT"), json!(null)] {
        let token = changed(|header, _| header["typ"] = typ);
        assert_eq!(verified(&token), Err(TokenError::Type));
    }
}

#[test]
fn what_is_no_token_is_refused() {
    let (good, huge) = (good(), "a".repeat(1_000_000));
    let cut = &good[..good.len() - 1];
    let brand = "a".repeat(8_000);
    let long = changed(|_, claims| claims["device"]["brand"] = brand.as_str().into());
    assert_eq!(verified(&long), Err(TokenError::Malformed), "longer than any of ours");
    for text in ["", ".", "..", "...", "a.b.c", huge.as_str(), "💰.💰.💰"] {
        assert_eq!(verified(text), Err(TokenError::Malformed));
    }
    assert!(
        verified(cut).is_err()
            && verified(&format!("{good}=")).is_err()
            && verified(&format!(" {good}")).is_err()
    );
}

#[test]
fn neither_an_error_nor_debug_shows_a_token() {
    let token = sign(&samples::offer(), ISSUER, &key(1), samples::moment(1));
    assert_eq!(format!("{token:?}"), "OfferToken(…)");
    let error = verified(&changed(|_, claims| claims["amount"] = "whispered".into())).unwrap_err();
    assert!(!format!("{error} {error:?}").contains("whispered"));
}

proptest! {
    #[test]
    fn whatever_is_changed_in_a_token_it_is_refused(cut in 0..2000_usize, put in "[A-Za-z0-9_.-]{0,3}", take in 0..3_usize) {
        let good = good();
        let (cut, end) = (cut.min(good.len()), (cut + take).min(good.len()));
        let changed = format!("{}{put}{}", &good[..cut], &good[end..]);
        prop_assert_eq!(verified(&changed).is_ok(), changed == good);
    }

    #[test]
    fn whatever_text_comes_in_it_is_refused(text in ".{0,200}", claims in "[{}\\[\\]\":,a-z0-9]{0,60}") {
        prop_assert!(verified(&text).is_err());
        let message = format!("{}.{}", good().split('.').next().unwrap(), BASE64URL.encode(claims));
        let signature =
            crypto::sign(message.as_bytes(), key(1).encoding(), jsonwebtoken::Algorithm::EdDSA).unwrap();
        prop_assert_eq!(verified(&format!("{message}.{signature}")), Err(TokenError::Claims));
    }
}
