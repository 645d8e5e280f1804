//! The connections to the partner: how they are made, how long they are kept, and when all that are
//! kept are given up.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::{Mutex, MutexGuard};
use reqwest::redirect;
use rustls::crypto::aws_lc_rs;
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::Verifier;

use crate::names::Names;
use crate::{Profile, Proxy};

/// How long a connection may be idle. Balancers on the way forget one after 50 s and more, without a
/// word; the pool looks at intervals of this length, so that one ends after twice as long at the
/// latest.
const IDLE: Duration = Duration::from_secs(20);
/// An idle connection is probed after this time, so that one whose other end is gone is found out.
const PROBE_AFTER: Duration = Duration::from_secs(10);
const PROBE_AGAIN: Duration = Duration::from_secs(5);
/// What was sent and is not acknowledged for so long, by the other machine and not by the partner's
/// program, went nowhere.
const UNACKNOWLEDGED: Duration = Duration::from_secs(3);

/// The way to the partner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// The proxy to go through; `None` goes directly.
    pub proxy: Option<Proxy>,
    /// The longest that a connection may take to come about: the name's address, TCP and TLS
    /// together. What ends then has not left this machine.
    pub connect_within: Duration,
}

impl Default for Route {
    /// Directly, within 3 s.
    fn default() -> Self {
        Self { proxy: None, connect_within: Duration::from_secs(3) }
    }
}

/// Why there can be no client.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// The machine has no certificates to check the partner's with.
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

/// The connections of one client.
///
/// When one fails, all that are kept are given up: what made it fail, such as a balancer that
/// started anew, has mostly taken the others as well, and each would cost a shopper as much time
/// again. Calls under way on them go on; every later call has a new connection.
pub(crate) struct Connections {
    tls: ClientConfig,
    route: Route,
    pub(crate) names: Arc<Names>,
    kept: Mutex<Kept>,
}

/// The pool in use.
#[derive(Clone)]
pub(crate) struct Kept {
    pub(crate) http: reqwest::Client,
    /// How many pools were given up before it.
    number: u64,
}

impl Connections {
    pub(crate) fn new(profile: &Profile, route: Route) -> Result<Self, ClientError> {
        let (tls, names) = (tls(profile)?, Arc::new(Names::of_the_system()));
        let http = pool(&tls, &route, &names)?;
        Ok(Self { tls, route, names, kept: Mutex::new(Kept { http, number: 0 }) })
    }

    /// The proxy on the way.
    pub(crate) fn proxy(&self) -> Option<&Proxy> {
        self.route.proxy.as_ref()
    }

    /// The pool to make a call with.
    pub(crate) fn kept(&self) -> Kept {
        self.lock().clone()
    }

    /// Gives up the connections of `failed`, unless that was done.
    pub(crate) fn give_up(&self, failed: &Kept) {
        let mut kept = self.lock();
        if kept.number != failed.number {
            return;
        }
        // It was built so before; if it cannot be now, the old pool is better than none.
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
        // A signed call goes where it was sent, once.
        .redirect(redirect::Policy::none())
        .retry(reqwest::retry::never())
        .tls_backend_preconfigured(tls.clone())
        .dns_resolver(Arc::clone(names))
        .connect_timeout(route.connect_within)
        .pool_idle_timeout(IDLE)
        .tcp_keepalive(PROBE_AFTER)
        .tcp_keepalive_interval(PROBE_AGAIN)
        .tcp_user_timeout(UNACKNOWLEDGED)
        // Not by the environment, which is not this crate's to read.
        .no_proxy();
    match &route.proxy {
        None => builder.build(),
        Some(proxy) => builder.proxy(proxy.for_all()?).build(),
    }
}

/// How certificates are checked: by the machine's. A partner on this machine, over plain HTTP, needs
/// none, so that a sandbox runs where there are none.
fn tls(profile: &Profile) -> Result<ClientConfig, ClientError> {
    let provider = Arc::new(aws_lc_rs::default_provider());
    let config =
        ClientConfig::builder_with_provider(Arc::clone(&provider)).with_safe_default_protocol_versions()?;
    if !profile.is_secure() {
        return Ok(config.with_root_certificates(RootCertStore::empty()).with_no_client_auth());
    }
    let verifier = Verifier::new(provider).map_err(ClientError::NoCertificates)?;
    Ok(config.dangerous().with_custom_certificate_verifier(Arc::new(verifier)).with_no_client_auth())
}
