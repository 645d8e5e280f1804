//! One connection, from its beginning to its end.

use std::convert::Infallible;
use std::future::poll_fn;
use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::ConnectInfo;
use axum::http::Request;
use axum::{Error, Router};
use hyper::body::{Frame, Incoming, SizeHint};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};
use tower::ServiceExt;

use super::Timeouts;
use super::paced_body::PacedBody;
use super::state::ConnectionState;
use super::table::Place;
use super::transport::Transport;
use super::unreadable::{RefusedHead, answer_unreadable};

/// The most bytes that are kept for a connection of a head, or of a body that is not read yet. The longest
/// address that the HTTP library accepts, 64 KiB, fits in.
const BUFFER: usize = 128 * 1024;

/// A connection, and what is needed to serve it.
pub(super) struct Connection {
    pub(super) stream: TcpStream,
    pub(super) peer: SocketAddr,
    /// Its place among all; free again when the connection ends.
    pub(super) place: Place,
    pub(super) timeouts: Timeouts,
    /// Becomes true when the server stops.
    pub(super) stop: watch::Receiver<bool>,
}

/// Serves a connection until its client, a timeout or the server ends it.
pub(super) async fn serve_connection(connection: Connection, router: Router) {
    let Connection { stream, peer, place, timeouts, mut stop } = connection;
    let state = place.state();
    let answer = |request: Request<Incoming>| {
        state.request_began();
        let mut request = request.map(|body| Body::new(PacedBody::new(body, Arc::clone(state), timeouts)));
        request.extensions_mut().insert(ConnectInfo(peer));
        let (router, state) = (router.clone(), Arc::clone(state));
        async move {
            let answer = router.oneshot(request).await?;
            state.answer_began();
            Ok::<_, Infallible>(answer.map(|body| AnswerBody { body, state }))
        }
    };
    let serving = http1::Builder::new()
        // The timeout for heads is part of the connection's state; see below.
        .header_read_timeout(None)
        .max_buf_size(BUFFER)
        .serve_connection(TokioIo::new(Transport::new(stream, Arc::clone(state))), service_fn(answer));
    let mut serving = serving;
    let mut stop = pin!(async move { drop(stop.wait_for(|stop| *stop).await) });
    let mut stopped = None;
    let mut timer = pin!(sleep_until(Instant::now() + timeouts.head));
    let ended = poll_fn(|context| {
        if stopped.is_none() && stop.as_mut().poll(context).is_ready() {
            stopped = Some(Instant::now());
            Pin::new(&mut serving).graceful_shutdown();
        }
        if let Poll::Ready(ended) = Pin::new(&mut serving).poll(context) {
            return Poll::Ready(Some(ended));
        }
        // The connection's new state decides how long to wait for the client.
        let Some(deadline) = state.deadline(&timeouts, stopped) else { return Poll::Pending };
        if deadline < timer.deadline() {
            timer.as_mut().reset(deadline);
        }
        // The timer is moved only when it ends, since most requests come long before.
        while timer.as_mut().poll(context).is_ready() {
            if deadline <= timer.deadline() {
                return Poll::Ready(None);
            }
            timer.as_mut().reset(deadline);
        }
        Poll::Pending
    });
    match ended.await {
        Some(Ok(())) => {}
        Some(Err(error)) => {
            tracing::debug!(%error, "a connection broke");
            let parts = serving.into_parts();
            if let Some((stream, status)) = parts.io.into_inner().into_refused() {
                let refused = RefusedHead { stream, status, head: parts.read_buf };
                answer_unreadable(refused, &router, timeouts).await;
            }
        }
        None => tracing::debug!("a connection was closed: its client took too long"),
    }
}

/// An answer's body. When it ends, the connection becomes idle.
struct AnswerBody {
    body: Body,
    state: Arc<ConnectionState>,
}

impl HttpBody for AnswerBody {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for AnswerBody {
    fn drop(&mut self) {
        self.state.request_ended();
    }
}
