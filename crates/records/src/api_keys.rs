//! Keys of merchants' backends, and the requests that they make once.

use jiff::{SignedDuration, Timestamp};

use crate::api_key::ApiKeyRecord;
use crate::claim::{Claim, ClaimAsked, ClaimBounds};
use crate::error::RecordsError;
use crate::key::Key;
use crate::patience::patiently;
use crate::records::{Records, on_each};

impl Records {
    /// Keeps a new key.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be written, or its id or hash is there.
    pub async fn add_api_key(&self, key: &ApiKeyRecord) -> Result<(), RecordsError> {
        patiently!(on_each!(self, store => store.add_api_key(key).await))
    }

    /// The key of this hash, a revoked one too.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be read.
    pub async fn api_key(&self, hash: &Key) -> Result<Option<ApiKeyRecord>, RecordsError> {
        patiently!(on_each!(self, store => store.api_key(hash).await))
    }

    /// All keys, the oldest first, revoked ones too.
    ///
    /// # Errors
    /// [`RecordsError`] when they cannot be read.
    pub async fn api_keys(&self) -> Result<Vec<ApiKeyRecord>, RecordsError> {
        patiently!(on_each!(self, store => store.api_keys().await))
    }

    /// Revokes the key of this id: whether there is one that was good until now.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be written.
    pub async fn revoke_api_key(&self, id: &str, now: Timestamp) -> Result<bool, RecordsError> {
        patiently!(on_each!(self, store => store.revoke_api_key(id, now).await))
    }

    /// Claims an `Idempotency-Key` at `now`, or says what it stands for, in one change: of several at once
    /// one is told [`Claim::New`]. A key is forgotten after a day. A request that was not answered within
    /// `longest` was cut off with its process, and is new when it is made again.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be written.
    pub async fn claim(
        &self,
        asked: ClaimAsked<'_>,
        now: Timestamp,
        longest: SignedDuration,
    ) -> Result<Claim, RecordsError> {
        let bounds = ClaimBounds::of(now, longest);
        patiently!(on_each!(self, store => store.claim(&asked, bounds).await))
    }

    /// Keeps the answer of a request whose `Idempotency-Key` was claimed. `response` holds no token: the
    /// asker of the same again is given one that is signed anew.
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

    /// Forgets a claim that is not answered, so that the same request may be made again; for one that
    /// failed and did nothing.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be written.
    pub async fn drop_claim(&self, asked: ClaimAsked<'_>) -> Result<(), RecordsError> {
        patiently!(on_each!(self, store => store.drop_claim(&asked).await))
    }
}
