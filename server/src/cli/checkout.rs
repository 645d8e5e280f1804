//! The checkout for a command: its records, beside those of a server that may run.

use std::sync::Arc;

use checkout::{Checkout, Deps, KeyRing, Setup};
use domain::Moment;
use jiff::Timestamp;
use records::{Records, RecordsError};

use super::CommandError;
use crate::Settings;
use crate::offers::{hooks, issuer};

/// The records and a checkout over them. A running server sees what the command changes, and sends its events.
pub(super) struct Opened {
    pub(super) records: Records,
    pub(super) checkout: Checkout,
    url: String,
}

impl Opened {
    /// Opens the records of these settings. Tokens are signed and verified with `keys`.
    pub(super) async fn open(settings: &Settings, keys: KeyRing) -> Result<Self, CommandError> {
        let url = &settings.records.database_url;
        let records =
            Records::open(url.expose()).await.map_err(|error| unusable(&url.to_string(), &error))?;
        let deps = Deps { clock: Arc::new(Timestamp::now), random: Arc::new(rand::random) };
        let setup = Setup {
            issuer: issuer(settings, settings.site.address),
            sandbox: settings.is_sandbox(),
            keys,
            endpoints: hooks(&settings.merchants).into_iter().map(|hook| hook.endpoint).collect(),
        };
        Ok(Self { checkout: Checkout::new(records.clone(), setup, deps), records, url: url.to_string() })
    }

    /// [`Self::open`], for a command that needs no keys: they are made for it, and forgotten with it.
    pub(super) async fn without_keys(settings: &Settings) -> Result<Self, CommandError> {
        Self::open(settings, KeyRing::generate(rand::random(), rand::random(), Moment::new(Timestamp::now())))
            .await
    }

    /// That the records failed.
    pub(super) fn failed(&self, error: &RecordsError) -> CommandError {
        unusable(&self.url, error)
    }

    pub(super) async fn close(self) {
        self.records.close().await;
    }
}

fn unusable(url: &str, error: &RecordsError) -> CommandError {
    CommandError::Failed(format!("the records at {url} cannot be used: {error}"))
}
