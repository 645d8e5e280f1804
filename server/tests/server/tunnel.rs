//! A proxy that makes tunnels by `CONNECT`, for clients with its password.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// User and password of the proxy.
pub(crate) const LOGIN: &str = "till:open-sesame";

/// A proxy on its own port. It stops when it is dropped.
pub(crate) struct Tunnel {
    pub(crate) address: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
    task: JoinHandle<()>,
}

impl Tunnel {
    /// A proxy whose tunnels all lead to `target`, whatever host is requested.
    pub(crate) async fn to(target: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let asked: Arc<Mutex<Vec<String>>> = Arc::default();
        let note = Arc::clone(&asked);
        let task = tokio::spawn(async move {
            while let Ok((asker, _)) = listener.accept().await {
                tokio::spawn(serve(asker, target, Arc::clone(&note)));
            }
        });
        Self { address, asked, task }
    }

    /// The hosts of the requested tunnels.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

impl Drop for Tunnel {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(
    mut asker: TcpStream,
    target: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
) -> std::io::Result<()> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        if asker.read_buf(&mut head).await? == 0 {
            return Ok(());
        }
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let host = head.strip_prefix("CONNECT ").and_then(|rest| rest.split(' ').next()).unwrap_or_default();
    asked.lock().unwrap().push(host.to_owned());
    if !head.contains(&format!("asic {}\r\n", BASE64_STANDARD.encode(LOGIN))) {
        return asker.write_all(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n").await;
    }
    asker.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").await?;
    copy_bidirectional(&mut asker, &mut TcpStream::connect(target).await?).await?;
    Ok(())
}
