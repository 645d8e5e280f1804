//! Who may see the operator's pages: who has the token, and whoever signed in with it.

use std::sync::Arc;

use axum::extract::{FromRef, FromRequestParts};
use axum::http::header;
use axum::http::request::Parts;
use axum_extra::extract::SignedCookieJar;
use axum_extra::extract::cookie::{Cookie, Key, SameSite};
use desk::Desk;
use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256, Sha512};

/// Goes to all operator pages, and to no script.
const COOKIE: &str = "tradein_operator";
/// How long a session lasts.
const SESSION: SignedDuration = SignedDuration::from_hours(12);

/// What the operator is known by. Clones share everything.
#[derive(Clone)]
pub struct Operator(Arc<Inner>);

struct Inner {
    digest: [u8; 32],
    /// Made of the token, so that another token ends all sessions.
    key: Key,
}

impl Operator {
    /// The operator who has `token`.
    pub fn new(token: &SecretString) -> Self {
        let token = token.expose_secret();
        let key = Sha512::new_with_prefix("operator session").chain_update(token).finalize();
        Self(Arc::new(Inner { digest: Sha256::digest(token).into(), key: Key::from(&key) }))
    }

    /// Whether that is the token. What the comparison takes tells nothing but hashes.
    pub(super) fn knows(&self, token: &str) -> bool {
        <[u8; 32]>::from(Sha256::digest(token.trim())) == self.0.digest
    }

    /// What signs the cookie.
    pub(super) fn key(&self) -> Key {
        self.0.key.clone()
    }
}

/// Begins a session; `secure` where the server is reached by https.
pub(super) fn begin(jar: SignedCookieJar, now: Timestamp, secure: bool) -> SignedCookieJar {
    let ends = now.saturating_add(SESSION).unwrap_or(now);
    jar.add(cookie(ends.as_second().to_string(), secure))
}

/// Ends the session.
pub(super) fn end(jar: SignedCookieJar) -> SignedCookieJar {
    jar.remove(cookie(String::new(), false))
}

fn cookie(value: String, secure: bool) -> Cookie<'static> {
    Cookie::build((COOKIE, value))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Strict)
        .secure(secure)
        .build()
}

/// Whether the request is the operator's: signed in, or with the token as bearer.
pub(super) struct IsOperator(pub(super) bool);

impl<S: Send + Sync> FromRequestParts<S> for IsOperator
where
    Operator: FromRef<S>,
    Desk: FromRef<S>,
{
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        let operator = Operator::from_ref(state);
        let bearer = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        if let Some(token) = bearer.and_then(|value| value.strip_prefix("Bearer ")) {
            return Ok(Self(operator.knows(token)));
        }
        let jar = SignedCookieJar::from_headers(&parts.headers, operator.key());
        let ends = jar.get(COOKIE).and_then(|cookie| cookie.value().parse::<i64>().ok());
        let now = Desk::from_ref(state).now().as_second();
        Ok(Self(ends.is_some_and(|ends| now < ends)))
    }
}
