//! Verifies tokens as shops do, in other languages: each file of `examples/verify` must accept a valid token
//! and refuse invalid ones, among them the attacks of RFC 8725. `scripts/bootstrap` installs the languages and
//! libraries; only Java is left out where it is not installed.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64URL;
use checkout::{Acceptance, Claims, Code, Jwks, KeyRing, Offer, OfferId, SigningKey, sign};
use domain::{Moment, Money, Quote};
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{Algorithm, EncodingKey};
use serde_json::{Value, json};

const ISSUER: &str = "https://trade.example";
const PRIVATE: &[u8; 16] = b"\x30\x2e\x02\x01\x00\x30\x05\x06\x03\x2b\x65\x70\x04\x22\x04\x20";

fn after_now(seconds: i64) -> Moment {
    Moment::new(Timestamp::now() + SignedDuration::from_secs(seconds))
}

/// An offer that was accepted, and ends, this many seconds from now.
fn offer(accepted: i64, ends: i64) -> Offer {
    let quote: Quote = serde_json::from_value(json!({
        "id": "7000000000000000000000", "sandbox": false, "source": "partner",
        "device": { "device_id": null, "device_type": "手机", "brand": "苹果", "model": "iPhone 14 Pro",
            "storage": "256GB", "ram": null, "spec": null, "condition": "九成新", "condition_score": "0.9",
            "function_status": "正常", "repair_history": null, "purchase_channel": null },
        "price": { "currency": "CNY", "base": null, "condition_discount": null, "function_deduction": null,
            "market_coefficient": null, "market_coefficient_estimated": false, "final": 450_000,
            "consistent": null },
        "recycle": [], "quality_check": [], "quoted_at": "2026-01-31T10:00:00+08:00",
        "valid_until": after_now(ends).to_string(),
    }))
    .unwrap();
    let acceptance = Acceptance {
        id: OfferId::from_random(1),
        code: Code::from_random(1),
        merchant: "demo".into(),
        provider: "aihuishou".into(),
        quote,
        top_up: Money::from_fen(20_000),
        product: None,
        until: None,
    };
    Offer::accept(acceptance, after_now(accepted)).unwrap()
}

fn signed(offer: &Offer, seed: u8) -> String {
    sign(offer, ISSUER, &SigningKey::from_seed([seed; 32]), after_now(0)).expose().to_owned()
}

/// The claims of a good offer.
fn claims() -> Value {
    serde_json::to_value(Claims::new(&offer(-9, 900), ISSUER, 0)).unwrap()
}

/// The header that our server writes, with `more` added or put in place of what it has; `null` removes a field.
fn header(more: Value) -> Value {
    let kid = SigningKey::from_seed([1; 32]).public().kid().to_owned();
    let mut header = json!({ "alg": "EdDSA", "typ": "tradein-offer+jwt", "kid": kid });
    for (name, value) in more.as_object().unwrap() {
        header[name] = value.clone();
    }
    header.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    header
}

/// A token of these parts, signed by the key of `seed`.
fn token(seed: u8, header: &Value, claims: &Value) -> String {
    let key = EncodingKey::from_ed_der(&[PRIVATE.as_slice(), &[seed; 32]].concat());
    with_signature(&key, Algorithm::EdDSA, header, claims)
}

fn with_signature(key: &EncodingKey, algorithm: Algorithm, header: &Value, claims: &Value) -> String {
    let part = |value: &Value| BASE64URL.encode(value.to_string());
    let message = format!("{}.{}", part(header), part(claims));
    let signature = jsonwebtoken::crypto::sign(message.as_bytes(), key, algorithm).unwrap();
    format!("{message}.{signature}")
}

/// A token whose signature is an HMAC: its secret is the public key, which everybody has.
fn by_the_public_key(secret: &[u8]) -> String {
    let key = EncodingKey::from_secret(secret);
    with_signature(&key, Algorithm::HS256, &header(json!({ "alg": "HS256" })), &claims())
}

