//! The whole server: built, listening, and stopped in good order.

use std::future::pending;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use checkout::Checkout;
use desk::{Desk, Due, Records};
use jiff::SignedDuration;
use lists::Lists;
use pricelist::Watcher;
use secrecy::{ExposeSecret, SecretString};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use crate::fingerprint::Fingerprint;
use crate::listening::{self, ConnectionLimits, Timeouts, serve};
use crate::offers::{self, Names, Sender, expire_ended, follow_keys};
use crate::partner::Counter;
use crate::reading::Reader;
use crate::settings::Settings;
use crate::start_error::StartError;
use crate::web::{OperatorAuth, Parts, PriceIntakes, Routes, Site, routes};

/// How long running requests may take after the signal to stop: a shopper waits for at most 8 s by default.
/// Together with [`LAST_RECORDS`], the server ends within ten seconds.
const LAST_REQUESTS: Duration = Duration::from_millis(8_250);
/// How long closing the records may take.
const LAST_RECORDS: Duration = Duration::from_millis(1_250);

/// How long records are kept.
#[derive(Clone, Copy, Debug)]
struct Keep {
    /// All but offers.
    records: SignedDuration,
    /// Offers, their events and deliveries.
    offers: SignedDuration,
}

/// The version of this program.
pub(crate) const VERSION: &str = env!("CARGO_PKG_VERSION");

fn days(days: u32) -> SignedDuration {
    SignedDuration::from_hours(24 * i64::from(days))
}

/// A server that listens on its port but does not answer yet.
pub struct Application {
    counter: Counter,
    checkout: Arc<Checkout>,
    sender: Sender,
    /// The file with the keys that sign offers.
    keys: PathBuf,
    lists: Lists,
    auth: OperatorAuth,
    /// Follow the files of price lists.
    watchers: Vec<Watcher>,
    site: Site,
    /// What this instance tells the others about its settings and files.
    fingerprint: Box<dyn Fn() -> String + Send + Sync>,
    listener: TcpListener,
    address: SocketAddr,
    routes: Routes,
    /// The port of the address for `/metrics` without the token.
    metrics: Option<TcpListener>,
    limits: ConnectionLimits,
    timeouts: Timeouts,
    keep: Keep,
    made_token: Option<SecretString>,
}

impl Application {
    /// Opens the records, starts the sandbox if one is needed, and opens the port.
    ///
    /// # Errors
    /// [`StartError`] names what is wrong and the setting it belongs to.
    pub async fn build(settings: &Settings) -> Result<Self, StartError> {
        Self::with_reader(settings, Reader::own()?).await
    }

    /// [`Self::build`], with another program that reads device lists.
    ///
    /// # Errors
    /// [`StartError`], as there.
    pub async fn with_reader(settings: &Settings, reader: Reader) -> Result<Self, StartError> {
        let site = Site::find(settings)?;
        let mut counter = Counter::with_reader(settings, &reader).await?;
        let watchers = counter.prices.iter_mut().filter_map(|prices| prices.watcher.take()).collect();
        let listener = listen("LEPTOS_SITE_ADDR", settings.site.address)?;
        let address = listener.local_addr()?;
        let metrics = match settings.site.metrics_address {
            Some(address) => Some(listen("TRADEIN_METRICS_ADDR", address)?),
            None => None,
        };
        let (token, made_token) = match &settings.operator.token {
            Some(token) => (token.clone(), None),
            None => {
                let made = SecretString::from(format!("{:032x}", rand::random::<u128>()));
                (made.clone(), Some(made))
            }
        };
        let checkout = offers::open(settings, &counter.records, &counter.desk, address)?;
        let names = Names::of_the_system(settings.offers.allowed(counter.desk.is_sandbox()));
        let sender = Sender::new(counter.desk.instance().clone(), &checkout, &settings.merchants, names)?;
        let lists = Lists::new(&counter.desks, &counter.account, counter.desk.instance().clone());
        let auth = OperatorAuth::new(&token, site.is_https());
        let prices = counter.prices.iter().map(|prices| (prices.name.clone(), Arc::clone(&prices.intake)));
        let parts = Parts {
            site: site.clone(),
            desks: counter.desks.clone(),
            checkout: Arc::clone(&checkout),
            lists: lists.clone(),
            reader,
            prices: PriceIntakes(prices.collect()),
            auth: auth.clone(),
        };
        let routes = routes(parts, &settings.limits);
        let fingerprint = {
            let (settings, site, checkout) = (settings.clone(), site.clone(), Arc::clone(&checkout));
            move || Fingerprint::of(&settings, site.loader().hash(), Some(&checkout.published())).to_string()
        };
        let keep =
            Keep { records: days(settings.records.keep_days), offers: days(settings.offers.keep_days) };
        let limits = ConnectionLimits::of_this_process(settings.limits.trusted_hops > 0);
        let timeouts = Timeouts::default();
        Ok(Self {
            counter,
            checkout,
            sender,
            keys: offers::key_file(settings),
            lists,
            auth,
            watchers,
            site,
            fingerprint: Box::new(fingerprint),
            listener,
            address,
            routes,
            metrics,
            limits,
            timeouts,
            keep,
            made_token,
        })
    }

