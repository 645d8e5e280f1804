//! Sets up the desk's provider: the partner in the settings or, without an account, a sandbox beside the
//! server, which is called over signed HTTP too.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Instant;

use aihuishou::{Account, Aihuishou, AppSecret, Client, Profile, Route, Terms};
use desk::{Deps, Desk, InstanceId, Records};
use fleet::{Fleet, Health};
use jiff::Timestamp;
use provider::{Provider, ProviderName};
use sandbox::{Running, Sandbox};

use crate::settings::{FleetSettings, PartnerSettings, Settings};
use crate::start_error::StartError;

/// A desk, its records, and its sandbox if it has one.
pub struct Counter {
    /// The desk.
    pub desk: Desk,
    /// The desk's records.
    pub records: Records,
    /// The account of the calls: the account's id, or `sandbox`, because a sandbox's id changes at each
    /// start.
    pub account: Arc<str>,
    /// The sandbox. It stops when this is dropped.
    pub sandbox: Option<Running>,
}

impl Counter {
    /// Sets up the desk by the settings. A failing database is logged but not waited for: its entries are
    /// recorded when it works again.
    ///
    /// # Errors
    /// [`StartError`] names the part that could not be set up.
    pub async fn open(settings: &Settings) -> Result<Self, StartError> {
        let url = &settings.records.database_url;
        let refuse = |cause| StartError::Records { url: url.to_string(), cause };
        let records = Records::at(url.expose()).map_err(refuse)?;
        match records.prepare().await {
            Err(cause) if cause.is_misplaced() => return Err(refuse(cause)),
            Err(error) => tracing::error!(%url, %error, "the records cannot be opened; quoting goes on"),
            Ok(()) => {}
        }
        Self::with(settings, records).await
    }

    /// Sets up the desk with these records.
    ///
    /// # Errors
    /// [`StartError`] names the part that could not be had.
    pub async fn with(settings: &Settings, records: Records) -> Result<Self, StartError> {
        let (account, profile, sandbox) = match &settings.partner.account {
            Some(account) => (account.clone(), settings.partner.profile.clone(), None),
            None => {
                let (account, running) = start_sandbox(SocketAddr::from(([127, 0, 0, 1], 0))).await?;
                (account, Profile::v2(&running.base_url())?, Some(running))
            }
        };
        let provider = open_provider(&settings.partner, account, settings.partner.next.clone(), profile)?;
        let desk_settings = desk::Settings {
            sandbox: sandbox.is_some(),
            deadline: settings.partner.deadline,
            shopper_reserve: settings.partner.shopper_reserve,
            search_share: settings.partner.search_share,
            ..desk::Settings::default()
        };
        let fleet = open_fleet(&settings.fleet).await;
        let desk = Desk::with_fleet(provider, records.clone(), fleet, desk_settings, deps());
        desk.look_up_quota().await;
        let account = settings.partner.account.as_ref().map_or("sandbox", |account| account.app_id()).into();
        Ok(Self { desk, records, account, sandbox })
    }
}

/// What instances share. A Redis that fails is logged but not waited for: it is used when it works.
async fn open_fleet(settings: &FleetSettings) -> Fleet {
    let Some(url) = &settings.redis_url else { return Fleet::in_process() };
    let fleet = Fleet::open(url, fleet::Settings::default(), Arc::new(rand::random)).await;
    if let Some(Health { reachable: false, last_fault: Some(fault) }) = fleet.health() {
        let cause = fault.cause.name();
        tracing::error!(%url, cause, error = %fault, "Redis does not work; this instance goes on alone");
    }
    fleet
}

/// Gives `desk` the secrets of reloaded settings. `running` are the settings of the start. Account or sandbox
/// stay as they were at the start: a sandbox does not become a partner.
///
/// # Errors
/// If a client cannot be created.
pub fn use_secrets(desk: &Desk, settings: &Settings, running: &Settings) -> Result<(), StartError> {
    let PartnerSettings { account, next, .. } = &settings.partner;
    let running = &running.partner;
    if let Some(account) = account.as_ref().filter(|_| running.account.is_some()) {
        let profile = running.profile.clone();
        desk.use_provider(open_provider(running, account.clone(), next.clone(), profile)?);
    }
    Ok(())
}

/// The name of the provider that the section `partner` of the settings describes.
const NAME: &str = "aihuishou";

/// The provider in the settings, with these credentials and this address.
fn open_provider(
    settings: &PartnerSettings,
    account: Account,
    next: Option<Account>,
    profile: Profile,
) -> Result<Arc<dyn Provider>, StartError> {
    let client = |account: Account| Client::by(route(settings), account, profile.clone());
    let terms = Terms { daily_quota: settings.daily_quota, several_at_once: settings.native_batch };
    let (client, next) = (client(account)?, next.map(client).transpose()?);
    Ok(Arc::new(Aihuishou::new(ProviderName::parse(NAME)?, client, next, terms)))
}

/// How to connect to the partner, by these settings.
fn route(settings: &PartnerSettings) -> Route {
    Route { proxy: settings.way.proxy().cloned(), connect_within: desk::connect_within(settings.deadline) }
}

/// The wall clock, the machine's randomness, and a new id for this process.
fn deps() -> Deps {
    let start = Instant::now();
    Deps {
        clock: Arc::new(Timestamp::now),
        uptime: Arc::new(move || start.elapsed()),
        random: Arc::new(rand::random),
        instance: InstanceId::of(rand::random()),
    }
}

/// Starts a sandbox with a new account.
async fn start_sandbox(address: SocketAddr) -> Result<(Account, Running), StartError> {
    let (account, _) = random_account()?;
    let running = Sandbox::new(account.clone(), Arc::new(Timestamp::now))?.serve(address).await?;
    Ok((account, running))
}

/// A new random account, and its secret as plain text, to print it for a person who started a sandbox.
///
/// # Errors
/// None in practice: neither id nor secret is empty.
pub fn random_account() -> Result<(Account, String), StartError> {
    let secret = format!("{:032x}", rand::random::<u128>());
    let app_id = format!("SANDBOX{:08X}", rand::random::<u32>());
    Ok((Account::new(&app_id, AppSecret::new(&secret)?)?, secret))
}
