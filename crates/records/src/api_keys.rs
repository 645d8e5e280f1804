//! API keys of merchants' backends, and requests with an `Idempotency-Key`, which are done only once.

use std::time::Duration;

use jiff::Timestamp;

use crate::api_key::ApiKeyRecord;
use crate::claim::{Claim, ClaimAsked};
use crate::error::RecordsError;
use crate::key::Key;
use crate::patience::patiently;
use crate::records::{Records, on_each};

impl Records {
    /// Adds a new API key.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be written, or when its id or hash exists already.
    pub async fn add_api_key(&self, key: &ApiKeyRecord) -> Result<(), RecordsError> {
        patiently!(on_each!(self, store => store.add_api_key(key).await))
    }

    /// The API key with this hash, even if it was revoked.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be read.
    pub async fn api_key(&self, hash: &Key) -> Result<Option<ApiKeyRecord>, RecordsError> {
        patiently!(on_each!(self, store => store.api_key(hash).await))
    }

    /// All API keys, the oldest first, including revoked ones.
    ///
    /// # Errors
    /// [`RecordsError`] when they cannot be read.
    pub async fn api_keys(&self) -> Result<Vec<ApiKeyRecord>, RecordsError> {
        patiently!(on_each!(self, store => store.api_keys().await))
    }

    /// Revokes the API key with this id. Returns whether one was valid until now.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be written.
    pub async fn revoke_api_key(&self, id: &str, now: Timestamp) -> Result<bool, RecordsError> {
        patiently!(on_each!(self, store => store.revoke_api_key(id, now).await))
    }

    /// Claims an `Idempotency-Key`, or returns what it stands for, in one transaction: of several
    /// concurrent callers, one gets [`Claim::New`]. A key is forgotten after a day. A request that was not
    /// answered within `longest` was cut off with its process, and counts as new when it is made again. Both times
    /// go by the database's clock.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be written.
    pub async fn claim(&self, asked: ClaimAsked<'_>, longest: Duration) -> Result<Claim, RecordsError> {
        patiently!(on_each!(self, store => store.claim(&asked, longest).await))
    }

    /// Records the answer to a request whose `Idempotency-Key` was claimed. `response` contains no token: a
    /// caller that repeats the request gets one that is signed again.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be written.
    pub async fn answer_claim(
        &self,
        asked: ClaimAsked<'_>,
        status: u16,
        response: &str,
    ) -> Result<(), RecordsError> {
        patiently!(on_each!(self, store => store.answer_claim(&asked, status, response).await))
    }

    /// Removes a claim that was not answered, so that the same request may be made again. This is for a
    /// request that failed and did nothing.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be written.
    pub async fn drop_claim(&self, asked: ClaimAsked<'_>) -> Result<(), RecordsError> {
        patiently!(on_each!(self, store => store.drop_claim(&asked).await))
    }
}
