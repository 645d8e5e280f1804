//! The desks of the providers that a merchant's shoppers ask.

use std::sync::Arc;

use domain::{
    CatalogueItem, Category, Change, Comparison, Failure, ProviderName, Quote, QuoteId, QuoteRequest,
    RefusedBy,
};
use futures::future::join_all;
use jiff::Timestamp;
use records::Compared;

use crate::answer::Found;
use crate::desk::Desk;
use crate::desks::Desks;

/// The desks of the providers that a merchant names, in its order; one at least.
#[derive(Clone)]
pub struct Selected {
    pub(crate) desks: Desks,
    pub(crate) own: Vec<Desk>,
    pub(crate) compare: bool,
    pub(crate) merchant: Option<Arc<str>>,
}

impl Desks {
    /// The desks of `providers`, or the first if none is named or known. With `compare`, all of them are asked at
    /// once. What is asked is counted to `merchant`.
    pub fn select(&self, providers: &[ProviderName], compare: bool, merchant: Option<Arc<str>>) -> Selected {
        let mut desks: Vec<Desk> = providers.iter().filter_map(|name| self.get(name)).cloned().collect();
        if desks.is_empty() {
            desks.push(self.first().clone());
        }
        Selected::new(self.clone(), desks, compare, merchant)
    }
}

impl Selected {
    pub(crate) fn new(desks: Desks, own: Vec<Desk>, compare: bool, merchant: Option<Arc<str>>) -> Self {
        Self { desks, own, compare, merchant }
    }

    /// The quote with that id, and with what it was compared for this merchant.
    ///
    /// # Errors
    /// As [`Desk::recall`].
    pub async fn recall(&self, id: &QuoteId) -> Result<Comparison, Failure> {
        let best = self.first().recall(id).await?;
        let Some(compared) = self.known_comparison(id).await else { return Ok(Comparison::of_one(best)) };
        let others = compared.alternatives.iter().map(|id| self.first().recall(id));
        let refused = compared.refused.iter();
        Ok(Comparison {
            best,
            // One that cannot be read is not shown.
            alternatives: join_all(others).await.into_iter().filter_map(Result::ok).collect(),
            refused: refused
                .map(|(provider, failure)| RefusedBy { provider: provider.clone(), failure: failure.clone() })
                .collect(),
        })
    }

    async fn known_comparison(&self, id: &QuoteId) -> Option<Arc<Compared>> {
        let asked = (id.clone(), self.merchant.clone());
        if let Some(known) = self.desks.comparisons.get(&asked) {
            return Some(known);
        }
        if self.desks.iter().count() < 2 {
            return None;
        }
        let merchant = self.merchant_id();
        let read = async |records: &records::Records| records.comparison(id, merchant).await;
        let read = self.desks.common().journal.look_for(read).await.ok()??;
        Some(Arc::new(read))
    }

    /// The prices that the device would have at the provider of `quote` if one answer differed; see
    /// [`Desk::known_changes`].
    pub fn known_changes(&self, quote: &Quote, request: &QuoteRequest) -> Vec<(Change, Arc<Quote>)> {
        self.desks.get(&quote.provider).unwrap_or(self.first()).known_changes(request)
    }

    /// The models that match, of all providers that can search; see [`Desk::search`]. One that several have is there
    /// once, with the sizes of all.
    ///
    /// # Errors
    /// As [`Desk::search`], if no provider has an answer.
    pub async fn search(&self, keyword: &str, device_type: Option<Category>) -> Found {
        if let [only] = self.own.as_slice() {
            return only.search_for(self.merchant.clone(), keyword, device_type).await;
        }
        let ask =
            |desk: Desk| async move { desk.search_for(self.merchant.clone(), keyword, device_type).await };
        let found = join_all(self.searched().cloned().map(ask)).await;
        let mut failure = None;
        let mut answers = Vec::with_capacity(found.len());
        for found in found {
            match found {
                Ok(items) => answers.push(items),
                Err(error) => failure = Some(failure.unwrap_or(error)),
            }
        }
        match failure {
            Some(failure) if answers.is_empty() => Err(failure),
            _ => Ok(merged(&answers)),
        }
    }

    /// What [`Self::search`] found in the last 30 days, if that is known. No call is made.
    pub async fn known_search(
        &self,
        keyword: &str,
        device_type: Option<Category>,
    ) -> Option<Arc<[CatalogueItem]>> {
        if let [only] = self.own.as_slice() {
            return only.known_search(keyword, device_type).await;
        }
        let known = self.searched().map(|desk| desk.known_search(keyword, device_type));
        let known: Vec<_> = join_all(known).await.into_iter().flatten().collect();
        (!known.is_empty()).then(|| merged(&known))
    }

    /// The desks that a search asks: without `compare`, those that make no calls and the first that does, since a search
    /// costs a call.
    fn searched(&self) -> impl Iterator<Item = &Desk> {
        let mut has_caller = false;
        self.own.iter().filter(move |desk| {
            let makes_calls = desk.makes_calls();
            let asked = self.compare || !makes_calls || !has_caller;
            has_caller |= makes_calls;
            asked
        })
    }

    /// The time of the first provider; see [`Desk::now`].
    pub fn now(&self) -> Timestamp {
        self.first().now()
    }

    /// Whether the prices are a sandbox's, which are not paid.
    pub fn is_sandbox(&self) -> bool {
        self.first().is_sandbox()
    }

    pub(crate) fn first(&self) -> &Desk {
        // There is one at least.
        &self.own[0]
    }

    /// The merchant's id as the records have it.
    pub(crate) fn merchant_id(&self) -> &str {
        self.merchant.as_deref().unwrap_or_default()
    }
}

/// The models of several catalogues: each once, with the sizes of all, in the order in which they were found.
fn merged(catalogues: &[Arc<[CatalogueItem]>]) -> Arc<[CatalogueItem]> {
    let mut all: Vec<CatalogueItem> = Vec::new();
    for item in catalogues.iter().flat_map(|items| items.iter()) {
        let same = |known: &&mut CatalogueItem| {
            known.device_type == item.device_type
                && known.brand.eq_ignore_ascii_case(&item.brand)
                && known.model.eq_ignore_ascii_case(&item.model)
        };
        match all.iter_mut().find(same) {
            Some(known) => {
                add(&mut known.storages, &item.storages);
                add(&mut known.rams, &item.rams);
            }
            None => all.push(item.clone()),
        }
    }
    all.into()
}

fn add(sizes: &mut Vec<String>, more: &[String]) {
    for size in more {
        if !sizes.contains(size) {
            sizes.push(size.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_of_two_catalogues_is_there_once_with_the_sizes_of_both() {
        let item = |model: &str, storages: &[&str]| CatalogueItem {
            device_type: Category::Phone,
            brand: "苹果".to_owned(),
            model: model.to_owned(),
            storages: storages.iter().map(|size| (*size).to_owned()).collect(),
            rams: Vec::new(),
        };
        let one: Arc<[_]> = [item("iPhone 13", &["128GB", "256GB"])].into();
        let two: Arc<[_]> = [item("iPhone 12", &["64GB"]), item("IPHONE 13", &["256GB", "512GB"])].into();
        let all = merged(&[one, two]);
        assert_eq!(*all, [item("iPhone 13", &["128GB", "256GB", "512GB"]), item("iPhone 12", &["64GB"])]);
    }
}