fn without(claim: &str) -> String {
    let mut claims = claims();
    claims.as_object_mut().unwrap().remove(claim);
    token(1, &header(json!({})), &claims)
}

fn bad_tokens() -> Vec<(&'static str, String)> {
    let good = signed(&offer(-9, 900), 1);
    let (message, signature) = good.rsplit_once('.').unwrap();
    let (head, body) = message.split_once('.').unwrap();
    let none = BASE64URL.encode(header(json!({ "alg": "none" })).to_string());
    let other_amount =
        String::from_utf8(BASE64URL.decode(body).unwrap()).unwrap().replace("470000", "970000");
    let (known, foreign) = (SigningKey::from_seed([1; 32]), SigningKey::from_seed([9; 32]));
    let (known, foreign) = (known.public(), foreign.public());
    let foreign_jwk = json!({ "kty": "OKP", "crv": "Ed25519", "kid": foreign.kid(), "x": foreign.x() });
    let in_header = |more| token(9, &header(more), &claims());
    vec![
        ("expired", signed(&offer(-900, -60), 1)),
        ("not valid yet", signed(&offer(300, 900), 1)),
        ("without an end", without("exp")),
        ("without a beginning", without("nbf")),
        ("without an issuer", without("iss")),
        ("without an audience", without("aud")),
        ("of a foreign key", signed(&offer(-9, 900), 9)),
        ("of a foreign key, under the name of ours", in_header(json!({}))),
        ("of a key that is in its header", in_header(json!({ "jwk": foreign_jwk, "kid": foreign.kid() }))),
        ("of a key that is in its header, under the name of ours", in_header(json!({ "jwk": foreign_jwk }))),
        (
            "of a key at an address",
            in_header(json!({ "jku": "https://evil.example/jwks.json", "kid": foreign.kid() })),
        ),
        (
            "of a key that is known, under another's name",
            token(1, &header(json!({ "kid": foreign.kid() })), &claims()),
        ),
        ("of another type", token(1, &header(json!({ "typ": "JWT" })), &claims())),
        ("without a type", token(1, &header(json!({ "typ": null })), &claims())),
        ("without a kid", token(1, &header(json!({ "kid": null })), &claims())),
        ("that demands an extension", token(1, &header(json!({ "crit": ["x"], "x": 1 })), &claims())),
        ("with an HMAC by the public key", by_the_public_key(&BASE64URL.decode(known.x()).unwrap())),
        ("with an HMAC by the public key as text", by_the_public_key(known.x().as_bytes())),
        ("with another algorithm's name", token(1, &header(json!({ "alg": "ES256" })), &claims())),
        ("unsigned", format!("{none}.{body}.")),
        ("unsigned, with a signature", format!("{none}.{body}.{signature}")),
        ("with an empty signature", format!("{message}.")),
        ("without a signature", message.to_owned()),
        ("with a fourth part", format!("{good}.{signature}")),
        ("of another amount", format!("{head}.{}.{signature}", BASE64URL.encode(other_amount))),
        ("no token", "a.b.c".into()),
    ]
}

fn examples(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(folder).canonicalize().unwrap()
}

/// A folder with a copy of a file of `examples/verify`, the server's keys, and the packages of the example shop, where
/// Node looks for them.
fn place(file: &str) -> tempfile::TempDir {
    let (next, now) = ([2; 32], after_now(0));
    let ring = KeyRing::generate([1; 32], next, now);
    let rotated = ring.rotated(after_now(900), [3; 32], now).unwrap();
    let place = tempfile::tempdir().unwrap();
    let jwks = serde_json::to_string(&Jwks::new(&rotated, now)).unwrap();
    fs::write(place.path().join("jwks.json"), jwks).unwrap();
    fs::copy(examples("verify").join(file), place.path().join(file)).unwrap();
    symlink(examples("shop").join("node_modules"), place.path().join("node_modules")).unwrap();
    place
}

fn succeeds(command: &str, place: &Path) -> bool {
    let mut shell = Command::new("sh");
    shell.args(["-c", command]).current_dir(place).stdout(Stdio::null()).stderr(Stdio::null());
    shell.status().is_ok_and(|status| status.success())
}

