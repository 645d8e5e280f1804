//! Verifies tokens as shops do, in other languages: each file of `examples/verify` must accept a valid token
//! and refuse invalid ones. A language or library that is not installed is left out, with a message.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64URL;
use checkout::{Acceptance, Claims, Code, Jwks, KeyRing, Offer, OfferId, SigningKey, sign};
use domain::{Moment, Money, Quote};
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};

const ISSUER: &str = "https://trade.example";
const PRIVATE: &[u8; 16] = b"\x30\x2e\x02\x01\x00\x30\x05\x06\x03\x2b\x65\x70\x04\x22\x04\x20";

fn after_now(seconds: i64) -> Moment {
    Moment::new(Timestamp::now() + SignedDuration::from_secs(seconds))
}

/// An offer that was accepted, and ends, this many seconds from now.
fn offer(accepted: i64, ends: i64) -> Offer {
    let quote: Quote = serde_json::from_value(serde_json::json!({
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

/// A token with valid claims and a header that `change` modifies, signed by the first key.
fn with_header(change: impl FnOnce(&mut Header)) -> String {
    let mut header = Header::new(Algorithm::EdDSA);
    header.typ = Some("tradein-offer+jwt".into());
    header.kid = Some(SigningKey::from_seed([1; 32]).public().kid().into());
    change(&mut header);
    let key = EncodingKey::from_ed_der(&[PRIVATE.as_slice(), &[1; 32]].concat());
    encode(&header, &Claims::new(&offer(-9, 900), ISSUER, 0), &key).unwrap()
}

fn bad_tokens() -> Vec<(&'static str, String)> {
    let good = signed(&offer(-9, 900), 1);
    let (message, signature) = good.rsplit_once('.').unwrap();
    let body = message.split('.').nth(1).unwrap();
    let none = BASE64URL.encode(r#"{"alg":"none","typ":"tradein-offer+jwt"}"#);
    let other_amount =
        String::from_utf8(BASE64URL.decode(body).unwrap()).unwrap().replace("470000", "970000");
    let changed =
        format!("{}.{}.{signature}", message.split('.').next().unwrap(), BASE64URL.encode(other_amount));
    let own_kid = SigningKey::from_seed([9; 32]).public().kid().to_owned();
    vec![
        ("expired", signed(&offer(-900, -60), 1)),
        ("not valid yet", signed(&offer(300, 900), 1)),
        ("of a foreign key", signed(&offer(-9, 900), 9)),
        ("of a key that is known, under another's name", with_header(|header| header.kid = Some(own_kid))),
        ("of another type", with_header(|header| header.typ = Some("JWT".into()))),
        ("without a kid", with_header(|header| header.kid = None)),
        ("unsigned", format!("{none}.{body}.")),
        ("with an empty signature", format!("{message}.")),
        ("of another amount", changed),
        ("no token", "a.b.c".into()),
    ]
}

/// How each file of `examples/verify` is run, and a command that succeeds if everything that it needs is
/// installed.
fn languages() -> [(&'static str, &'static str, &'static str); 6] {
    [
        ("jose.mjs", "node", "node -e 'require.resolve(\"jose\")'"),
        ("plain.mjs", "node", "node --version"),
        ("pyjwt.py", "python3", "python3 -c 'import jwt, cryptography'"),
        ("sodium.php", "php", "php -r 'exit(function_exists(\"sodium_bin2hex\") ? 0 : 1);'"),
        (
            "Verify.java",
            "java -cp /usr/share/java/*",
            "java -version && ls /usr/share/java/jackson-databind.jar",
        ),
        ("openssl.sh", "bash", "openssl version && jq --version && xxd -v"),
    ]
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/verify")
}

fn is_there(check: &str) -> bool {
    let mut command = Command::new("sh");
    command.args(["-c", check]).current_dir(folder()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// What the file prints for `token`; `None` if it refuses the token.
fn verdict(
    file: &str,
    program: &str,
    jwks: &Path,
    issuer: &str,
    merchant: &str,
    token: &str,
) -> Option<String> {
    let mut words = program.split(' ');
    let mut command = Command::new(words.next().unwrap());
    command.args(words).arg(file).arg(jwks).args([issuer, merchant]).current_dir(folder());
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(format!("{token}\n").as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap().trim().to_owned();
    output.status.success().then_some(said)
}

#[test]
fn each_language_takes_a_good_token_and_refuses_bad_ones() {
    let (next, now) = ([2; 32], after_now(0));
    let ring = KeyRing::generate([1; 32], next, now);
    let rotated = ring.clone().rotated(after_now(900), [3; 32], now).unwrap();
    let place = tempfile::tempdir().unwrap();
    let jwks = place.path().join("jwks.json");
    std::fs::write(&jwks, serde_json::to_string(&Jwks::new(&rotated, now)).unwrap()).unwrap();
    let good = offer(-9, 900);
    let expected = format!("{} 470000", good.id());
    for (file, program, needs) in languages() {
        if !is_there(needs) {
            println!("left out: {file}");
            continue;
        }
        let say = |issuer, merchant, token: &str| verdict(file, program, &jwks, issuer, merchant, token);
        for seed in [1, 2, 3] {
            let said = say(ISSUER, "demo", &signed(&good, seed));
            assert_eq!(said.as_deref(), Some(expected.as_str()), "{file}: previous, current and next key");
        }
        let token = signed(&good, 1);
        assert_eq!(say("https://other.example", "demo", &token), None, "{file}: another server's");
        assert_eq!(say(ISSUER, "other", &token), None, "{file}: another merchant's");
        for (what, token) in bad_tokens() {
            assert_eq!(say(ISSUER, "demo", &token), None, "{file}: {what}");
        }
    }
}
