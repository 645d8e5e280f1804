//! One request and its answer.

use std::time::Duration;

use jiff::Timestamp;
use provider::{BadAnswer, Refusal, Unreached};
use reqwest::header::{AGE, CONTENT_ENCODING, CONTENT_TYPE, DATE, HeaderMap, RETRY_AFTER};
use reqwest::{RequestBuilder, Response, StatusCode};

use crate::Connections;
use crate::connections::Kept;
use crate::unreached::{cause_of, chain};

/// The longest answer that is read, in bytes (decision 19 of the partner's protocol).
pub const LONGEST_ANSWER: usize = 1024 * 1024;

/// An answer that was received.
#[derive(Debug)]
pub struct Received {
    /// Its HTTP status. It is no redirect.
    pub status: StatusCode,
    /// Its body.
    pub body: Body,
    /// How long to wait, if the answer asks for that.
    pub retry_after: Option<Duration>,
    /// Its `Date`, unless it has an `Age`: then it was made earlier.
    pub time: Option<Timestamp>,
    /// Its `Content-Type` without parameters, in lower case; empty if there is none.
    pub media_type: String,
}

/// The body of an answer.
#[derive(Debug)]
pub enum Body {
    /// All of it.
    Plain(Vec<u8>),
    /// Compressed although the request asked for no compression, so it is not read.
    Compressed,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoAnswer {
    /// No connection could be opened, so nothing was sent.
    NoConnection(Unreached),
    /// The answer was not complete within the time allowed.
    Timeout,
    /// The connection broke before the answer was complete. The call may have reached the provider.
    BrokenOff(String),
    /// A redirect, or longer than [`LONGEST_ANSWER`].
    Bad(BadAnswer),
}

impl From<NoAnswer> for Refusal {
    fn from(error: NoAnswer) -> Self {
        match error {
            NoAnswer::NoConnection(unreached) => Self::NoConnection(unreached),
            NoAnswer::Timeout => Self::Timeout,
            NoAnswer::BrokenOff(chain) => Self::BrokenOff(chain),
            NoAnswer::Bad(bad) => Self::BadAnswer(bad),
        }
    }
}

impl Connections {
    /// Sends the request that `request` builds, and receives its whole answer. `now` is the time of the call.
    /// The texts in `kept_quiet` are in no error.
    ///
    /// # Errors
    /// [`NoAnswer`]. If the connection failed after it was opened, the other connections of the pool are given
    /// up too.
    pub async fn send(
        &self,
        request: impl FnOnce(&reqwest::Client) -> RequestBuilder,
        now: Timestamp,
        kept_quiet: &[&str],
    ) -> Result<Received, NoAnswer> {
        let kept = self.kept();
        let failed = |error: &reqwest::Error| self.failed(error, &kept, kept_quiet);
        let response = request(&kept.http).send().await.map_err(|error| failed(&error))?;
        receive(response, now, failed).await
    }

    /// The meaning of a failed connection.
    fn failed(&self, error: &reqwest::Error, kept: &Kept, kept_quiet: &[&str]) -> NoAnswer {
        // This is the only error for which it is certain that nothing was sent.
        if error.is_connect() {
            let proxy = self.proxy();
            let silent = self.names.are_waited_for();
            if error.is_timeout() {
                self.names.begin_with_another();
            }
            return NoAnswer::NoConnection(Unreached {
                cause: cause_of(error, silent, proxy.is_some()),
                proxy: proxy.map(ToString::to_string),
                chain: chain(error, kept_quiet),
            });
        }
        self.give_up(kept);
        if error.is_timeout() { NoAnswer::Timeout } else { NoAnswer::BrokenOff(chain(error, kept_quiet)) }
    }
}

/// Receives a whole answer.
async fn receive(
    mut response: Response,
    now: Timestamp,
    failed: impl Fn(&reqwest::Error) -> NoAnswer,
) -> Result<Received, NoAnswer> {
    let status = response.status();
    if status.is_redirection() {
        return Err(NoAnswer::Bad(BadAnswer::Redirect));
    }
    let headers = response.headers();
    let (retry_after, time, media_type) =
        (retry_after(headers, now), time_told(headers), media_type(headers));
    let received = |body| Received { status, body, retry_after, time, media_type };
    if is_compressed(headers) {
        return Ok(received(Body::Compressed));
    }
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| failed(&error))? {
        if bytes.len() + chunk.len() > LONGEST_ANSWER {
            return Err(NoAnswer::Bad(BadAnswer::TooLong));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(received(Body::Plain(bytes)))
}

/// The kind of content, such as `application/problem+json`.
fn media_type(headers: &HeaderMap) -> String {
    let text = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Whether the body is compressed. A value that names no compression, such as `identity`, or `utf-8` from a
/// gateway that uses the header wrongly, is ignored.
fn is_compressed(headers: &HeaderMap) -> bool {
    const COMPRESSIONS: [&str; 10] =
        ["gzip", "x-gzip", "deflate", "br", "zstd", "compress", "x-compress", "dcb", "dcz", "exi"];
    let codings = headers.get_all(CONTENT_ENCODING).iter();
    codings.flat_map(|value| value.as_bytes().split(|byte| *byte == b',')).any(|coding| {
        COMPRESSIONS.iter().any(|known| coding.trim_ascii().eq_ignore_ascii_case(known.as_bytes()))
    })
}

/// The time of an answer that was made just now. An answer with an `Age` was made earlier.
fn time_told(headers: &HeaderMap) -> Option<Timestamp> {
    http_date(headers, DATE.as_str()).filter(|_| !headers.contains_key(AGE))
}

fn http_date(headers: &HeaderMap, name: &str) -> Option<Timestamp> {
    let text = headers.get(name)?.to_str().ok()?;
    Some(jiff::fmt::rfc2822::parse(text).ok()?.timestamp())
}

/// How long the provider asks to wait: in seconds, or until a time by the answer's clock.
fn retry_after(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?;
    match text.trim().parse() {
        Ok(seconds) => Some(Duration::from_secs(seconds)),
        Err(_) => {
            let now = http_date(headers, DATE.as_str()).unwrap_or(now);
            http_date(headers, RETRY_AFTER.as_str())?.duration_since(now).try_into().ok()
        }
    }
}