/// What `program` prints for `token`; `None` if it refuses the token.
fn verdict(program: &str, place: &Path, issuer: &str, merchant: &str, token: &str) -> Option<String> {
    let mut words = program.split(' ');
    let mut command = Command::new(words.next().unwrap());
    command.args(words).args(["jwks.json", issuer, merchant]).current_dir(place);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(format!("{token}\n").as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap().trim().to_owned();
    output.status.success().then_some(said)
}

/// Gives good and bad tokens to `program`, which runs a file of `examples/verify`.
fn try_tokens(program: &str, place: &Path) {
    let say = |issuer, merchant, token: &str| verdict(program, place, issuer, merchant, token);
    let good = offer(-9, 900);
    let expected = format!("{} 470000", good.id());
    for seed in [1, 2, 3] {
        let said = say(ISSUER, "demo", &signed(&good, seed));
        assert_eq!(said.as_deref(), Some(expected.as_str()), "previous, current and next key");
    }
    // Bad tokens differ from this one in one thing each.
    let said = say(ISSUER, "demo", &token(1, &header(json!({})), &claims()));
    assert_eq!(said.as_deref(), Some(expected.as_str()), "made by the test itself");
    let token = signed(&good, 1);
    assert_eq!(say("https://other.example", "demo", &token), None, "another server's");
    assert_eq!(say(ISSUER, "other", &token), None, "another merchant's");
    for (what, token) in bad_tokens() {
        assert_eq!(say(ISSUER, "demo", &token), None, "{what}");
    }
}

/// Tries a file of `examples/verify`. `needs` succeeds if everything is installed that the file needs.
fn takes_good_tokens_and_refuses_bad_ones(file: &str, program: &str, needs: &str) {
    let place = place(file);
    assert!(
        succeeds(needs, place.path()),
        "what examples/verify/{file} needs is not installed ({needs}): run scripts/bootstrap, and in this shell `. scripts/env`"
    );
    try_tokens(program, place.path());
}

#[test]
fn node_with_jose_takes_good_tokens_and_refuses_bad_ones() {
    let needs = "node --input-type=module -e 'import \"jose\"'";
    takes_good_tokens_and_refuses_bad_ones("jose.mjs", "node jose.mjs", needs);
}

#[test]
fn node_alone_takes_good_tokens_and_refuses_bad_ones() {
    takes_good_tokens_and_refuses_bad_ones("plain.mjs", "node plain.mjs", "node --version");
}

#[test]
fn python_with_pyjwt_takes_good_tokens_and_refuses_bad_ones() {
    let needs = "python3 -c 'import jwt, cryptography'";
    takes_good_tokens_and_refuses_bad_ones("pyjwt.py", "python3 pyjwt.py", needs);
}

#[test]
fn php_with_sodium_takes_good_tokens_and_refuses_bad_ones() {
    let needs = "php -r 'exit(extension_loaded(\"sodium\") ? 0 : 1);'";
    takes_good_tokens_and_refuses_bad_ones("sodium.php", "php sodium.php", needs);
}

#[test]
fn openssl_takes_good_tokens_and_refuses_bad_ones() {
    let needs = "openssl version && jq --version && xxd -v";
    takes_good_tokens_and_refuses_bad_ones("openssl.sh", "bash openssl.sh", needs);
}

/// The only one that may be left out: a JDK is large, and nothing else here needs one.
#[test]
fn java_takes_good_tokens_and_refuses_bad_ones_where_it_is_installed() {
    let place = place("Verify.java");
    if succeeds("javac -version && ls /usr/share/java/jackson-databind.jar", place.path()) {
        assert!(succeeds("javac -cp '/usr/share/java/*' Verify.java", place.path()), "Verify.java compiles");
        try_tokens("java -cp /usr/share/java/*:. Verify", place.path());
    } else {
        println!("left out: Verify.java");
    }
}
