//! Accepts connections within limits, serves each by HTTP/1, and closes those of silent or slow clients.
//!
//! A connection costs a file descriptor, and a process has a limited number of them. Without limits, clients that
//! open connections and send nothing would use them up, and new clients would be refused. So there is a
//! [timeout](Timeouts) for each kind of wait for a client, and there are [limits](ConnectionLimits) on the number of
//! open connections. At the limit, the connection that has been idle longest is closed for the next one.

mod accept_errors;
mod connection;
mod limits;
mod paced_body;
mod phase;
mod seldom;
mod state;
mod table;
mod timeouts;
mod transport;
mod unreadable;

use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;

use axum::Router;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::watch;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use accept_errors::AcceptErrors;
use connection::{Connection, serve_connection};
use table::ConnectionTable;

pub use limits::ConnectionLimits;
pub(crate) use limits::raise_file_limit;
pub(crate) use paced_body::TooSlow;
pub use timeouts::Timeouts;
pub(crate) use unreadable::{Unreadable, refuse_unreadable};

/// The most connections that wait to be accepted; the system may allow fewer (`net.core.somaxconn` of Linux). With the
/// standard library's 128, a burst of clients overflows the queue, and those beyond try again only a second later.
const BACKLOG: u32 = 1024;

/// Listens on `address`.
///
/// # Errors
/// Why that address cannot be used.
pub(crate) fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    // Without this, the port of a server that was just stopped is refused for a minute.
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

/// Serves `router` on `listener` until `stop` ends. Then it accepts no more connections, lets requests under way
/// finish, and ends with the last connection. Dropping it closes all connections at once.
pub(crate) async fn serve(
    listener: TcpListener,
    router: Router,
    limits: ConnectionLimits,
    timeouts: Timeouts,
    stop: impl Future<Output = ()>,
) {
    let table = Arc::new(ConnectionTable::new(limits));
    let stopping = watch::Sender::new(false);
    let connections = TaskTracker::new();
    // The tracker only counts its tasks. This ends the remaining ones when this function is dropped.
    let cut_off = CancellationToken::new();
    let _cut_off_on_drop = cut_off.clone().drop_guard();
    let accepting = async {
        let mut errors = AcceptErrors::default();
        loop {
            let Some((stream, peer)) = accept(&listener, &table, &mut errors).await else { continue };
            let Some(place) = table.admit(peer.ip()).await else { continue };
            let id = place.id();
            let connection = Connection { stream, peer, place, timeouts, stop: stopping.subscribe() };
            let served = serve_connection(connection, router.clone());
            let task = connections.spawn(cut_off.clone().run_until_cancelled_owned(served));
            table.note_task(id, task.abort_handle());
        }
    };
    let mut stop = pin!(stop);
    tokio::select! {
        () = &mut stop => {}
        () = accepting => {}
    }
    // From now on a new client is refused at once, instead of waiting in the backlog of the port.
    drop(listener);
    stopping.send_replace(true);
    connections.close();
    connections.wait().await;
}

/// The next connection; `None` after an error, and after a pause where the error needs one.
async fn accept(
    listener: &TcpListener,
    table: &ConnectionTable,
    errors: &mut AcceptErrors,
) -> Option<(TcpStream, SocketAddr)> {
    match listener.accept().await {
        Ok(accepted) => {
            errors.over();
            Some(accepted)
        }
        Err(error) => {
            if let Some(pause) = errors.pause(&error, Instant::now()) {
                // Something else in the process has used up the files that were reserved.
                table.make_room();
                tokio::time::sleep(pause).await;
            }
            None
        }
    }
}
