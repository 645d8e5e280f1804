use super::*;

#[test]
fn a_token_for_another_merchant_or_several_is_refused() {
    assert_eq!(verified(&changed(|_, claims| claims["aud"] = "other".into())), Err(TokenError::Audience));
    assert_eq!(
        verified(&changed(|_, claims| claims["aud"] = json!(["demo", "other"]))),
        Err(TokenError::Claims)
    );
}

#[test]
fn a_token_of_another_server_is_refused() {
    let token = changed(|_, claims| claims["iss"] = "https://evil.example".into());
    assert_eq!(verified(&token), Err(TokenError::Issuer));
}

#[test]
fn a_token_counts_from_its_acceptance_to_its_end_give_or_take_the_leeway() {
    let (token, end, leeway) = (good(), 86_400, LEEWAY.as_secs());
    assert!(leeway <= 30);
    assert!(verified_at(&token, end + leeway - 1).is_ok());
    assert_eq!(verified_at(&token, end + leeway), Err(TokenError::Expired));
    assert!(verified_at(&token, -leeway).is_ok());
    assert_eq!(verified_at(&token, -leeway - 1), Err(TokenError::NotYetValid));
}

#[test]
fn a_demanded_claim_that_is_missing_is_refused() {
    for name in ["exp", "nbf", "aud", "iss", "sub", "jti", "iat", "amount", "currency", "v"] {
        let token = changed(|_, claims| drop(claims.as_object_mut().unwrap().remove(name)));
        assert_eq!(verified(&token), Err(TokenError::Claims), "{name}");
    }
}

#[test]
fn a_time_of_the_wrong_json_type_is_refused_and_does_not_count_as_absent() {
    for name in ["exp", "nbf"] {
        for wrong in [
            json!("4102444800"),
            json!(null),
            json!([4_102_444_800_u64]),
            json!(true),
            json!(4.1e9),
            json!({}),
        ] {
            let token = changed(|_, claims| claims[name] = wrong.clone());
            assert_eq!(verified(&token), Err(TokenError::Claims), "{name}: {wrong}");
        }
    }
}

#[test]
fn an_amount_that_is_no_whole_number_of_fen_is_refused() {
    for wrong in [json!("470000"), json!(4700.5)] {
        let token = changed(|_, claims| claims["amount"] = wrong.clone());
        assert_eq!(verified(&token), Err(TokenError::Claims), "{wrong}");
    }
}

#[test]
fn a_claim_that_appears_twice_is_refused() {
    let (header, claims) = (part(&good(), 0), part(&good(), 1).to_string());
    let twice = claims.replacen('{', r#"{"amount":1,"#, 1);
    let message = format!("{}.{}", BASE64URL.encode(header.to_string()), BASE64URL.encode(twice));
    let signature =
        crypto::sign(message.as_bytes(), key(1).encoding(), jsonwebtoken::Algorithm::EdDSA).unwrap();
    assert_eq!(verified(&format!("{message}.{signature}")), Err(TokenError::Claims));
}

#[test]
fn other_claims_versions_and_demanded_extensions_are_refused() {
    assert_eq!(verified(&changed(|_, claims| claims["v"] = 2.into())), Err(TokenError::Claims));
    assert_eq!(verified(&changed(|header, _| header["crit"] = json!(["b64"]))), Err(TokenError::Critical));
}
