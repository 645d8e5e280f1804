//! How the server listens: connections are accepted within bounds, each is served by HTTP/1, and a
//! client that is silent or slow loses its connection.
//!
//! A connection costs a file descriptor, of which a process has only so many. Without bounds, clients that open
//! connections and say nothing use them up, and nobody else gets in. So there are [timeouts](Timeouts) for each
//! time that the server waits for a client, and [limits](ConnectionLimits) on how many connections are open. Where
//! all are taken, the one that has waited longest for a request makes room for the next.

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

use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;

use axum::Router;
use tokio::net::{TcpListener, TcpStream};
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
pub(crate) use unreadable::Unreadable;

/// Serves `router` on `listener` until `stop` ends. Then it takes no more connections, lets requests under way
/// finish, and ends when the last connection has. Dropping it cuts all connections off.
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
    // The tracker only counts its tasks; this ends those that are left when this function is dropped.
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
    // From now on a client is refused at once, where it would wait in the queue of the port.
    drop(listener);
    stopping.send_replace(true);
    connections.close();
    connections.wait().await;
}

/// The next connection; `None` after an error, which was waited for where waiting helps.
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
                // Something else in the process took the files that were kept back.
                table.make_room();
                tokio::time::sleep(pause).await;
            }
            None
        }
    }
}
