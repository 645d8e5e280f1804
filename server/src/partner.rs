//! Sets up the desks: one for each provider in the settings or, without any, for sandboxes beside the server, which
//! are called over signed HTTP too.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Instant;

use aihuishou::{Account, AppSecret, Profile};
use desk::{Common, Deps, Desk, Desks, InstanceId, Records};
use fleet::{Fleet, Health};
use jiff::Timestamp;
use provider::ProviderName;
use sandbox::{Running, Sandbox};

use crate::open_provider::{Opened, Prices, open, open_account, open_sample};
use crate::providers::{AccountSettings, PAYING, ProviderSettings, SAMPLE};
use crate::reading::Reader;
use crate::settings::{FleetSettings, Settings};
use crate::start_error::StartError;

/// The desks, their records, and their sandboxes if they have any.
pub struct Counter {
    /// The desk of the first provider.
    pub desk: Desk,
    /// The desks of all providers.
    pub desks: Desks,
    /// The desks' records.
    pub records: Records,
    /// The account of the first provider's calls: its id, or `sandbox`, because a sandbox's id changes at each
    /// start.
    pub account: Arc<str>,
    /// The sandboxes; none if there are providers in the settings. They stop when this is dropped.
    pub sandboxes: Vec<Running>,
    /// The lists of prices.
    pub prices: Vec<Prices>,
}

impl Counter {
    /// Sets up the desks by the settings. A failing database is logged but not waited for: its entries are
    /// recorded when it works again.
    ///
    /// # Errors
    /// [`StartError`] names the part that could not be set up.
    pub async fn open(settings: &Settings) -> Result<Self, StartError> {
        Self::with_reader(settings, &Reader::own()?).await
    }

    /// [`Self::open`], with another program that reads price lists.
    ///
    /// # Errors
    /// [`StartError`], as there.
    pub async fn with_reader(settings: &Settings, reader: &Reader) -> Result<Self, StartError> {
        let url = &settings.records.database_url;
        let refuse = |cause| StartError::Records { url: url.to_string(), cause };
        let records = Records::at(url.expose()).map_err(refuse)?;
        match records.prepare().await {
            Err(cause) if cause.is_misplaced() => return Err(refuse(cause)),
            Err(error) => tracing::error!(%url, %error, "the records cannot be opened; quoting goes on"),
            Ok(()) => {}
        }
        Self::with(settings, records, reader).await
    }

    /// Sets up the desks with these records.
    ///
    /// # Errors
    /// [`StartError`] names the part that could not be had.
    pub async fn with(settings: &Settings, records: Records, reader: &Reader) -> Result<Self, StartError> {
        let deadline = settings.partner.deadline;
        let mut opened = Vec::new();
        let mut sandboxes = Vec::new();
        if settings.is_sandbox() {
            for (name, hundredths) in PAYING {
                let (account, running) = start_sandbox(hundredths).await?;
                let account =
                    AccountSettings::with(&settings.partner, account, Profile::v2(&running.base_url())?);
                opened.push(open_account(ProviderName::parse(name)?, &account, deadline)?);
                sandboxes.push(running);
            }
            opened.push(open_sample(ProviderName::parse(SAMPLE)?, reader)?);
        } else {
            if let Some(account) = AccountSettings::of_the_partner(&settings.partner) {
                opened.push(open_account(ProviderName::parse(ProviderName::PARTNER)?, &account, deadline)?);
            }
            let further = settings.providers.iter().map(|provider| open(provider, deadline, None, reader));
            for provider in futures::future::join_all(further).await {
                opened.push(provider?);
            }
        }
        let fleet = open_fleet(&settings.fleet).await;
        let common = Common::new(records.clone(), fleet, deps());
        let mut lists = Vec::new();
        let desk = |Opened { provider, shopper_reserve, search_share, prices }| {
            lists.extend(prices);
            let settings = desk::Settings {
                sandbox: settings.is_sandbox(),
                deadline,
                shopper_reserve,
                search_share,
                ..desk::Settings::default()
            };
            Desk::in_common(provider, &common, settings)
        };
        let mut desks = opened.into_iter().map(desk);
        let first = desks.next().ok_or(StartError::NoProvider)?;
        let others = desks.collect();
        let desks = Desks::new(first.clone(), others);
        desks.look_up_quota().await;
        let account = if settings.is_sandbox() { "sandbox".into() } else { first.account() };
        Ok(Self { desk: first, desks, records, account, sandboxes, prices: lists })
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

/// Gives `desks` the secrets of reloaded settings. `running` are the settings of the start. Providers and sandboxes
/// stay as they were at the start: a sandbox does not become a partner.
///
/// # Errors
/// If a client cannot be created.
pub async fn use_secrets(desks: &Desks, settings: &Settings, running: &Settings) -> Result<(), StartError> {
    let deadline = running.partner.deadline;
    let partner = AccountSettings::of_the_partner(&running.partner);
    if let (Some(partner), Some(account)) = (partner, &settings.partner.account) {
        let name = ProviderName::parse(ProviderName::PARTNER)?;
        let account = account.clone();
        let account = AccountSettings { account, next: settings.partner.next.clone(), ..partner };
        if let Some(desk) = desks.get(&name) {
            desk.use_provider(open_account(name, &account, deadline)?.provider);
        }
    }
    let reader = Reader::own()?;
    let same = |new: &&ProviderSettings| running.providers.iter().any(|old| new.is_same_but_secrets(old));
    for provider in settings.providers.iter().filter(same) {
        if let Some(desk) = desks.get(&provider.name).filter(|_| provider.kind.has_secrets()) {
            let many = desk.quoter().most_in_a_call();
            desk.use_provider(open(provider, deadline, Some(many), &reader).await?.provider);
        }
    }
    Ok(())
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
async fn start_sandbox(hundredths: u8) -> Result<(Account, Running), StartError> {
    let (account, _) = random_account()?;
    let sandbox = Sandbox::new(account.clone(), Arc::new(Timestamp::now))?.paying(hundredths);
    let running = sandbox.serve(SocketAddr::from(([127, 0, 0, 1], 0))).await?;
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
