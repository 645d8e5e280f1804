//! Keys of merchants' backends: made, listed, revoked and recognised.

use records::{ApiKeyRecord, RecordsError};

use crate::{ApiKey, ApiKeyId, ApiKeySecret, ApiKeyView, Checkout};

/// The longest name of a key, in characters; a longer one is cut.
const LONGEST_NAME: usize = 100;

/// The merchant whose key in a sandbox is fixed.
const DEMO: &str = "demo";

impl Checkout {
    /// Makes a key for a merchant's backend, for a sandbox where this is one. The secret is shown once, and
    /// only its hash is kept.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be kept.
    pub async fn create_api_key(
        &self,
        merchant: &str,
        name: &str,
        read_only: bool,
    ) -> Result<(ApiKeyView, ApiKeySecret), RecordsError> {
        let sandbox = self.setup().sandbox;
        let secret = ApiKeySecret::from_random(self.deps.bits(), sandbox);
        let record = ApiKeyRecord {
            id: ApiKeyId::from_random(self.deps.bits()).to_string(),
            hash: secret.hash().bytes().to_vec(),
            merchant: merchant.to_owned(),
            name: domain::bounded(name, LONGEST_NAME - 1).into_owned(),
            sandbox,
            read_only,
            created_at: self.deps.now().timestamp(),
            revoked_at: None,
        };
        self.records.add_api_key(&record).await?;
        Ok((record.into(), secret))
    }

    /// What a key that a backend sent is good for; `None` where it is none, was revoked, or is for a sandbox
    /// at a live server (or the other way round).
    ///
    /// # Errors
    /// [`RecordsError`] when the keys cannot be read.
    pub async fn verify_api_key(&self, sent: &str) -> Result<Option<ApiKey>, RecordsError> {
        let sandbox = self.setup().sandbox;
        let Some(secret) = ApiKeySecret::parse(sent).ok().filter(|secret| secret.sandbox() == sandbox) else {
            return Ok(None);
        };
        if secret.is_demo() {
            return Ok(Some(ApiKey { id: None, merchant: DEMO.to_owned(), read_only: false }));
        }
        let record = self.records.api_key(&secret.hash()).await?;
        let good = record.filter(|record| {
            secret.is_of(record) && record.sandbox == sandbox && record.revoked_at.is_none()
        });
        Ok(good.and_then(|record| {
            let id = Some(ApiKeyId::parse(&record.id).ok()?);
            Some(ApiKey { id, merchant: record.merchant, read_only: record.read_only })
        }))
    }

    /// All keys, the oldest first, revoked ones too.
    ///
    /// # Errors
    /// [`RecordsError`] when they cannot be read.
    pub async fn api_keys(&self) -> Result<Vec<ApiKeyView>, RecordsError> {
        Ok(self.records.api_keys().await?.into_iter().map(ApiKeyView::from).collect())
    }

    /// Revokes a key from now on: whether there is one of this id that was good until now.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be written.
    pub async fn revoke_api_key(&self, id: &ApiKeyId) -> Result<bool, RecordsError> {
        self.records.revoke_api_key(id.as_str(), self.deps.now().timestamp()).await
    }
}
