use std::io;
use std::io::IoSlice;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::http::StatusCode;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

use super::state::ConnectionState;
use super::unreadable::refused_with;

/// A TCP stream that notes in its connection's state when bytes come, and when the client accepts none.
///
/// The HTTP library itself answers a head that it cannot read, with a bare status. That answer is held back:
/// see [`Self::into_refused`].
pub(super) struct Transport {
    stream: TcpStream,
    state: Arc<ConnectionState>,
    /// The status with which the library refused a head.
    refused: Option<StatusCode>,
}

impl Transport {
    pub(super) fn new(stream: TcpStream, state: Arc<ConnectionState>) -> Self {
        Self { stream, state, refused: None }
    }

    /// The stream, and the status of a refused head that has not been answered yet; `None` if there is none.
    pub(super) fn into_refused(self) -> Option<(TcpStream, StatusCode)> {
        let Self { stream, refused, .. } = self;
        refused.map(|status| (stream, status))
    }

    /// Whether `bytes` are the library's answer to a head that it cannot read. If so, they are held back.
    fn holds_back(&mut self, bytes: &[u8]) -> bool {
        if self.refused.is_none() && self.state.has_sent_all() {
            self.refused = refused_with(bytes);
        }
        self.refused.is_some()
    }

    fn note_write(&self, written: &Poll<io::Result<usize>>) {
        match written {
            Poll::Pending => self.state.write_blocked(),
            Poll::Ready(Ok(_)) => self.state.write_succeeded(),
            // This error ends the connection.
            Poll::Ready(Err(_)) => {}
        }
    }
}

impl AsyncRead for Transport {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(context, buffer);
        if buffer.filled().len() > before {
            self.state.received();
        }
        read
    }
}

impl AsyncWrite for Transport {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        if self.holds_back(bytes) {
            return Poll::Ready(Ok(bytes.len()));
        }
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.note_write(&written);
        written
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        if slices.first().is_some_and(|first| self.holds_back(first)) {
            return Poll::Ready(Ok(slices.iter().map(|slice| slice.len()).sum()));
        }
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, slices);
        self.note_write(&written);
        written
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.refused.is_some() {
            // The answer has not been sent yet.
            return Poll::Ready(Ok(()));
        }
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
