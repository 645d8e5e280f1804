//! Such a buyer as a [`Provider`].

use std::num::NonZeroUsize;

use domain::{CatalogueItem, QuoteRequest};
use provider::{
    Answer, Attempt, Calling, Capabilities, Identity, Provider, ProviderName, Refusal, SearchRequest,
};

use crate::Client;

/// The limits of the agreement with the buyer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Calls a day in UTC+8; `None` if there is no limit.
    pub daily_quota: Option<u32>,
    /// The most calls at the same time.
    pub places: NonZeroUsize,
    /// The most devices in one call, as the service's description says ([`crate::Description::many`]); `None` for
    /// one device a call.
    pub many: Option<NonZeroUsize>,
}

impl Terms {
    /// How many places there are if the settings say nothing.
    pub const PLACES: NonZeroUsize = NonZeroUsize::MIN.saturating_add(4);
}

/// A buyer with the HTTP contract, for the quote desk.
pub struct HttpProvider {
    identity: Identity,
    terms: Terms,
    client: Client,
}

impl HttpProvider {
    /// The buyer that `client` calls, under its name in the settings.
    pub fn new(name: ProviderName, client: Client, terms: Terms) -> Self {
        let identity = Identity { account: name.as_str().into(), name, protocol: "http-1" };
        Self { identity, terms, client }
    }
}

impl Provider for HttpProvider {
    fn identity(&self) -> &Identity {
        &self.identity
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities {
            search: true,
            // A call for several would be refused as a whole for one device that it does not take.
            many: self.terms.many.filter(|_| self.client.grades().is_none()),
            places: self.terms.places,
            daily_quota: self.terms.daily_quota,
            over_the_net: true,
        }
    }

    fn takes(&self, device: &QuoteRequest) -> bool {
        self.client.grades().is_none_or(|words| words.word(device.grade()).is_some())
    }

    fn quote<'a>(&'a self, device: &'a QuoteRequest, attempt: Attempt) -> Calling<'a, Answer> {
        Box::pin(self.client.quote(device, attempt))
    }

    fn quote_many<'a>(
        &'a self,
        devices: &'a [QuoteRequest],
        attempt: Attempt,
    ) -> Calling<'a, Vec<Result<Answer, Refusal>>> {
        Box::pin(async move {
            self.terms.many.ok_or(Refusal::NotOffered)?;
            self.client.quotes(devices, attempt).await
        })
    }

    fn search<'a>(&'a self, request: &'a SearchRequest, attempt: Attempt) -> Calling<'a, Vec<CatalogueItem>> {
        Box::pin(self.client.search(request, attempt))
    }
}
