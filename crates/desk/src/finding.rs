//! Answers searches: from memory, from the records, by a call in flight, or by the partner, whose answers are
//! kept for a day and recorded.

use std::sync::Arc;

use domain::{CatalogueItem, Category, Failure, Field, FieldError, PlainText};
use jiff::{SignedDuration, Timestamp};
use provider::SearchRequest;
use records::SEARCHES_KEPT;
use tracing::Instrument;

use crate::answer::{Found, internal};
use crate::call_context::{CallContext, Priority};
use crate::desk::Desk;
use crate::inner::Inner;
use crate::key::Key;
use crate::shared_call::{Called, shared};
use crate::ttl_cache::SEARCH_TTL;

impl Desk {
    /// The models that match `keyword`, with their variants; for an empty keyword or a brand popular models,
    /// those first that were asked for most in the last seven days. Returns within
    /// [`Settings::deadline`](crate::Settings::deadline), even if another caller with a later deadline made the
    /// call. Returns nothing if the provider offers no search.
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

pub(crate) fn request(keyword: &str, device_type: Option<Category>) -> Result<SearchRequest, Failure> {
    let keyword = match keyword.trim() {
        "" => None,
        text => Some(PlainText::parse(text).map_err(|problem| Failure::InvalidInput {
            fields: vec![FieldError { field: Field::Keyword, problem }],
        })?),
    };
    Ok(SearchRequest { keyword, device_type, brand: None })
}

impl Inner {
    /// What was found, in the partner's order; popular models of all brands or of one with those first that were
    /// asked for most.
    async fn in_order(&self, request: &SearchRequest, items: Arc<[CatalogueItem]>) -> Arc<[CatalogueItem]> {
        let keyword = request.keyword.as_ref().map_or("", PlainText::as_str);
        let of_a_brand = |item: &CatalogueItem| item.brand.eq_ignore_ascii_case(keyword);
        if keyword.is_empty() || items.iter().any(of_a_brand) { self.by_demand(items).await } else { items }
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

    /// What a search found within the last `age`, and when, if the records know it.
    pub(crate) async fn recorded_search(
        &self,
        key: &Key,
        age: SignedDuration,
    ) -> Option<(Arc<[CatalogueItem]>, Timestamp)> {
        let since = self.now().saturating_sub(age).unwrap_or(Timestamp::MIN);
        let read = self.partner.journal.look_for(async |records| records.found(key, since).await).await;
        read.ok().flatten().map(|(items, at)| (items.into(), at))
    }
}
