//! Creates, lists, revokes and verifies the API keys of merchants' backends.

use records::{ApiKeyRecord, RecordsError};

use crate::{ApiKey, ApiKeyId, ApiKeySecret, ApiKeyView, Checkout};

/// The longest name of a key, in characters; a longer one is cut.
const LONGEST_NAME: usize = 100;

/// The merchant that has a fixed key in a sandbox.
const DEMO: &str = "demo";

impl Checkout {
    /// Creates an API key for a merchant's backend: a sandbox's key if this server is a sandbox. The secret
    /// is returned once, and only its hash is kept.
    ///
    /// # Errors
    /// [`RecordsError`] if it cannot be written.
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

    /// What the API key that a backend sent permits; `None` if it is not a key of this server, was revoked,
    /// or is a sandbox's at a live server (or the other way round).
    ///
    /// # Errors
    /// [`RecordsError`] if the keys cannot be read.
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

    /// All API keys, the oldest first, including revoked ones.
    ///
    /// # Errors
    /// [`RecordsError`] if they cannot be read.
    pub async fn api_keys(&self) -> Result<Vec<ApiKeyView>, RecordsError> {
        Ok(self.records.api_keys().await?.into_iter().map(ApiKeyView::from).collect())
    }

    /// Revokes an API key from now on. Returns whether a key with this id was valid until now.
    ///
    /// # Errors
    /// [`RecordsError`] if it cannot be written.
    pub async fn revoke_api_key(&self, id: &ApiKeyId) -> Result<bool, RecordsError> {
        self.records.revoke_api_key(id.as_str(), self.deps.now().timestamp()).await
    }
}
