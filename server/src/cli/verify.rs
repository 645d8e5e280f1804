//! `tradein offers verify`: the checks that a shop's backend makes of a token, one by one.

use std::io::{Read as _, Write as _, stdin, stdout};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64URL;
use checkout::keys::read;
use checkout::{CheckoutError, Claims, KeyRing, OfferToken, TokenError};
use clap::Args;
use domain::Moment;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::checkout::Opened;
use super::{CommandError, print_json};
use crate::Settings;
use crate::offers::key_file;

/// Which token.
#[derive(Debug, Args)]
pub(super) struct VerifyArgs {
    /// The token; `-` reads it from stdin, so that it is in no shell's history
    token: String,
    /// The merchant that it must be for; else the one that it names
    #[arg(long)]
    merchant: Option<String>,
    /// Print the checks and the claims as JSON
    #[arg(long)]
    json: bool,
}

/// The longest input in bytes; a token has about 1,000.
const LONGEST: u64 = 64 * 1024;

/// The checks in their order, each with the errors of a token that fails it.
const CHECKS: [(&str, &[TokenError]); 10] = [
    ("form", &[TokenError::Malformed]),
    ("algorithm", &[TokenError::Algorithm]),
    ("type", &[TokenError::Type]),
    ("extensions", &[TokenError::Critical]),
    ("key", &[TokenError::UnknownKey]),
    ("signature", &[TokenError::Signature]),
    ("claims", &[TokenError::Claims]),
    ("issuer", &[TokenError::Issuer]),
    ("merchant", &[TokenError::Audience]),
    ("time", &[TokenError::Expired, TokenError::NotYetValid]),
];

pub(super) async fn verify(args: VerifyArgs, settings: &Settings) -> Result<(), CommandError> {
    let VerifyArgs { token, merchant, json } = args;
    let token = OfferToken::received(if token == "-" { read_stdin()? } else { token }.trim().to_owned());
    let path = key_file(settings);
    let ring = read(&path).map_err(|error| {
        let path = path.display();
        CommandError::Failed(format!(
            "the keys that sign offers cannot be read from {path} (TRADEIN_SIGNING_KEY_FILE): {error}"
        ))
    })?;
    let opened = Opened::open(settings, ring.clone()).await?;
    let issuer = opened.checkout.setup().issuer.clone();
    let said = Unverified::read(token.expose());
    let merchant = merchant.or_else(|| said.text("aud")).unwrap_or_default();
    let now = Moment::new(Timestamp::now());
    let result = checkout::verify(token.expose(), ring.published(now), &issuer, &merchant, now);
    let state = match &result {
        Ok(claims) => Some(state_of(&opened, claims).await?),
        Err(_) => None,
    };
    opened.close().await;
    let report = Report { result: &result, hint: hint(&result, &said, &ring, &issuer), state };
    if json {
        print_json(&report.json())?
    } else {
        stdout().write_all(report.text().as_bytes())?
    }
    match result {
        Ok(_) => Ok(()),
        Err(error) => Err(CommandError::Failed(format!("a shop must refuse this token: {error}"))),
    }
}

fn read_stdin() -> Result<String, CommandError> {
    let mut text = String::new();
    stdin().lock().take(LONGEST).read_to_string(&mut text)?;
    Ok(text)
}

/// The state of the offer in the records: a token stays valid when its offer was redeemed or withdrawn.
async fn state_of(opened: &Opened, claims: &Claims) -> Result<String, CommandError> {
    match opened.checkout.get(claims.jti.as_str(), Some(&claims.aud)).await {
        Ok(kept) => {
            let state = &kept.standing.state;
            let order = state.order_id().map(|order| format!(" by order {order}")).unwrap_or_default();
            Ok(format!("{}{order}", state.code()))
        }
        Err(CheckoutError::NotFound) => Ok("not in these records".to_owned()),
        Err(error) => Err(CommandError::Failed(error.to_string())),
    }
}

/// Header and claims of a token that nobody has verified, to say what is wrong with it.
struct Unverified([Value; 2]);

