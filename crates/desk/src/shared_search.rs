//! Searches that instances share: one of them calls the partner, and the others get what was found.
//!
//! Only what was found is shared. After a failure, another instance that waits makes the call itself. If the
//! fleet fails, or is in process, all of this does nothing. What was found longer ago is read from the records.

use std::sync::Arc;
use std::time::Duration;

use domain::{CatalogueItem, Failure};
use fleet::{Joined, Lease};
use provider::SearchRequest;

use crate::answer::Found;
use crate::call_context::CallContext;
use crate::inner::Inner;
use crate::key::Key;
use crate::ttl_cache::SEARCH_TTL;

/// How long a result is shared: long enough for those who wait, and until it is in the records.
const HANDOVER: Duration = Duration::from_secs(60);

impl Inner {
    /// What another instance found or, if none did, what the partner finds now. Of all instances, one makes
    /// the call, and is followed by another one if it fails or dies.
    pub(crate) async fn search_of_any_instance(
        &self,
        key: Key,
        request: &SearchRequest,
        shopper: CallContext,
    ) -> Found {
        match self.fleet.join(&key.of_fleet(), shopper.deadline).await {
            Joined::Answer(bytes) => match serde_json::from_slice::<Arc<[CatalogueItem]>>(&bytes) {
                Ok(items) => {
                    self.found.keep(key, Ok(Arc::clone(&items)), self.now(), SEARCH_TTL);
                    Ok(items)
                }
                // A newer version may write it in another form.
                Err(_) => self.fetch_search(key, request, shopper).await,
            },
            Joined::Lead(lease) => {
                let found = self.fetch_search(key, request, shopper).await;
                share(lease, &found);
                found
            }
            Joined::Alone => self.fetch_search(key, request, shopper).await,
            Joined::TimedOut => Err(Failure::PartnerUnavailable),
        }
    }
}

/// Gives what was found to the other instances, without waiting for that. A failure ends the lease.
fn share(lease: Lease, found: &Found) {
    if let Ok(items) = found
        && let Ok(bytes) = serde_json::to_vec(&**items)
    {
        tokio::spawn(async move { lease.answer(&bytes, HANDOVER).await });
    }
}
