//! The provider's catalogue as device lists use it: what is known of it, and searches that leave shoppers their calls.

use std::sync::Arc;

use domain::{CatalogueItem, Category, Moment, Term};
use jiff::{SignedDuration, Timestamp};
use provider::SearchRequest;
use records::SEARCHES_KEPT;
use tracing::Instrument;

use crate::answer::{Found, internal};
use crate::call_context::CallContext;
use crate::finding::request;
use crate::inner::Inner;
use crate::key::Key;
use crate::quoter::Quoter;
use crate::shared_call::{Called, shared};
use crate::ttl_cache::SEARCH_TTL;

/// The most searches whose models are read. Each has some kilobytes.
const MOST_SEARCHES: u32 = 1_000;
/// How far back a price says that there is such a model.
const PRICED_WITHIN: SignedDuration = SignedDuration::from_hours(30 * 24);

impl Quoter {
    /// Whether the provider offers a search for models.
    pub fn can_search(&self) -> bool {
        self.inner.partner.provider().capabilities().search
    }

    /// The models that are known from searches and prices of the last 30 days, each once. Storages and memories of a
    /// model that is known from its price alone are unknown. No call is made. Nothing is known if the records cannot be
    /// read.
    pub async fn known_models(&self) -> Vec<CatalogueItem> {
        let inner = &self.inner;
        let (now, provider) = (inner.now(), inner.partner.provider());
        let ago = |time| now.saturating_sub(time).unwrap_or(Timestamp::MIN);
        let (key, sandbox) = (Key::of_provider(provider.identity()), inner.settings.sandbox);
        let (searched, priced) = (ago(SEARCHES_KEPT), Moment::new(ago(PRICED_WITHIN)).in_utc8().date());
        let read = inner.partner.journal.look_for(async |records| {
            let found = records.found_models(&key, searched, MOST_SEARCHES).await?;
            let name = &provider.identity().name;
            Ok(Some((found, records.answers_by_model(name, sandbox, priced).await?)))
        });
        let (mut models, priced) = read.await.ok().flatten().unwrap_or_default();
        models.extend(priced.into_iter().filter_map(|([category, brand, model], _)| {
            let device_type = Category::find(&category)?;
            Some(CatalogueItem { device_type, brand, model, storages: Vec::new(), rams: Vec::new() })
        }));
        models
    }

    /// What a search found in the last day, if that is known: [`Self::search`] would make no call.
    pub async fn known_search(&self, keyword: &str, device_type: Option<Category>) -> Option<Found> {
        let request = match request(keyword, device_type) {
            Ok(request) => request,
            Err(failure) => return Some(Err(failure)),
        };
        let inner = &self.inner;
        let key = inner.partner.search_key(&request);
        if let Some(answer) = inner.found.get(&key, inner.now()) {
            return Some(answer);
        }
        let (items, at) = inner.recorded_search(&key, SEARCH_TTL).await?;
        inner.found.keep(key, Ok(Arc::clone(&items)), at, SEARCH_TTL);
        Some(Ok(items))
    }

    /// The models that match `keyword`, in the provider's order: those that were found in the last day, or those of a
    /// call with the priority of a list.
    ///
    /// # Errors
    /// Any failure of the closed list; [`domain::Failure::QuotaExhausted`] also if the calls that lists may use are used up, or
    /// the share of searches.
    pub async fn search(&self, keyword: &str, device_type: Option<Category>) -> Found {
        if let Some(known) = self.known_search(keyword, device_type).await {
            return known;
        }
        let request = request(keyword, device_type)?;
        let inner = &self.inner;
        let turn = self.turn().await.ok_or_else(internal)?;
        let (key, context) =
            (inner.partner.search_key(&request), inner.list_context(self.lease.clone(), turn));
        let cached = || inner.found.get(&key, inner.now());
        let find =
            || Arc::clone(inner).find_for_a_list(key, request.clone(), context.clone()).in_current_span();
        let (answer, _) = shared(&inner.finding, key, context.deadline, cached, find).await;
        answer.ok_or_else(internal)?
    }
}

impl Inner {
    async fn find_for_a_list(
        self: Arc<Self>,
        key: Key,
        request: SearchRequest,
        context: CallContext,
    ) -> Called<Arc<[CatalogueItem]>> {
        Called::for_a_list(self.search_of_any_instance(key, &request, context).await)
    }
}
