//! Which providers a list asks: the first of this process, or those that are kept with the list.

use desk::{Desks, LeaseEnd, Quoter};
use domain::ProviderName;
use records::{Batch, BatchId, ProviderCounts, RecordsError};
use tokio::sync::watch;

use crate::side::{Further, MainRun};

/// The providers that a list asks.
pub(crate) struct Asked {
    pub(crate) main: Quoter,
    pub(crate) further: Vec<(Further, Quoter)>,
    /// Further providers that are not set up here any more, with their places.
    pub(crate) missing: Vec<(ProviderName, usize)>,
}

impl Asked {
    /// The providers of `list`, whose holder keeps its lease until `end`. How the run of the main one stands is told in
    /// `main`. If the main one is not set up any more, the first of this process takes its place.
    pub(crate) fn by(list: &Batch, desks: &Desks, end: &LeaseEnd, main: &watch::Receiver<MainRun>) -> Self {
        let mut names = list.providers.iter().map(|ProviderCounts { provider, .. }| provider);
        let first = names.next().and_then(|name| desks.get(name)).unwrap_or(desks.first());
        let mut asked =
            Self { main: first.quoter().until(end.clone()), further: Vec::new(), missing: Vec::new() };
        for (place, name) in (1..).zip(names) {
            match desks.get(name) {
                Some(desk) if desk.provider_name() == first.provider_name() => {}
                Some(desk) => {
                    let further = Further { provider: name.clone(), place, main: main.clone() };
                    asked.further.push((further, desk.quoter().until(end.clone())));
                }
                None => asked.missing.push((name.clone(), place)),
            }
        }
        asked
    }
}

/// Lets a list ask all providers of `desks`, the first one as the main one. With one provider, and for a list that knows
/// its providers, this changes nothing.
///
/// # Errors
/// [`RecordsError`] if that cannot be kept with the list.
pub async fn ask_all(desks: &Desks, id: BatchId) -> Result<(), RecordsError> {
    let names: Vec<_> = desks.iter().map(|desk| desk.provider_name()).collect();
    if names.len() < 2 {
        return Ok(());
    }
    desks.first().quoter().records().set_batch_providers(id, &names).await
}
