//! Makes providers from their settings. A new kind of provider is one function here, and its section of the settings.

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Duration;

use aihuishou::{Account, Aihuishou, Client, Route};
use domain::RecycleKind;
use http_provider::{HttpProvider, Signer, Terms};
use jiff::{SignedDuration, Timestamp};
use pricelist::{Intake, PriceList, PriceListProvider, PriceLists, Template, Watcher};
use provider::{Attempt, Provider, ProviderName};

use crate::providers::{AccountSettings, HttpSettings, PriceListSettings, ProviderKind, ProviderSettings};
use crate::reading::Reader;
use crate::settings::Way;
use crate::start_error::StartError;

/// How long the start waits for a buyer to describe its service.
const DESCRIBED_WITHIN: Duration = Duration::from_secs(2);

/// A provider, and how the calls of its day are divided.
pub(crate) struct Opened {
    pub(crate) provider: Arc<dyn Provider>,
    pub(crate) shopper_reserve: u32,
    pub(crate) search_share: u32,
    /// The list of prices behind it.
    pub(crate) prices: Option<Prices>,
}

/// A dealer's list of prices in this process.
pub struct Prices {
    /// The provider's name.
    pub name: ProviderName,
    /// Takes uploads, and knows the list in use and the one before it.
    pub intake: Arc<Intake>,
    /// Follows the list's file; `None` for the sandbox's list, which has none.
    pub watcher: Option<Watcher>,
}

/// The provider of these settings. `many` is how many devices it takes in one call, if that is known already.
///
/// # Errors
/// If its client cannot be created.
pub(crate) async fn open(
    settings: &ProviderSettings,
    deadline: Duration,
    many: Option<Option<NonZeroUsize>>,
    reader: &Reader,
) -> Result<Opened, StartError> {
    let name = settings.name.clone();
    match &settings.kind {
        ProviderKind::Aihuishou(account) => open_account(name, account, deadline),
        ProviderKind::Http(http) => open_http(name, http, deadline, many).await,
        ProviderKind::PriceList(list) => Ok(open_list(name, list, reader).await),
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
        prices: None,
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
        prices: None,
    })
}

/// A dealer's list, whose file is read now. Without a list that can be used, every call is refused until there is one.
async fn open_list(name: ProviderName, settings: &PriceListSettings, reader: &Reader) -> Opened {
    let PriceListSettings { path, holds, ways, grades } = settings;
    let lists = Arc::new(PriceLists::in_words(grades.clone()));
    let (reader, now) = (Arc::new(reader.clone()), Arc::new(Timestamp::now));
    let mut watcher = Watcher::new(path.clone(), lists, reader, now);
    watcher.begin().await;
    let terms = pricelist::Terms { valid_for: *holds, ways: ways.clone() };
    of_list(name, Arc::clone(watcher.intake()), terms, Some(watcher))
}

/// The list of the sandbox: the examples of the template.
///
/// # Errors
/// If the template cannot be made or read, which is an error in the program.
pub(crate) fn open_sample(name: ProviderName, reader: &Reader) -> Result<Opened, StartError> {
    let broken = |cause: String| StartError::Sample(cause);
    let workbook = Template::OnePrice.workbook().map_err(|error| broken(error.to_string()))?;
    let sheets =
        sheet::read_sheets(&workbook, pricelist::is_part).map_err(|error| broken(error.to_string()))?;
    let list = PriceList::parse(&sheets).map_err(|mistakes| broken(format!("{mistakes:?}")))?;
    let lists = Arc::new(PriceLists::default());
    lists.take(list, "sample.xlsx", Timestamp::now()).map_err(|why| broken(why.to_string()))?;
    let ways = vec![RecycleKind::Store, RecycleKind::Mail];
    let terms = pricelist::Terms { valid_for: SignedDuration::from_hours(24), ways };
    let intake = Intake::in_memory(lists, Arc::new(reader.clone()), Arc::new(Timestamp::now));
    Ok(of_list(name, Arc::new(intake), terms, None))
}

fn of_list(
    name: ProviderName,
    intake: Arc<Intake>,
    terms: pricelist::Terms,
    watcher: Option<Watcher>,
) -> Opened {
    let provider = PriceListProvider::new(name.clone(), Arc::clone(intake.lists()), terms);
    Opened {
        provider: Arc::new(provider),
        shopper_reserve: 0,
        search_share: u32::MAX,
        prices: Some(Prices { name, intake, watcher }),
    }
}

fn route(way: &Way, deadline: Duration) -> Route {
    Route { proxy: way.proxy().cloned(), connect_within: desk::connect_within(deadline) }
}
