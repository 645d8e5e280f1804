//! Heads that cannot be read at all, such as an address of raw bytes that are no text, or one of more than 64 KiB.
//!
//! HTTP's library makes no request of them, and answers with a bare status. So that these errors have the shape and
//! the language of all others, a request that stands for the unreadable one goes through the routes: it says what
//! the head says of the reader, and is marked as [`Unreadable`].

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::io::join;
use tokio::time::timeout;
use tower::ServiceExt;

use super::Timeouts;
use super::transport::RefusedHead;

/// What a refusal of HTTP's library begins with.
const REFUSAL: &[u8] = b"HTTP/1.1 4";
/// The lines of a head that say how its reader wants to be answered.
const ABOUT_THE_READER: [&str; 2] = ["accept", "accept-language"];
/// The longest of such lines that is passed on, in bytes.
const LONGEST_LINE: usize = 1024;

/// Marks a request that stands for one whose head cannot be read: the status to refuse it with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unreadable(pub(crate) StatusCode);

/// The status of a refusal that begins with `bytes`; `None` where that is none.
pub(super) fn refused_with(bytes: &[u8]) -> Option<StatusCode> {
    bytes.starts_with(REFUSAL).then(|| StatusCode::from_bytes(bytes.get(9..12)?).ok()).flatten()
}

/// Answers a head that was refused, and ends its connection.
pub(super) async fn answer_unreadable(refused: RefusedHead, router: &Router, timeouts: Timeouts) {
    let RefusedHead { stream, head, status } = refused;
    let head = substitute(&head);
    let answer = |mut request: Request<Incoming>| {
        request.extensions_mut().insert(Unreadable(status));
        router.clone().oneshot(request.map(Body::new))
    };
    let serving = http1::Builder::new()
        .header_read_timeout(None)
        // The substitute's end is not the client's.
        .half_close(true)
        .serve_connection(TokioIo::new(join(head.as_bytes(), stream)), service_fn(answer));
    if !matches!(timeout(timeouts.write, serving).await, Ok(Ok(()))) {
        tracing::debug!("a client did not take the answer to its unreadable head");
    }
}

/// A head that can be read, with the lines of `head` that are about its reader.
fn substitute(head: &[u8]) -> String {
    let mut substitute = String::from("GET / HTTP/1.1\r\nhost: unreadable\r\nconnection: close\r\n");
    for line in head.split(|byte| *byte == b'\n').filter_map(|line| str::from_utf8(line).ok()) {
        let Some((name, value)) = line.split_once(':') else { continue };
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
        assert_eq!(refused_with(b"HTTP/1.1 414 URI Too Long\r\n"), Some(StatusCode::URI_TOO_LONG));
        for other in [&b"HTTP/1.1 200 OK\r\n"[..], b"HTTP/1.1 4", b"<!doctype html>", b""] {
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
    }
}
