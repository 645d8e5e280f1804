//! Makes providers from their settings. A new kind of provider is one function here, and its section of the settings.

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Duration;

use aihuishou::{Account, Aihuishou, Client, Route};
use http_provider::{HttpProvider, Signer, Terms};
use jiff::Timestamp;
use provider::{Attempt, Provider, ProviderName};

use crate::providers::{AccountSettings, HttpSettings, ProviderKind, ProviderSettings};
use crate::settings::Way;
use crate::start_error::StartError;

/// How long the start waits for a buyer to describe its service.
const DESCRIBED_WITHIN: Duration = Duration::from_secs(2);

/// A provider, and how the calls of its day are divided.
pub(crate) struct Opened {
    pub(crate) provider: Arc<dyn Provider>,
    pub(crate) shopper_reserve: u32,
    pub(crate) search_share: u32,
}

/// The provider of these settings. `many` is how many devices it takes in one call, if that is known already.
///
/// # Errors
/// If its client cannot be created.
pub(crate) async fn open(
    settings: &ProviderSettings,
    deadline: Duration,
    many: Option<Option<NonZeroUsize>>,
) -> Result<Opened, StartError> {
    let name = settings.name.clone();
    match &settings.kind {
        ProviderKind::Aihuishou(account) => open_account(name, account, deadline),
        ProviderKind::Http(http) => open_http(name, http, deadline, many).await,
        ProviderKind::PriceList(_) => Err(StartError::NoProvider),
    }
}

/// An account of 爱回收.
///
/// # Errors
/// If its client cannot be created.
pub(crate) fn open_account(
    name: ProviderName,
    settings: &AccountSettings,
    deadline: Duration,
) -> Result<Opened, StartError> {
    let AccountSettings { account, next, profile, way, quota, native_batch } = settings;
    let client = |account: &Account| Client::by(route(way, deadline), account.clone(), profile.clone());
    let daily_quota = quota.daily.unwrap_or(u32::MAX);
    let terms = aihuishou::Terms { daily_quota, several_at_once: *native_batch };
    let (client, next) = (client(account)?, next.as_ref().map(client).transpose()?);
    Ok(Opened {
        provider: Arc::new(Aihuishou::new(name, client, next, terms)),
        shopper_reserve: quota.shopper_reserve,
        search_share: quota.search_share,
    })
}

/// A buyer with the HTTP contract. One that does not describe its service at the start is asked for one device a call.
async fn open_http(
    name: ProviderName,
    settings: &HttpSettings,
    deadline: Duration,
    many: Option<Option<NonZeroUsize>>,
) -> Result<Opened, StartError> {
    let HttpSettings { address, secrets, way, quota, places, grades } = settings;
    let signer = Signer::new(secrets.clone(), Arc::new(rand::random))?;
    let client = http_provider::Client::new(route(way, deadline), address.clone(), signer)?;
    let client = client.with_grades(grades.clone());
    let many = match many {
        Some(many) => many,
        None => {
            let attempt = Attempt { at: Timestamp::now(), timeout: DESCRIBED_WITHIN };
            match client.describe(attempt).await {
                Ok(reply) => reply.value.many,
                Err(error) => {
                    let cause = error.refusal.name();
                    tracing::warn!(provider = %name, cause, "the buyer does not describe its service");
                    None
                }
            }
        }
    };
    let terms = Terms { daily_quota: quota.daily, places: *places, many };
    Ok(Opened {
        provider: Arc::new(HttpProvider::new(name, client, terms)),
        shopper_reserve: quota.shopper_reserve,
        search_share: quota.search_share,
    })
}

fn route(way: &Way, deadline: Duration) -> Route {
    Route { proxy: way.proxy().cloned(), connect_within: desk::connect_within(deadline) }
}