    /// With other timeouts than the default, so that tests can wait for them.
    #[must_use]
    pub fn with_timeouts(self, timeouts: Timeouts) -> Self {
        Self { timeouts, ..self }
    }

    /// The address that it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address where `/metrics` needs no token, if there is one.
    pub fn metrics_address(&self) -> Option<SocketAddr> {
        self.metrics.as_ref().and_then(|listener| listener.local_addr().ok())
    }

    /// The operator token, if none was set and the server made one.
    pub fn made_token(&self) -> Option<&str> {
        self.made_token.as_ref().map(ExposeSecret::expose_secret)
    }

    /// The first sandbox beside it, in sandbox mode.
    pub fn sandbox(&self) -> Option<&sandbox::Running> {
        self.counter.sandboxes.first()
    }

    /// The desks of all providers.
    pub fn desks(&self) -> &desk::Desks {
        &self.counter.desks
    }

    /// Its desk.
    pub fn desk(&self) -> &desk::Desk {
        &self.counter.desk
    }

    /// Its checkout.
    pub fn checkout(&self) -> &Arc<Checkout> {
        &self.checkout
    }

    /// The sender of its webhooks.
    pub fn sender(&self) -> &Sender {
        &self.sender
    }

    /// The parts that its pages need.
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// Answers requests until `stop` ends. Then it lets running requests finish, for as long as a shopper
    /// would wait, and closes the records. It has ended ten seconds after `stop`, even if something blocks.
    pub async fn run_until(self, stop: impl Future<Output = ()>) {
        let Self { counter, checkout, sender, keys, lists, watchers, listener, routes, metrics, .. } = self;
        let Self { auth, fingerprint, limits, timeouts, keep, .. } = self;
        // Background tasks, which end with this function.
        let mut beside = JoinSet::new();
        beside.spawn(purge_hourly(counter.desk.clone(), counter.records.clone(), keep));
        beside.spawn(expire_ended(Arc::clone(&checkout)));
        beside.spawn(follow_keys(keys, checkout));
        let desk = counter.desk.clone();
        beside.spawn(async move { desk.look_after_records().await });
        let (desk, records) = (counter.desk.clone(), counter.records.clone());
        beside.spawn(async move { auth.follow_sessions(&records, || desk.now()).await });
        let fingerprint = Arc::new(fingerprint);
        for desk in counter.desks.iter() {
            let desk = desk.clone();
            let fingerprint = Arc::clone(&fingerprint);
            beside.spawn(async move { desk.keep_in_touch(VERSION, || fingerprint()).await });
        }
        for watcher in watchers {
            beside.spawn(watcher.run());
        }
        let taken_up = lists.clone();
        beside.spawn(async move { taken_up.keep_taking_up().await });
        if let Some(listener) = metrics {
            beside.spawn(serve(
                listener,
                routes.metrics,
                ConnectionLimits::for_metrics(),
                timeouts,
                pending(),
            ));
        }
        let stopping = watch::Sender::new(false);
        let stopped = || {
            let mut told = stopping.subscribe();
            async move { drop(told.wait_for(|stopping| *stopping).await) }
        };
        let sending = sender.run(stopped());
        let serving = async {
            serve(listener, routes.site, limits, timeouts, stopped()).await;
            lists.stopped().await;
        };
        let too_late = async {
            stop.await;
            lists.stop_all();
            stopping.send_replace(true);
            sleep(LAST_REQUESTS).await;
        };
        tokio::select! {
            _ = futures::future::join(serving, sending) => {}
            () = too_late => tracing::warn!("requests that did not end are cut off"),
        }
        beside.abort_all();
        if timeout(LAST_RECORDS, counter.desks.close()).await.is_err() {
            tracing::error!("the records cannot be closed; does the disk hang?");
        }
    }
}

/// Listens on `address`, which the variable `setting` names.
fn listen(setting: &'static str, address: SocketAddr) -> Result<TcpListener, StartError> {
    listening::listen(address).map_err(|cause| StartError::Address { setting, address, cause })
}

/// Deletes old records once an hour, as soon as the time is known for certain.
async fn purge_hourly(desk: Desk, records: Records, keep: Keep) {
    const HOUR: Duration = Duration::from_secs(3600);
    let mut reported = false;
    loop {
        let due = desk.purge(keep.records).await;
        if let Ok(Due::By(now, _)) = due
            && let Err(error) = records.purge_offers(now, keep.offers).await
        {
            tracing::error!(%error, "old offers cannot be deleted");
        }
        let pause = match due {
            // The partner has not answered yet, so its time is not known.
            Ok(Due::Unknown) => Duration::from_secs(60),
            Ok(Due::By(_, 0) | Due::Nothing) => HOUR,
            Ok(Due::By(_, deleted)) => {
                tracing::info!(deleted, "records were deleted, their time is over");
                HOUR
            }
            Ok(Due::Jumped(ahead)) => {
                if !reported {
                    let days = ahead.as_hours() / 24;
                    tracing::warn!(
                        days,
                        "this machine's clock is days ahead of the newest record: it jumped, or the server was off \
                         for as long; no old records are deleted before the next start"
                    );
                }
                reported = true;
                HOUR
            }
            Err(error) => {
                tracing::error!(%error, "old records cannot be deleted");
                HOUR
            }
        };
        tokio::time::sleep(pause).await;
    }
}
