//! The desks of all providers of this process, and which of them a merchant's shoppers ask.

use std::sync::Arc;

use domain::QuoteId;
use fleet::Fleet;
use futures::future::join_all;
use moka::sync::Cache;
use provider::ProviderName;
use records::Compared;

use crate::common::Common;
use crate::desk::Desk;
use crate::partner::number;
use crate::wins::Wins;

/// The most comparisons that are kept in memory.
const MOST_COMPARISONS: u64 = 10_000;

/// A price that was asked for, and for which merchant.
pub(crate) type Asked = (QuoteId, Option<Arc<str>>);

/// The desks of all providers of this process; one at least. Clones share everything.
#[derive(Clone)]
pub struct Desks {
    all: Arc<[Desk]>,
    pub(crate) comparisons: Cache<Asked, Arc<Compared>>,
    pub(crate) wins: Arc<Wins>,
}

impl Desks {
    /// Desks that have the same [`Common`]: `first`, which is asked where a merchant names no provider, and the others
    /// in the order of the settings.
    pub fn new(first: Desk, others: Vec<Desk>) -> Self {
        Self {
            all: std::iter::once(first).chain(others).collect(),
            comparisons: Cache::new(MOST_COMPARISONS),
            wins: Arc::default(),
        }
    }

    /// The first.
    pub fn first(&self) -> &Desk {
        // There is one at least.
        &self.all[0]
    }

    /// All of them, in the order of the settings.
    pub fn iter(&self) -> impl Iterator<Item = &Desk> {
        self.all.iter()
    }

    /// The desk of the provider of that name.
    pub fn get(&self, name: &ProviderName) -> Option<&Desk> {
        self.all.iter().find(|desk| desk.provider_name() == *name)
    }

    /// What the desks share with those of other instances.
    pub fn fleet(&self) -> &Fleet {
        &self.common().fleet
    }

    pub(crate) fn common(&self) -> &Common {
        &self.first().inner().common
    }

    /// Reads from the records how many of today's calls of each provider were used before this process began.
    pub async fn look_up_quota(&self) {
        join_all(self.iter().map(Desk::look_up_quota)).await;
    }

    /// Gives back the calls that are held for this instance at each provider, writes the entries that still wait, if
    /// that is possible within a few seconds, and closes the records.
    pub async fn close(&self) {
        join_all(self.iter().skip(1).map(|desk| desk.partner().give_advances_back())).await;
        self.first().close().await;
    }

    /// All metrics as text in the OpenMetrics format, without the line that marks the end.
    ///
    /// # Errors
    /// [`std::fmt::Error`] if a metric cannot be written.
    pub fn metrics(&self) -> Result<String, std::fmt::Error> {
        measured(self.iter())
    }
}

impl From<&Desk> for Desks {
    /// This desk alone.
    fn from(desk: &Desk) -> Self {
        Self::new(desk.clone(), Vec::new())
    }
}

impl From<&Desks> for Desks {
    fn from(desks: &Desks) -> Self {
        desks.clone()
    }
}

impl Desk {
    /// [`Desks::metrics`] of this desk alone.
    ///
    /// # Errors
    /// As there.
    pub fn metrics(&self) -> Result<String, std::fmt::Error> {
        measured([self])
    }
}

fn measured<'a>(desks: impl IntoIterator<Item = &'a Desk>) -> Result<String, std::fmt::Error> {
    let mut text = String::new();
    let mut last = None;
    for desk in desks {
        desk.partner().measure();
        last = Some(desk);
    }
    if let Some(desk) = last {
        let Common { metrics, journal, .. } = &desk.inner().common;
        metrics.instances.set(number(desk.partner().places.instances().unwrap_or_default()));
        metrics.records_unwritten.set(number(journal.unwritten()));
        metrics.records_failing.set(journal.is_failing().into());
        text = metrics.text()?;
    }
    Ok(text)
}
