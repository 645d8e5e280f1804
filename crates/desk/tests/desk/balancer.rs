//! A load balancer between the desk and its partner that forgets its connections without closing them.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncReadExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// A balancer on its own port. It stops when it is dropped.
pub(crate) struct Balancer {
    address: SocketAddr,
    accepted: Arc<AtomicUsize>,
    forget: watch::Sender<()>,
    task: JoinHandle<()>,
}

impl Balancer {
    pub(crate) async fn start(partner: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (accepted, forget) = (Arc::new(AtomicUsize::new(0)), watch::Sender::new(()));
        let (count, told) = (Arc::clone(&accepted), forget.clone());
        let task = tokio::spawn(async move {
            while let Ok((asker, _)) = listener.accept().await {
                count.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(serve(asker, partner, told.subscribe()));
            }
        });
        Self { address, accepted, forget, task }
    }

    pub(crate) fn base_url(&self) -> String {
        format!("http://{}/api/v2", self.address)
    }

    /// How many connections were made to it.
    pub(crate) fn accepted(&self) -> usize {
        self.accepted.load(Ordering::SeqCst)
    }

    /// From now on, everything sent on the existing connections is lost. They stay open.
    pub(crate) fn forget(&self) {
        self.forget.send_replace(());
    }
}

impl Drop for Balancer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(mut asker: TcpStream, partner: SocketAddr, mut forgotten: watch::Receiver<()>) {
    let Ok(mut upstream) = TcpStream::connect(partner).await else { return };
    tokio::select! {
        _ = copy_bidirectional(&mut asker, &mut upstream) => return,
        _ = forgotten.changed() => {}
    }
    let mut nowhere = Vec::new();
    while asker.read_buf(&mut nowhere).await.is_ok_and(|length| length > 0) {
        nowhere.clear();
    }
}
