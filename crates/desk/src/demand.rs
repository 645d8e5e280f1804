//! How often each model was asked for in the last days. Popular models are put in this order.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

use domain::{CatalogueItem, Term};
use jiff::{SignedDuration, Timestamp};
use parking_lot::Mutex;

use crate::inner::Inner;

/// How far back models count as asked for.
const LOOKED_BACK: SignedDuration = SignedDuration::from_hours(7 * 24);
/// How long the counts are kept before they are read again.
const KEPT: SignedDuration = SignedDuration::from_mins(10);

/// A model: category, brand and name.
type Name = [String; 3];

/// The counts of answers, as they were last read.
#[derive(Default)]
pub(crate) struct Demand(Mutex<Option<(Timestamp, Arc<HashMap<Name, u32>>)>>);

impl Inner {
    /// The models, with those first that were asked for most in the last days. The others follow in their order.
    pub(crate) async fn by_demand(&self, items: Arc<[CatalogueItem]>) -> Arc<[CatalogueItem]> {
        let counts = self.demand().await;
        if counts.is_empty() {
            return items;
        }
        let mut sorted = items.to_vec();
        sorted.sort_by_cached_key(|item| Reverse(counts.get(&name(item)).copied().unwrap_or_default()));
        sorted.into()
    }

    /// The counts of the last days. While the records fail, those that were read last, or none.
    async fn demand(&self) -> Arc<HashMap<Name, u32>> {
        let now = self.now();
        let known = self.demand.0.lock().clone();
        if let Some((at, counts)) = &known
            && now.duration_since(*at).abs() < KEPT
        {
            return Arc::clone(counts);
        }
        let since = now.saturating_sub(LOOKED_BACK).unwrap_or(Timestamp::MIN);
        let (sandbox, since) = (self.settings.sandbox, domain::Moment::new(since).in_utc8().date());
        let read =
            async |records: &records::Records| Ok(Some(records.answers_by_model(sandbox, since).await?));
        let counts = match self.partner.journal.look_for(read).await {
            Ok(Some(counts)) => Arc::new(counts.into_iter().collect()),
            Ok(None) | Err(_) => known.map(|(_, counts)| counts).unwrap_or_default(),
        };
        *self.demand.0.lock() = Some((now, Arc::clone(&counts)));
        counts
    }
}

fn name(item: &CatalogueItem) -> Name {
    [item.device_type.word().to_owned(), item.brand.clone(), item.model.clone()]
}
