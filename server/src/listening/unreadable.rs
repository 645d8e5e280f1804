//! Answers heads that cannot be read at all, such as an address of raw bytes that are not text, or one longer
//! than 64 KiB.
//!
//! The HTTP library makes no request of such a head and answers with a bare status. So that these errors have
//! the same form and language as all others, a substitute request goes through the routes. It contains the
//! lines of the head about the reader, and is marked as [`Unreadable`].

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract;
use axum::http::{Request, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::io::join;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tower::ServiceExt;

use super::Timeouts;

/// The beginning of a refusal by the HTTP library.
const REFUSAL: &[u8] = b"HTTP/1.1 4";
/// The header lines that say how the reader wants the answer.
const ABOUT_THE_READER: [&str; 2] = ["accept", "accept-language"];
/// The longest such line that is copied, in bytes.
const LONGEST_LINE: usize = 1024;

/// A head that the HTTP library refused, with its connection.
pub(super) struct RefusedHead {
    pub(super) stream: TcpStream,
    /// The status with which the library refused it.
    pub(super) status: StatusCode,
    /// The part of it that was received, and perhaps bytes after it.
    pub(super) head: Bytes,
}

/// Marks a substitute for a request whose head cannot be read, with the status to refuse it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unreadable(pub(crate) StatusCode);

/// Middleware for routes that have no error format of their own: answers an [`Unreadable`] request with its
/// status.
pub(crate) async fn refuse_unreadable(request: extract::Request, next: Next) -> Response {
    match request.extensions().get::<Unreadable>().copied() {
        Some(Unreadable(status)) => status.into_response(),
        None => next.run(request).await,
    }
}

/// The status of the refusal in `bytes`; `None` if they are not a refusal.
pub(super) fn refused_with(bytes: &[u8]) -> Option<StatusCode> {
    // A refusal has no body. The check of its end is needed because a part of an answer's body could begin in
    // the same way.
    let is_refusal = bytes.starts_with(REFUSAL) && bytes.ends_with(b"\r\n\r\n");
    is_refusal.then(|| StatusCode::from_bytes(bytes.get(9..12)?).ok()).flatten()
}

/// Answers a refused head, and closes its connection.
pub(super) async fn answer_unreadable(refused: RefusedHead, router: &Router, timeouts: Timeouts) {
    let RefusedHead { stream, status, head } = refused;
    let head = substitute(&head);
    let answer = |mut request: Request<Incoming>| {
        request.extensions_mut().insert(Unreadable(status));
        router.clone().oneshot(request.map(Body::new))
    };
    let serving = http1::Builder::new()
        .header_read_timeout(None)
        // The substitute ends although the client's connection stays open.
        .half_close(true)
        .serve_connection(TokioIo::new(join(head.as_bytes(), stream)), service_fn(answer));
    if !matches!(timeout(timeouts.write, serving).await, Ok(Ok(()))) {
        tracing::debug!("a client did not take the answer to its unreadable head");
    }
}

/// A readable head with the lines of `head` about its reader. Further heads may follow it.
fn substitute(head: &[u8]) -> String {
    let mut substitute = String::from("GET / HTTP/1.1\r\nhost: unreadable\r\nconnection: close\r\n");
    let lines = head.split(|byte| *byte == b'\n').take_while(|line| !line.trim_ascii().is_empty());
    for line in lines {
        let Some((name, value)) = str::from_utf8(line).ok().and_then(|line| line.split_once(':')) else {
            continue;
        };
        let (name, value) = (name.to_ascii_lowercase(), value.trim());
        let is_plain = value.len() <= LONGEST_LINE && value.bytes().all(|byte| (b' '..=b'~').contains(&byte));
        if ABOUT_THE_READER.contains(&name.as_str()) && is_plain {
            substitute.extend([name.as_str(), ": ", value, "\r\n"]);
        }
    }
    substitute + "\r\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_refusal_is_one() {
        let refusal = b"HTTP/1.1 414 URI Too Long\r\ncontent-length: 0\r\n\r\n";
        assert_eq!(refused_with(refusal), Some(StatusCode::URI_TOO_LONG));
        for other in [&b"HTTP/1.1 200 OK\r\n\r\n"[..], b"HTTP/1.1 4", b"<!doctype html>", b"", &refusal[..30]]
        {
            assert_eq!(refused_with(other), None);
        }
    }

    #[test]
    fn a_substitute_says_what_the_reader_wants_and_nothing_else() {
        let head =
            b"GET /\xff HTTP/1.1\r\nHost: a\r\nAccept: text/html\r\nCookie: x\r\nACCEPT-LANGUAGE: zh\r\n";
        let expected = "GET / HTTP/1.1\r\nhost: unreadable\r\nconnection: close\r\n\
             accept: text/html\r\naccept-language: zh\r\n\r\n";
        assert_eq!(substitute(head), expected);
        let smuggled = substitute(b"accept: a\rcookie: b\r\naccept-language: \xe4\n");
        assert!(!smuggled.contains("accept"), "{smuggled}");
        let next = substitute(b"GET /\xff HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\naccept: text/html\r\n\r\n");
        assert!(!next.contains("accept"), "{next}");
    }
}
