//! A proxy between the desk and its partner that imitates network trouble.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// What the proxy does with an answer.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Manner {
    /// Breaks the connection as soon as the request has passed.
    Reset,
    /// Never delivers it.
    Stall,
    /// Delivers it byte by byte, with this pause after each.
    Drip(Duration),
}

/// A proxy on its own port. It stops when it is dropped.
pub(crate) struct Proxy {
    address: SocketAddr,
    task: JoinHandle<()>,
}

impl Proxy {
    pub(crate) async fn start(partner: SocketAddr, manner: Manner) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let task = tokio::spawn(async move {
            while let Ok((asker, _)) = listener.accept().await {
                // Callers that have left are no longer served.
                tokio::spawn(async move { serve(asker, partner, manner).await.ok() });
            }
        });
        Self { address, task }
    }

    pub(crate) fn base_url(&self) -> String {
        format!("http://{}/api/v2", self.address)
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(mut asker: TcpStream, partner: SocketAddr, manner: Manner) -> std::io::Result<()> {
    let mut question = vec![0; 16 * 1024];
    let length = asker.read(&mut question).await?;
    let pause = match manner {
        Manner::Reset => return asker.set_zero_linger(),
        Manner::Stall => {
            asker.read_to_end(&mut question).await?;
            return Ok(());
        }
        Manner::Drip(pause) => pause,
    };
    asker.set_nodelay(true)?;
    let mut upstream = TcpStream::connect(partner).await?;
    upstream.write_all(&question[..length]).await?;
    let (mut from_asker, mut to_asker) = asker.split();
    let (mut from_partner, mut to_partner) = upstream.split();
    let there = tokio::io::copy(&mut from_asker, &mut to_partner);
    let back = async {
        let mut byte = [0];
        while from_partner.read(&mut byte).await? > 0 {
            to_asker.write_all(&byte).await?;
            if !pause.is_zero() {
                tokio::time::sleep(pause).await;
            }
        }
        Ok(())
    };
    tokio::try_join!(there, back)?;
    Ok(())
}
