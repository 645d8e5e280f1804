//! Answers searches: from memory, from the records, by a call in flight, or by the partner, whose answers are
//! kept for a day and recorded.

use std::sync::Arc;

use domain::{CatalogueItem, Category, Failure, Field, FieldError, PlainText};
use jiff::{SignedDuration, Timestamp};
use provider::{Provider, SearchRequest};
use records::SEARCHES_KEPT;
use tracing::Instrument;

use crate::answer::{Found, internal, told};
use crate::ask_error::AskError;
use crate::call_context::{CallContext, Priority};
use crate::desk::Desk;
use crate::inner::Inner;
use crate::key::Key;
use crate::latch::is_of_the_account;
use crate::odd;
use crate::outcome;
use crate::question::Question;
use crate::shared_call::{Called, shared};
use crate::ttl_cache::{REFUSAL_TTL, SEARCH_TTL};

impl Desk {
    /// The models that match `keyword`, with their variants; for an empty keyword popular models, those first
    /// that were asked for most in the last seven days. Returns
    /// within [`Settings::deadline`](crate::Settings::deadline), even if another caller with a later deadline
    /// made the call. Returns nothing if the provider offers no search.
    ///
    /// # Errors
    /// Any failure of the closed list, as for [`Self::quote`]; [`Failure::QuotaExhausted`] also if the share
    /// of the day's calls that searches may use is used up.
    pub async fn search(&self, keyword: &str, device_type: Option<Category>) -> Found {
        self.search_for(None, keyword, device_type).await
    }

    /// As [`Self::search`]. A call that this makes is counted to the merchant.
    ///
    /// # Errors
    /// As [`Self::search`].
    pub async fn search_for(
        &self,
        merchant: Option<Arc<str>>,
        keyword: &str,
        device_type: Option<Category>,
    ) -> Found {
        let request = request(keyword, device_type)?;
        let inner = self.inner();
        if !inner.partner.provider().capabilities().search {
            return Ok(Arc::default());
        }
        let shopper = CallContext { merchant, ..inner.context(Priority::Shopper) };
        let key = inner.partner.search_key(&request);
        let cached = || inner.found.get(&key, inner.now());
        if let Some(answer) = cached() {
            return Ok(inner.in_order(&request, answer?).await);
        }
        let find = || Arc::clone(inner).find(key, request.clone(), shopper.clone()).in_current_span();
        let (answer, _) = shared(&inner.finding, key, shopper.deadline, cached, find).await;
        let items = answer.ok_or_else(internal)??;
        Ok(inner.in_order(&request, items).await)
    }

    /// What [`Self::search`] found in the last 30 days, if that is known. No call is made.
    pub async fn known_search(
        &self,
        keyword: &str,
        device_type: Option<Category>,
    ) -> Option<Arc<[CatalogueItem]>> {
        let request = request(keyword, device_type).ok()?;
        let inner = self.inner();
        let key = inner.partner.search_key(&request);
        let items = match inner.found.get(&key, inner.now()) {
            Some(Ok(items)) => items,
            Some(Err(_)) | None => inner.recorded_search(&key, SEARCHES_KEPT).await?.0,
        };
        Some(inner.in_order(&request, items).await)
    }
}

fn request(keyword: &str, device_type: Option<Category>) -> Result<SearchRequest, Failure> {
    let keyword = match keyword.trim() {
        "" => None,
        text => Some(PlainText::parse(text).map_err(|problem| Failure::InvalidInput {
            fields: vec![FieldError { field: Field::Keyword, problem }],
        })?),
    };
    Ok(SearchRequest { keyword, device_type, brand: None })
}

impl Inner {
    /// What was found, in the partner's order; popular models with those first that were asked for most.
    async fn in_order(&self, request: &SearchRequest, items: Arc<[CatalogueItem]>) -> Arc<[CatalogueItem]> {
        if request.keyword.is_some() { items } else { self.by_demand(items).await }
    }

    /// What was found in the last day, or what the partner finds now, for this or another instance.
    async fn find(
        self: Arc<Self>,
        key: Key,
        request: SearchRequest,
        shopper: CallContext,
    ) -> Called<Arc<[CatalogueItem]>> {
        if let Some((items, at)) = self.recorded_search(&key, SEARCH_TTL).await {
            self.found.keep(key, Ok(Arc::clone(&items)), at, SEARCH_TTL);
            return Called::by(shopper.deadline, Ok(items));
        }
        let deadline = shopper.deadline;
        Called::by(deadline, self.search_of_any_instance(key, &request, shopper).await)
    }

    /// What the partner finds now.
    pub(crate) async fn fetch_search(
        &self,
        key: Key,
        request: &SearchRequest,
        shopper: CallContext,
    ) -> Found {
        let question = Question::of_search(&*self.partner.provider(), request);
        let call =
            |provider: Arc<dyn Provider>, attempt| async move { provider.search(request, attempt).await };
        let answer = self.partner.ask(&question, shopper, call).await;
        let answer = answer.inspect_err(|error| odd::count_failure(&self.partner.metrics, error));
        let now = self.now();
        let ttl = match &answer {
            Ok(_) => SEARCH_TTL,
            Err(error) => refusal_ttl(error),
        };
        let found: Found = answer.map(Into::into).map_err(|error| told(&error, &question, now));
        if let Ok(items) = &found {
            self.partner.journal.found(key, Arc::clone(items), now);
        }
        self.found.keep(key, found.clone(), now, ttl);
        found
    }

    /// What a search found within the last `age`, and when, if the records know it.
    async fn recorded_search(
        &self,
        key: &Key,
        age: SignedDuration,
    ) -> Option<(Arc<[CatalogueItem]>, Timestamp)> {
        let since = self.now().saturating_sub(age).unwrap_or(Timestamp::MIN);
        let read = self.partner.journal.look_for(async |records| records.found(key, since).await).await;
        read.ok().flatten().map(|(items, at)| (items.into(), at))
    }
}

/// How long a failure is cached. A refusal that any caller would get is cached, because each call would use
/// quota. Refusals of the account are not: the latch blocks those calls, and they end when the key changes.
fn refusal_ttl(error: &AskError) -> SignedDuration {
    match error {
        AskError::Call(refusal)
            if !is_of_the_account(refusal)
                && outcome::failure(error, Timestamp::UNIX_EPOCH) == Failure::PartnerRefused =>
        {
            REFUSAL_TTL
        }
        AskError::Call(_)
        | AskError::Latched(_)
        | AskError::QuotaUsedUp
        | AskError::CountUnknown
        | AskError::Down
        | AskError::Busy
        | AskError::Late => SignedDuration::ZERO,
    }
}
