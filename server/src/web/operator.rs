//! Who may see the operator's pages: who has the token, and who signed in with it.

use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::extract::{FromRef, FromRequestParts};
use axum::http::header::{self, HeaderMap};
use axum::http::request::Parts;
use axum_extra::extract::SignedCookieJar;
use axum_extra::extract::cookie::{Cookie, Key, SameSite};
use desk::Desk;
use domain::Failure;
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256, Sha512};

use super::edge::limits::{Asker, Limits};
use super::edge::refused::Refused;
use super::guesses::Guesses;
use super::sessions::{Session, Sessions};

/// The cookie where the server is reached by http, as in development.
const PLAIN_COOKIE: &str = "tradein_operator";
/// The cookie where the server is reached by https: by this prefix, browsers take it from
/// this host alone, and only when it is `Secure`.
const HOST_COOKIE: &str = "__Host-tradein_operator";

/// What the operator is known by. Clones share everything.
#[derive(Clone)]
pub struct Operator(Arc<Inner>);

struct Inner {
    digest: [u8; 32],
    /// Signs the cookie; made of the token.
    key: Key,
    /// Whether the server is reached by https.
    https: bool,
    guesses: Mutex<Guesses>,
    sessions: Sessions,
}

impl Operator {
    /// The operator who has `token`, and reaches the server by https or not.
    pub fn new(token: &SecretString, https: bool) -> Self {
        let token = token.expose_secret();
        let key = Sha512::new_with_prefix("operator session").chain_update(token).finalize();
        Self(Arc::new(Inner {
            digest: Sha256::digest(token).into(),
            key: Key::from(&key),
            https,
            guesses: Mutex::default(),
            sessions: Sessions::default(),
        }))
    }

    /// Whether that is the token. Hashes are compared, so that the time it takes tells
    /// nothing of the token.
    ///
    /// # Errors
    /// The time to wait where too many wrong ones came from `address`.
    pub(super) fn knows(&self, token: &str, address: IpAddr) -> Result<bool, Duration> {
        let right = <[u8; 32]>::from(Sha256::digest(token.trim())) == self.0.digest;
        let mut guesses = self.0.guesses.lock().unwrap_or_else(PoisonError::into_inner);
        let judged = guesses.judge(address, Instant::now(), right);
        drop(guesses);
        if judged == Ok(false) {
            tracing::warn!("a wrong operator token was sent");
        }
        judged
    }

    /// What signs the cookie.
    pub(super) fn key(&self) -> Key {
        self.0.key.clone()
    }

    /// Begins a session, which takes the place of the browser's earlier one.
    pub(super) fn begin(&self, jar: SignedCookieJar, now: Timestamp) -> SignedCookieJar {
        self.forget(&jar);
        jar.add(self.cookie(self.0.sessions.begin(now)))
    }

    /// Ends the session, in the browser and here.
    pub(super) fn end(&self, jar: SignedCookieJar) -> SignedCookieJar {
        self.forget(&jar);
        jar.remove(self.cookie(String::new()))
    }

    /// The open session that a request's cookie names.
    pub(super) fn session(&self, headers: &HeaderMap, now: Timestamp) -> Option<Session> {
        let jar = SignedCookieJar::from_headers(headers, self.key());
        jar.get(self.cookie_name()).and_then(|cookie| self.0.sessions.find(cookie.value(), now))
    }

    fn forget(&self, jar: &SignedCookieJar) {
        if let Some(cookie) = jar.get(self.cookie_name()) {
            self.0.sessions.end(cookie.value());
        }
    }

    fn cookie_name(&self) -> &'static str {
        if self.0.https { HOST_COOKIE } else { PLAIN_COOKIE }
    }

    fn cookie(&self, id: String) -> Cookie<'static> {
        Cookie::build((self.cookie_name(), id))
            .path("/")
            .http_only(true)
            .same_site(SameSite::Strict)
            .secure(self.0.https)
            .build()
    }
}

/// What lets a request see the operator's pages.
pub(super) enum Access {
    /// Nothing.
    None,
    /// The token, as `Authorization: Bearer`.
    Token,
    /// An open session.
    Session(Session),
}

impl Access {
    /// Whether the request is the operator's.
    pub(super) fn is_operator(&self) -> bool {
        !matches!(self, Self::None)
    }

    /// Waits until what was given no longer lets the request in. A request with the token
    /// itself is let in to its end.
    pub(super) async fn over(self, now: Timestamp) {
        match self {
            Self::None => {}
            Self::Token => std::future::pending().await,
            Self::Session(session) => session.over(now).await,
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Access
where
    Operator: FromRef<S>,
    Limits: FromRef<S>,
    Desk: FromRef<S>,
{
    /// [`Failure::RateLimited`] where wrong tokens came too often.
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refused> {
        let operator = Operator::from_ref(state);
        if let Some(token) = bearer(parts) {
            let token = token.to_owned();
            let internal = |_| Refused::from(Failure::Internal { request_id: String::new() });
            let asker = Asker::from_request_parts(parts, state).await.map_err(internal)?;
            let early = |wait: Duration| Failure::RateLimited { retry_after_seconds: wait.as_secs() + 1 };
            let known = operator.knows(&token, asker.household()).map_err(early)?;
            return Ok(if known { Self::Token } else { Self::None });
        }
        let session = operator.session(&parts.headers, Desk::from_ref(state).now());
        Ok(session.map_or(Self::None, Self::Session))
    }
}

/// The token of `Authorization: Bearer`.
fn bearer(parts: &Parts) -> Option<&str> {
    let value = parts.headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token)
}
