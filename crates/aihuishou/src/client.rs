use std::sync::Arc;
use std::time::Duration;

use domain::{CatalogueItem, PlainText, QuoteRequest};
use jiff::Timestamp;
use provider::{Attempt, BadAnswer, SearchRequest, Unreached};
use reqwest::Response;
use reqwest::header::{AGE, CONTENT_ENCODING, DATE, HeaderMap, RETRY_AFTER};

use crate::answer::{Body, Received, Understood, understand};
use crate::connections::{Connections, Kept};
use crate::devices::{Devices, describe};
use crate::several::answers;
use crate::unreached::{cause_of, chain};
use crate::wire::SearchData;
use crate::{
    Account, CallError, CallErrorKind, ClientError, Inquiry, Parameters, Profile, Route, sign, terms,
    timestamp,
};

/// A client of the partner's API.
///
/// Each call is one attempt. The caller decides whether to try again and whether the quota allows it, since
/// every attempt costs quota.
#[derive(Clone, Debug)]
pub struct Client {
    connections: Arc<Connections>,
    account: Account,
    profile: Profile,
}

/// An answer, and the partner's time if it is known.
#[derive(Clone, Debug)]
pub struct Reply<T> {
    /// What was answered.
    pub value: T,
    /// The `Date` of the answer, if the answer is from the partner and was made just now.
    pub partner_time: Option<Timestamp>,
}

impl Client {
    /// A client for `account` that connects to the partner directly.
    ///
    /// # Errors
    /// [`ClientError`] when the machine's TLS cannot be set up.
    pub fn new(account: Account, profile: Profile) -> Result<Self, ClientError> {
        Self::by(Route::default(), account, profile)
    }

    /// A client for `account` that connects to the partner by `route`.
    ///
    /// # Errors
    /// [`ClientError`] when the machine's TLS cannot be set up.
    pub fn by(route: Route, account: Account, profile: Profile) -> Result<Self, ClientError> {
        let connections = Arc::new(Connections::new(&profile, route)?);
        Ok(Self { connections, account, profile })
    }

    /// Its account.
    pub fn account(&self) -> &Account {
        &self.account
    }

    /// Its profile.
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// Asks what a device is worth (`item_get_inquir`).
    ///
    /// # Errors
    /// [`CallError`] for every answer that is not a price.
    pub async fn inquire(
        &self,
        request: &QuoteRequest,
        attempt: Attempt,
    ) -> Result<Reply<Inquiry>, CallError> {
        let described = describe(request);
        let parameters: Vec<_> = described.iter().map(|(name, value)| (*name, value.as_ref())).collect();
        let read = |data, _: &[&str]| {
            Inquiry::read(data).and_then(|inquiry| inquiry.of(request)).map_err(CallErrorKind::BadAnswer)
        };
        self.call(Profile::INQUIRY, &parameters, attempt, read).await
    }

    /// Asks what several devices are worth (`item_batch_inquir`, decision 13 of the partner's protocol).
    /// Returns one answer for each device, in their order. It costs as many calls of the quota as there are
    /// devices.
    ///
    /// # Errors
    /// [`CallError`] for every answer that is not one answer for each device.
    pub async fn inquire_together(
        &self,
        devices: &Devices,
        attempt: Attempt,
    ) -> Result<Reply<Vec<Result<Inquiry, CallErrorKind>>>, CallError> {
        let json = devices.json();
        let parameters = [("devices", json.as_str())];
        let read = |data, kept_quiet: &[&str]| answers(data, devices.iter(), kept_quiet);
        self.call(Profile::BATCH_INQUIRY, &parameters, attempt, read).await
    }

    /// Searches for models, with the storage and memory they come in (`item_search`).
    ///
    /// # Errors
    /// [`CallError`] for every answer that is not a list of models.
    pub async fn search(
        &self,
        request: &SearchRequest,
        attempt: Attempt,
    ) -> Result<Reply<Vec<CatalogueItem>>, CallError> {
        let parameters = [
            ("keyword", request.keyword.as_ref().map_or("", PlainText::as_str)),
            ("device_type", request.device_type.map_or("", terms::category)),
            ("brand", request.brand.as_ref().map_or("", PlainText::as_str)),
        ];
        let read = |data, _: &[&str]| {
            let data: SearchData =
                serde_json::from_value(data).map_err(|_| CallErrorKind::BadAnswer(BadAnswer::WrongShape))?;
            // A model without a name or a category cannot be quoted, so it is left out.
            let items = data.items.into_iter().filter_map(|item| {
                Some(CatalogueItem {
                    device_type: terms::read_category(&item.device_type?)?,
                    brand: item.brand?,
                    model: item.model?,
                    storages: item.storages,
                    rams: item.rams,
                })
            });
            Ok(items.collect())
        };
        self.call(Profile::SEARCH, &parameters, attempt, read).await
    }

