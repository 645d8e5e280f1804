use std::num::NonZeroUsize;
use std::sync::Arc;

use domain::{CatalogueItem, QuoteRequest};
use outgoing::{ClientError, Connections, NoAnswer, Received, Route};
use provider::{Answer, Attempt, BadAnswer, CallError, GradeWords, Refusal, Reply, SearchRequest};
use reqwest::header::{ACCEPT, CONTENT_TYPE};
use reqwest::{Method, RequestBuilder};
use serde::de::DeserializeOwned;
use url::Url;

use crate::media_type::JSON;
use crate::understand::{Understood, understand};
use crate::wire::{DescriptionAnswer, QuoteAnswer, QuotesAnswer, SearchAnswer};
use crate::{Address, Signer, asked, judge};

/// A client of a buyer's service.
///
/// Each call is one attempt. The caller decides whether to try again and whether the quota allows it.
#[derive(Clone, Debug)]
pub struct Client {
    connections: Arc<Connections>,
    address: Address,
    signer: Signer,
    grades: Option<GradeWords>,
}

/// What a buyer's service says about itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Description {
    /// The version of the contract.
    pub contract: u32,
    /// Its name, for operators.
    pub name: String,
    /// The most devices in one call; `None` if it takes only one.
    pub many: Option<NonZeroUsize>,
}

/// One signed or unsigned request, as `check` varies them.
pub(crate) struct Sent<'a> {
    pub(crate) method: Method,
    pub(crate) url: Url,
    pub(crate) headers: &'a [(&'a str, &'a str)],
    pub(crate) body: Vec<u8>,
}

impl Client {
    /// The version of the contract that this client speaks.
    pub const CONTRACT: u32 = 1;

    /// A client of the service at `address`.
    ///
    /// # Errors
    /// [`ClientError`] when the machine's TLS cannot be set up.
    pub fn new(route: Route, address: Address, signer: Signer) -> Result<Self, ClientError> {
        let connections = Arc::new(Connections::new(route, address.is_secure())?);
        Ok(Self { connections, address, signer, grades: None })
    }

    /// With the buyer's own words for grades, in which it is asked and answers.
    #[must_use]
    pub fn with_grades(self, grades: Option<GradeWords>) -> Self {
        Self { grades, ..self }
    }

    /// The buyer's own words for grades; `None` if they are the trade's.
    pub(crate) fn grades(&self) -> Option<&GradeWords> {
        self.grades.as_ref()
    }

    /// What `answer` says about `device`, with its grade in the trade's words.
    pub(crate) fn judged(&self, mut answer: QuoteAnswer, device: &QuoteRequest) -> Result<Answer, Refusal> {
        if let (Some(words), Some(named)) = (&self.grades, &mut answer.device) {
            let translated = named.condition.as_deref().map(|word| words.translated(word, device.grade()));
            named.condition = translated.map(str::to_owned);
        }
        judge(answer, device)
    }

    /// The address of the service.
    pub fn address(&self) -> &Address {
        &self.address
    }

    pub(crate) fn signer(&self) -> &Signer {
        &self.signer
    }

    /// Asks the service what it is (`GET {url}`), unsigned.
    ///
    /// # Errors
    /// [`CallError`] for every answer that is not a description of version [`Self::CONTRACT`].
    pub async fn describe(&self, attempt: Attempt) -> Result<Reply<Description>, CallError> {
        let sent =
            Sent { method: Method::GET, url: self.address.url().clone(), headers: &[], body: Vec::new() };
        let received = self.send(sent, attempt).await;
        read(received, |DescriptionAnswer { contract, name, many }| {
            if contract == Self::CONTRACT {
                Ok(Description { contract, name, many })
            } else {
                Err(Refusal::BadAnswer(BadAnswer::WrongShape))
            }
        })
    }

    /// Asks what a device is worth.
    ///
    /// # Errors
    /// [`CallError`] for every answer that is not a price for this device.
    pub async fn quote(&self, device: &QuoteRequest, attempt: Attempt) -> Result<Reply<Answer>, CallError> {
        let body = asked::quote(device, self.grades());
        self.call("quote", body, attempt, |answer: QuoteAnswer| self.judged(answer, device)).await
    }

    /// Asks what several devices are worth. Returns one answer for each device, in their order.
    ///
    /// # Errors
    /// [`CallError`] for every answer that is not one answer for each device.
    pub async fn quotes(
        &self,
        devices: &[QuoteRequest],
        attempt: Attempt,
    ) -> Result<Reply<Vec<Result<Answer, Refusal>>>, CallError> {
        self.call("quotes", asked::quotes(devices, self.grades()), attempt, |QuotesAnswer { items }| {
            // With more or fewer answers it is unknown which belongs to which device.
            if items.len() != devices.len() {
                return Err(Refusal::BadAnswer(BadAnswer::WrongShape));
            }
            Ok(items.into_iter().zip(devices).map(|(item, device)| self.judged(item, device)).collect())
        })
        .await
    }

    /// Searches for models, with the storage and memory they come in.
    ///
    /// # Errors
    /// [`CallError`] for every answer that is not a list of models.
    pub async fn search(
        &self,
        request: &SearchRequest,
        attempt: Attempt,
    ) -> Result<Reply<Vec<CatalogueItem>>, CallError> {
        self.call("search", asked::search(request), attempt, |answer: SearchAnswer| Ok(answer.items)).await
    }

    /// Makes a signed call, and passes its answer to `judge`.
    async fn call<T: DeserializeOwned, U>(
        &self,
        path: &str,
        body: Vec<u8>,
        attempt: Attempt,
        judge: impl FnOnce(T) -> Result<U, Refusal>,
    ) -> Result<Reply<U>, CallError> {
        read(self.post(path, body, attempt).await, judge)
    }

    /// Makes a signed call.
    pub(crate) async fn post(
        &self,
        path: &str,
        body: Vec<u8>,
        attempt: Attempt,
    ) -> Result<Received, NoAnswer> {
        let signed = self.signer.sign(attempt.at, &body);
        let url = self.address.of_call(path);
        self.send(Sent { method: Method::POST, url, headers: &signed.pairs(), body }, attempt).await
    }

    /// Sends a request as it is given.
    pub(crate) async fn send(&self, sent: Sent<'_>, attempt: Attempt) -> Result<Received, NoAnswer> {
        let Sent { method, url, headers, body } = sent;
        let request = |http: &reqwest::Client| {
            let mut request: RequestBuilder = http.request(method.clone(), url).timeout(attempt.timeout);
            request = request.header(ACCEPT, JSON);
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            if method == Method::POST { request.header(CONTENT_TYPE, JSON).body(body) } else { request }
        };
        self.connections.send(request, attempt.at, &[]).await
    }
}

/// Reads an answer.
fn read<T: DeserializeOwned, U>(
    received: Result<Received, NoAnswer>,
    judge: impl FnOnce(T) -> Result<U, Refusal>,
) -> Result<Reply<U>, CallError> {
    let received = received.map_err(|error| CallError::from(Refusal::from(error)))?;
    let Understood { said, is_buyers } = understand(&received);
    // The time of a gateway, or of a cached answer, is not the buyer's.
    let provider_time = received.time.filter(|_| is_buyers);
    let code = || {
        let readable = !received.status.is_success();
        readable.then(|| received.status.as_str().into())
    };
    said.and_then(judge).map(|value| Reply { value, provider_time }).map_err(|refusal| CallError {
        code: code(),
        refusal,
        provider_time,
    })
}
