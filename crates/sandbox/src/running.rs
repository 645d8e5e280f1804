//! Serves the sandbox on an address.

use std::net::SocketAddr;

use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::Sandbox;

impl Sandbox {
    /// Serves on `address` in a task of its own; port 0 takes any free port.
    ///
    /// # Errors
    /// If the address cannot be listened on.
    pub async fn serve(self, address: SocketAddr) -> std::io::Result<Running> {
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        let (stop, stopped) = oneshot::channel::<()>();
        let router = self.router();
        tokio::spawn(async move {
            let service = router.into_make_service_with_connect_info::<SocketAddr>();
            let ended = async { drop(stopped.await) };
            // It ends only by the signal and without an error: axum::serve retries when accept() fails.
            let _ = axum::serve(listener, service).with_graceful_shutdown(ended).await;
        });
        Ok(Running { address, sandbox: self, _stop: stop })
    }
}

/// The base of the API of a sandbox that listens at `address`, for `AHS_API_URL`.
pub fn base_url(address: SocketAddr) -> String {
    format!("http://{address}/api/v2")
}

/// RAII guard: the sandbox serves until this is dropped.
pub struct Running {
    address: SocketAddr,
    sandbox: Sandbox,
    _stop: oneshot::Sender<()>,
}

impl Running {
    /// The address that it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The base of its API, for `AHS_API_URL`.
    pub fn base_url(&self) -> String {
        base_url(self.address)
    }

    /// The sandbox, for its faults and counters.
    pub fn sandbox(&self) -> &Sandbox {
        &self.sandbox
    }
}
