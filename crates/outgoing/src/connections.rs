//! The connections to a provider: how they are opened, how long they are kept, and when all of them are
//! given up.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::{Mutex, MutexGuard};
use reqwest::redirect;
use rustls::crypto::aws_lc_rs;
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::Verifier;

use crate::Proxy;
use crate::names::Names;

/// How long a connection may be idle. Load balancers between the two forget an idle connection after 50 s or
/// more, without closing it. The pool checks at intervals of this length, so a connection is closed after at
/// most twice this time.
const IDLE: Duration = Duration::from_secs(20);
/// An idle connection is probed after this time, to find out whether the other side is gone.
const PROBE_AFTER: Duration = Duration::from_secs(10);
const PROBE_AGAIN: Duration = Duration::from_secs(5);
/// If sent data is not acknowledged for this long by the other machine (not by the provider's program), the
/// connection is dead.
const UNACKNOWLEDGED: Duration = Duration::from_secs(3);

/// How to connect to a provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// The proxy to use; `None` connects directly.
    pub proxy: Option<Proxy>,
    /// The longest time to open a connection: name look-up, TCP and TLS together. After this time, nothing
    /// has been sent.
    pub connect_within: Duration,
}

impl Default for Route {
    /// Directly, within 3 s.
    fn default() -> Self {
        Self { proxy: None, connect_within: Duration::from_secs(3) }
    }
}

/// Why a client cannot be created.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// The machine has no certificates by which to check the partner's.
    #[error(
        "this machine has no CA certificates to check the partner's with: install the package ca-certificates (on Debian: apt install ca-certificates), or name a file of them in SSL_CERT_FILE ({0})"
    )]
    NoCertificates(rustls::Error),
    /// TLS cannot be set up.
    #[error("TLS cannot be set up: {0}")]
    Tls(#[from] rustls::Error),
    /// The HTTP client cannot be set up.
    #[error("the HTTP client cannot be set up: {0}")]
    Http(#[from] reqwest::Error),
}

/// The connections to one provider, by one account.
///
/// If one fails, all kept connections are given up: the cause, such as a load balancer that restarted, has
/// usually broken the others too, and each of them would cost a shopper the same time again. Calls under way
/// on them go on; every later call opens a new connection.
pub struct Connections {
    tls: ClientConfig,
    route: Route,
    pub(crate) names: Arc<Names>,
    kept: Mutex<Kept>,
}

/// The pool in use.
#[derive(Clone)]
pub(crate) struct Kept {
    pub(crate) http: reqwest::Client,
    /// How many pools were given up before this one.
    number: u64,
}

impl Connections {
    /// No connection yet. `secure` says whether the provider is called over TLS.
    ///
    /// # Errors
    /// [`ClientError`] when the machine's TLS cannot be set up.
    pub fn new(route: Route, secure: bool) -> Result<Self, ClientError> {
        let (tls, names) = (tls(secure)?, Arc::new(Names::of_the_system()));
        let http = pool(&tls, &route, &names)?;
        Ok(Self { tls, route, names, kept: Mutex::new(Kept { http, number: 0 }) })
    }

    /// The proxy, if one is used.
    pub(crate) fn proxy(&self) -> Option<&Proxy> {
        self.route.proxy.as_ref()
    }

    /// The pool for the next call.
    pub(crate) fn kept(&self) -> Kept {
        self.lock().clone()
    }

    /// Gives up the connections of `failed`, unless that is already done.
    pub(crate) fn give_up(&self, failed: &Kept) {
        let mut kept = self.lock();
        if kept.number != failed.number {
            return;
        }
        // The same build succeeded before. If it fails now, the old pool is better than none.
        if let Ok(http) = pool(&self.tls, &self.route, &self.names) {
            *kept = Kept { http, number: failed.number + 1 };
        }
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock()
    }
}

impl fmt::Debug for Connections {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connections").field("route", &self.route).finish_non_exhaustive()
    }
}

/// A pool without connections.
fn pool(tls: &ClientConfig, route: &Route, names: &Arc<Names>) -> Result<reqwest::Client, reqwest::Error> {
    let builder = reqwest::Client::builder()
        // A signed call must not be redirected or repeated.
        .redirect(redirect::Policy::none())
        .retry(reqwest::retry::never())
        .tls_backend_preconfigured(tls.clone())
        .dns_resolver(Arc::clone(names))
        .connect_timeout(route.connect_within)
        .pool_idle_timeout(IDLE)
        .tcp_keepalive(PROBE_AFTER)
        .tcp_keepalive_interval(PROBE_AGAIN)
        .tcp_user_timeout(UNACKNOWLEDGED)
        // The proxy is not read from the environment, which only the server reads.
        .no_proxy();
    match &route.proxy {
        None => builder.build(),
        Some(proxy) => builder.proxy(proxy.for_all()?).build(),
    }
}

/// Certificates are checked with those of the machine. A provider on this machine with plain HTTP needs none,
/// so a sandbox runs on a machine without certificates.
fn tls(secure: bool) -> Result<ClientConfig, ClientError> {
    let provider = Arc::new(aws_lc_rs::default_provider());
    let config =
        ClientConfig::builder_with_provider(Arc::clone(&provider)).with_safe_default_protocol_versions()?;
    if !secure {
        return Ok(config.with_root_certificates(RootCertStore::empty()).with_no_client_auth());
    }
    let verifier = Verifier::new(provider).map_err(ClientError::NoCertificates)?;
    Ok(config.dangerous().with_custom_certificate_verifier(Arc::new(verifier)).with_no_client_auth())
}
