use std::net::SocketAddr;

use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::Sandbox;

impl Sandbox {
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
        format!("http://{}/api/v2", self.address)
    }

    /// The sandbox itself.
    pub fn sandbox(&self) -> &Sandbox {
        &self.sandbox
    }
}
