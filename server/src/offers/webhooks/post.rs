//! One try: a signed request, and what its answer means.

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use checkout::EventId;
use checkout::webhooks::{Answer, Forbidden, SignedHeaders};
use domain::Moment;
use reqwest::header::CONTENT_TYPE;
use reqwest::redirect::Policy;
use reqwest::{Client, Response};

use super::hook::Hook;
use super::names::Names;
use crate::merchants::ip_of;

/// How long a try may take, as Standard Webhooks recommends (15 to 30 s).
pub(super) const LONGEST: Duration = Duration::from_secs(20);
/// How long the connection alone may take.
const LONGEST_CONNECT: Duration = Duration::from_secs(10);
/// How much of an answer's body is read, so that the connection can be used again. Nothing looks at it.
const READ: usize = 16 * 1024;
/// How long reading that may take.
const LONGEST_READ: Duration = Duration::from_secs(1);

/// Makes requests to endpoints: no redirect is followed, no proxy of the environment used, and each connection
/// goes to an address that was checked.
#[derive(Clone)]
pub(super) struct Post {
    client: Client,
    names: Names,
}

/// How a try ended, and for the log why it failed. The text contains nothing of the address but its host.
pub(super) struct Tried {
    pub(super) answer: Answer,
    pub(super) cause: String,
}

impl Post {
    /// On a machine without CA certificates, only endpoints by http can be reached: a sandbox needs no other.
    pub(super) fn new(names: Names) -> reqwest::Result<Self> {
        let builder = || {
            Client::builder()
                .redirect(Policy::none())
                .no_proxy()
                .dns_resolver(Arc::new(names.clone()))
                .timeout(LONGEST)
                .connect_timeout(LONGEST_CONNECT)
                .user_agent(concat!("tradein-webhooks/", env!("CARGO_PKG_VERSION")))
        };
        let client = builder().build().or_else(|error| {
            tracing::warn!(
                error = cause(&error),
                "webhooks by https cannot be sent: is the package ca-certificates installed?"
            );
            builder().tls_certs_only([]).build()
        })?;
        Ok(Self { client, names })
    }

    /// Sends `body` to the endpoint, signed at `now`.
    pub(super) async fn send(&self, hook: &Hook, event: &EventId, body: String, now: Moment) -> Tried {
        let failed = |cause: String| Tried { answer: Answer::Unreachable, cause };
        // A connection to an IP address asks for no name.
        if let Some(Err(forbidden)) = ip_of(&hook.url).map(|address| self.names.check(address)) {
            return failed(forbidden.to_string());
        }
        let signed = match SignedHeaders::new(event, now.timestamp(), body.as_bytes(), &hook.secrets) {
            Ok(signed) => signed,
            Err(error) => return failed(error.to_string()),
        };
        let mut request = self.client.post(hook.url.clone()).header(CONTENT_TYPE, "application/json");
        for (name, value) in signed.pairs() {
            request = request.header(name, value);
        }
        match request.body(body).send().await {
            Ok(response) => {
                let status = response.status();
                read_a_little(response).await;
                Tried { answer: Answer::Status(status.as_u16()), cause: format!("it answered {status}") }
            }
            Err(error) if error.is_timeout() => {
                Tried { answer: Answer::TimedOut, cause: "it did not answer in time".to_owned() }
            }
            Err(error) => failed(cause(&error)),
        }
    }
}

/// Reads a part of the body. The answer counts by its status, however that ends.
async fn read_a_little(mut response: Response) {
    let reading = async {
        let mut left = READ;
        while let Ok(Some(chunk)) = response.chunk().await {
            let Some(rest) = left.checked_sub(chunk.len()) else { return };
            left = rest;
        }
    };
    let _ = tokio::time::timeout(LONGEST_READ, reading).await;
}

/// The innermost cause: the forbidden address, or what the system or TLS says. The outer ones may show the whole
/// address of the endpoint.
fn cause(error: &reqwest::Error) -> String {
    let mut innermost: &dyn Error = error;
    while let Some(source) = innermost.source() {
        innermost = source;
        if innermost.is::<Forbidden>() {
            break;
        }
    }
    if std::ptr::addr_eq(innermost, error) { "the request failed".to_owned() } else { innermost.to_string() }
}