impl Unverified {
    fn read(token: &str) -> Self {
        let mut parts = token.split('.').map(|part| {
            let bytes = BASE64URL.decode(part).unwrap_or_default();
            serde_json::from_slice(&bytes).unwrap_or_default()
        });
        Self([parts.next().unwrap_or_default(), parts.next().unwrap_or_default()])
    }

    /// A short text of header or claims, in one line.
    fn text(&self, name: &str) -> Option<String> {
        let text = self.0.iter().find_map(|part| part[name].as_str())?;
        Some(text.chars().filter(|c| !c.is_control()).take(100).collect())
    }

    fn moment(&self, name: &str) -> Option<Moment> {
        let seconds = self.0[1][name].as_i64()?;
        Timestamp::from_second(seconds).ok().map(Moment::new)
    }
}

/// What the token says, and what is expected, where a check fails.
fn hint(
    result: &Result<Claims, TokenError>,
    said: &Unverified,
    ring: &KeyRing,
    issuer: &str,
) -> Option<String> {
    let text = |name: &str| said.text(name).unwrap_or_else(|| "nothing".to_owned());
    let at = |name: &str| said.moment(name).map_or_else(|| "nothing".to_owned(), |at| at.to_string());
    match result.as_ref().err()? {
        TokenError::UnknownKey => Some(format!(
            "it says kid {}; the key that signs here now is {}",
            text("kid"),
            ring.current().public().kid()
        )),
        TokenError::Algorithm => Some(format!("it says alg {}; only EdDSA is taken", text("alg"))),
        TokenError::Type => Some(format!("it says typ {}", text("typ"))),
        TokenError::Issuer => {
            Some(format!("it says iss {}; this server is {issuer} (TRADEIN_PUBLIC_URL)", text("iss")))
        }
        TokenError::Audience => Some(format!("it says aud {}", text("aud"))),
        TokenError::Expired => Some(format!("its end was {}", at("exp"))),
        TokenError::NotYetValid => Some(format!("it is valid from {}", at("nbf"))),
        TokenError::Malformed | TokenError::Critical | TokenError::Signature | TokenError::Claims => None,
    }
}

struct Report<'a> {
    result: &'a Result<Claims, TokenError>,
    hint: Option<String>,
    /// The state of the offer, if the token is valid.
    state: Option<String>,
}

impl Report<'_> {
    /// The checks up to the first that fails, each with the error if it fails.
    fn checks(&self) -> Vec<(&'static str, Option<TokenError>)> {
        let error = self.result.as_ref().err().copied();
        let failed = error.and_then(|error| CHECKS.iter().position(|(_, errors)| errors.contains(&error)));
        let made = failed.map_or(CHECKS.len(), |place| place + 1);
        let check = |(place, (name, _)): (usize, &(&'static str, _))| {
            (*name, error.filter(|_| Some(place) == failed))
        };
        CHECKS.iter().enumerate().take(made).map(check).collect()
    }

    fn text(&self) -> String {
        let mut text = String::new();
        for (name, error) in self.checks() {
            text += &match error {
                None => format!("ok     {name}\n"),
                Some(error) => {
                    let hint = self.hint.as_ref().map(|hint| format!(": {hint}")).unwrap_or_default();
                    format!("WRONG  {name}: {error}{hint}\n")
                }
            };
        }
        if let Ok(claims) = self.result {
            let until = Timestamp::from_second(claims.exp).map(Moment::new);
            let until = until.map(|until| until.to_string()).unwrap_or_default();
            let (jti, aud, amount) = (&claims.jti, &claims.aud, claims.amount);
            text += &format!("offer {jti} at {aud}: {amount}, until {until}\n");
            let sandbox = if claims.sandbox { "; of a sandbox, which pays nothing" } else { "" };
            text += &format!("state: {}{sandbox}\n", self.state.as_deref().unwrap_or_default());
        }
        text
    }

    fn json(&self) -> Value {
        let checks = self.checks().into_iter().map(|(name, error)| {
            json!({ "check": name, "ok": error.is_none(), "error": error.map(|error| error.to_string()) })
        });
        json!({
            "valid": self.result.is_ok(),
            "checks": checks.collect::<Vec<_>>(),
            "hint": self.hint,
            "claims": self.result.as_ref().ok(),
            "state": self.state,
        })
    }
}
