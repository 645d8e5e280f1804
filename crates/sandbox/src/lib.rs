#![doc = include_str!("../README.md")]

mod batch;
mod catalogue;
mod checks;
mod faults;
mod inspection;
mod pricing;
mod router;
mod search;
mod special;

use std::net::SocketAddr;
use std::sync::Arc;

use aihuishou::Account;
use jiff::Timestamp;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

pub use catalogue::{Catalogue, CatalogueError, Model};
pub use faults::{Faults, Stats};

/// Where the sandbox takes the time from.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// A stand-in for the partner.
#[derive(Clone)]
pub struct Sandbox {
    account: Account,
    catalogue: Arc<Catalogue>,
    clock: Clock,
    state: faults::State,
}

impl Sandbox {
    /// A sandbox that accepts `account`.
    ///
    /// # Errors
    /// [`CatalogueError`] when the built-in catalogue has a line that cannot be read.
    pub fn new(account: Account, clock: Clock) -> Result<Self, CatalogueError> {
        let catalogue = Arc::new(Catalogue::built_in()?);
        Ok(Self { account, catalogue, clock, state: faults::State::default() })
    }

    /// The routes, to be served at the root of an address.
    pub fn router(&self) -> axum::Router {
        router::router(self.clone())
    }

    /// Brings faults about, as `POST /_sandbox/faults` does.
    pub fn bring_about(&self, faults: Faults) {
        self.state.apply(faults);
    }

    /// What it was asked so far.
    pub fn stats(&self) -> Stats {
        self.state.stats()
    }

    /// Starts to serve at `address`; port 0 takes any that is free.
    ///
    /// # Errors
    /// When the address cannot be had.
    pub async fn serve(self, address: SocketAddr) -> std::io::Result<Running> {
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        let (stop, stopped) = oneshot::channel::<()>();
        let router = self.router();
        tokio::spawn(async move {
            let service = router.into_make_service_with_connect_info::<SocketAddr>();
            let ended = async { drop(stopped.await) };
            // The only end is the signal: axum::serve retries what accept() meets.
            let _ = axum::serve(listener, service).with_graceful_shutdown(ended).await;
        });
        Ok(Running { address, sandbox: self, _stop: stop })
    }

    fn now(&self) -> Timestamp {
        self.state.shift((self.clock)())
    }
}

/// The base of the API of a sandbox that listens at `address`, for `AHS_API_URL`.
pub fn base_url(address: SocketAddr) -> String {
    format!("http://{address}/api/v2")
}

/// A sandbox that serves until this is dropped.
pub struct Running {
    address: SocketAddr,
    sandbox: Sandbox,
    _stop: oneshot::Sender<()>,
}

impl Running {
    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The base of its API, for `AHS_API_URL`.
    pub fn base_url(&self) -> String {
        base_url(self.address)
    }

    /// The sandbox itself.
    pub fn sandbox(&self) -> &Sandbox {
        &self.sandbox
    }
}
