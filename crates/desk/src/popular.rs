//! Puts popular models in the order of demand, by the records.

use std::sync::Arc;

use domain::{CatalogueItem, Moment};
use jiff::{SignedDuration, Timestamp};
use records::Records;

use crate::demand::{Answers, sorted};
use crate::inner::Inner;

/// How far back an answer counts.
const LOOKED_BACK: SignedDuration = SignedDuration::from_hours(7 * 24);

impl Inner {
    /// The models, with those first that were asked for most in the last days. The others follow in their order.
    pub(crate) async fn by_demand(&self, items: Arc<[CatalogueItem]>) -> Arc<[CatalogueItem]> {
        let answers = self.answers_by_model().await;
        if answers.is_empty() { items } else { sorted(&items, &answers) }
    }

    async fn answers_by_model(&self) -> Arc<Answers> {
        let now = self.now();
        let (known, is_old) = self.demand.known(now);
        if !is_old {
            return known;
        }
        let since = Moment::new(now.saturating_sub(LOOKED_BACK).unwrap_or(Timestamp::MIN)).in_utc8().date();
        let (provider, sandbox) = (self.partner.provider(), self.settings.sandbox);
        let name = &provider.identity().name;
        let read = async |records: &Records| Ok(Some(records.answers_by_model(name, sandbox, since).await?));
        let read = self.partner.journal.look_for(read).await.ok().flatten();
        self.demand.keep(now, read.map(|answers| answers.into_iter().collect()))
    }
}