    /// Makes a call, and passes the `data` of its answer to `read`, together with the texts that must stay
    /// secret even if the partner repeats them.
    async fn call<T>(
        &self,
        path: &str,
        parameters: &[(&str, &str)],
        attempt: Attempt,
        read: impl FnOnce(serde_json::Value, &[&str]) -> Result<T, CallErrorKind>,
    ) -> Result<Reply<T>, CallError> {
        let plain = |kind| CallError { kind, partner_time: None };
        let url = self.profile.url(path).map_err(|_| plain(CallErrorKind::WrongPath))?;
        let stamp = timestamp(attempt.at);
        let every_call =
            [("app_id", self.account.app_id()), ("timestamp", &stamp), ("version", Profile::VERSION)];
        let parameters = Parameters::new(every_call.into_iter().chain(parameters.iter().copied()));
        let signature = sign(&parameters, self.account.secret()).to_string();
        let mut body: Vec<(&str, &str)> = parameters.iter().collect();
        body.push(("sign", &signature));

        let kept = self.connections.kept();
        let kept_quiet = [self.account.secret().expose(), &signature];
        let failed = |error: &reqwest::Error| self.failed(error, &kept, &kept_quiet);
        let sent = kept.http.post(url).timeout(attempt.timeout).form(&body).send().await;
        let response = sent.map_err(|error| plain(failed(&error)))?;
        let time = time_told(response.headers());
        let Understood { data, is_partners } =
            receive(response, attempt.at, &kept_quiet, failed).await.map_err(plain)?;
        // The time of a gateway, or of a cached answer, is not the partner's.
        let partner_time = time.filter(|_| is_partners);
        data.and_then(|data| read(data, &kept_quiet))
            .map(|value| Reply { value, partner_time })
            .map_err(|kind| CallError { kind, partner_time })
    }

    /// The meaning of a failed connection. If it failed after it was opened, the other connections of its
    /// pool are given up too.
    fn failed(&self, error: &reqwest::Error, kept: &Kept, kept_quiet: &[&str]) -> CallErrorKind {
        // This is the only error for which it is certain that nothing was sent.
        if error.is_connect() {
            let proxy = self.connections.proxy();
            let silent = self.connections.names.are_waited_for();
            if error.is_timeout() {
                self.connections.names.begin_with_another();
            }
            return CallErrorKind::NoConnection(Unreached {
                cause: cause_of(error, silent, proxy.is_some()),
                proxy: proxy.map(ToString::to_string),
                chain: chain(error, kept_quiet),
            });
        }
        self.connections.give_up(kept);
        if error.is_timeout() {
            CallErrorKind::Timeout
        } else {
            CallErrorKind::BrokenOff(chain(error, kept_quiet))
        }
    }
}

/// Receives a whole answer and reads it.
async fn receive(
    mut response: Response,
    now: Timestamp,
    kept_quiet: &[&str],
    failed: impl Fn(&reqwest::Error) -> CallErrorKind,
) -> Result<Understood, CallErrorKind> {
    let status = response.status();
    if status.is_redirection() {
        return Err(CallErrorKind::BadAnswer(BadAnswer::Redirect));
    }
    let retry_after = retry_after(response.headers(), now);
    if is_compressed(response.headers()) {
        return Ok(understand(&Received { status, body: Body::Compressed, retry_after, kept_quiet }));
    }
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| failed(&error))? {
        if bytes.len() + chunk.len() > Profile::LONGEST_ANSWER {
            return Err(CallErrorKind::BadAnswer(BadAnswer::TooLong));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(understand(&Received { status, body: Body::Plain(&bytes), retry_after, kept_quiet }))
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

/// How long the partner asks to wait: in seconds, or until a time by the answer's clock.
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
