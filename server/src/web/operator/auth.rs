//! Authentication of the operator: the token, the sessions that it begins, and the cookie that names one.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Instant;

use axum::http::header::HeaderMap;
use axum_extra::extract::SignedCookieJar;
use axum_extra::extract::cookie::{Cookie, Key, SameSite};
use jiff::Timestamp;
use parking_lot::Mutex;
use records::Records;
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256, Sha512};

use super::guesses::Guesses;
use super::sessions::{Session, Sessions};
use crate::web::edge::limits::TooEarly;

/// The cookie's name where the server is reached by http, as in development.
const PLAIN_COOKIE: &str = "tradein_operator";
/// The cookie's name where the server is reached by https. Because of the prefix, browsers accept it from this
/// host only, and only when it is `Secure`.
const HOST_COOKIE: &str = "__Host-tradein_operator";

/// Checks tokens and sessions. Clones share everything.
#[derive(Clone)]
pub struct OperatorAuth(Arc<Inner>);

struct Inner {
    digest: [u8; 32],
    /// Signs the cookie. It is derived from the token, so a new token ends what was signed before.
    key: Key,
    /// Whether browsers reach the server by https.
    https: bool,
    guesses: Mutex<Guesses>,
    sessions: Sessions,
}

impl OperatorAuth {
    /// Authentication by `token`, for a server that browsers reach by https or not.
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

    /// Whether that is the token. Hashes are compared, so the time that it takes depends on nothing secret.
    ///
    /// # Errors
    /// [`TooEarly`] if too many wrong tokens came from `address`.
    pub(super) fn is_token(&self, token: &str, address: IpAddr) -> Result<bool, TooEarly> {
        let right = <[u8; 32]>::from(Sha256::digest(token.trim())) == self.0.digest;
        let mut guesses = self.0.guesses.lock();
        let judged = guesses.judge(address, Instant::now(), right);
        drop(guesses);
        if judged == Ok(false) {
            tracing::warn!("a wrong operator token was sent");
        }
        judged.map_err(TooEarly::by)
    }

    /// The key that signs the cookie.
    pub(in crate::web) fn key(&self) -> Key {
        self.0.key.clone()
    }

    /// A key for another purpose, derived from the token as well.
    pub(in crate::web) fn key_for(&self, purpose: &str) -> [u8; 32] {
        Sha256::new_with_prefix(purpose).chain_update(self.0.key.master()).finalize().into()
    }

    /// Begins a session. It replaces the earlier one of this browser.
    pub(super) fn begin(&self, jar: SignedCookieJar, now: Timestamp) -> SignedCookieJar {
        self.forget(&jar);
        jar.add(self.cookie(Sessions::begin(now)))
    }

    /// Ends the session, in the browser and for every copy of its cookie.
    pub(super) fn end(&self, jar: SignedCookieJar) -> SignedCookieJar {
        self.forget(&jar);
        jar.remove(self.cookie(String::new()))
    }

    /// The open session that a request's cookie names.
    pub(in crate::web) fn session(&self, headers: &HeaderMap, now: Timestamp) -> Option<Session> {
        let jar = SignedCookieJar::from_headers(headers, self.key());
        jar.get(self.cookie_name()).and_then(|cookie| self.0.sessions.find(cookie.value(), now))
    }

    /// Records the sessions that are ended here, and learns of those that are ended at other instances, for as long as
    /// the process runs.
    pub async fn follow_sessions(&self, records: &Records, now: impl Fn() -> Timestamp) {
        self.0.sessions.follow(records, now).await;
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
