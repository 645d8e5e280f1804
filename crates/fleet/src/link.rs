//! The link to Redis: sends commands, each within a time limit, and connects again after a failure.

use std::fmt;
use std::future::Future;
use std::sync::{Arc, Weak};
use std::time::Duration;

use parking_lot::Mutex;
use redis::aio::ConnectionManager;
use redis::{Client, RedisResult};
use tokio::runtime::Handle;
use tokio::time::{Instant, sleep};

use crate::cause::Fault;
use crate::circuit::{Circuit, Numbered};
use crate::connect::{connect, probe, within};
use crate::metrics::Metrics;
use crate::scripts::Scripts;
use crate::settings::{Random, Settings};

/// How long a command may take.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Pace {
    /// A shopper waits for it: [`Settings::quick`].
    Quick,
    /// No request waits for it: [`Settings::patient`].
    Patient,
}

/// The link to one Redis server.
pub(crate) struct Link {
    client: Client,
    circuit: Mutex<Circuit<ConnectionManager>>,
    random: Random,
    runtime: Handle,
    pub(crate) scripts: Scripts,
    pub(crate) settings: Settings,
    pub(crate) metrics: Metrics,
}

impl Link {
    /// Tries to connect once. If that fails, a task in the background goes on trying.
    pub(crate) async fn open(client: &Client, settings: Settings, random: Random) -> Arc<Self> {
        let link = Arc::new(Self {
            client: client.clone(),
            circuit: Mutex::new(Circuit::new()),
            random,
            runtime: Handle::current(),
            scripts: Scripts::new(),
            settings,
            metrics: Metrics::default(),
        });
        if !link.connect_once().await {
            link.heal_in_background();
        }
        link
    }

    /// Runs a command over the connection. Returns `None` at once while the circuit is open, and after the
    /// time limit at the latest. A failure opens the circuit.
    pub(crate) async fn run<T, F>(
        self: &Arc<Self>,
        pace: Pace,
        command: impl FnOnce(ConnectionManager) -> F,
    ) -> Option<T>
    where
        F: Future<Output = RedisResult<T>>,
    {
        let Numbered { connection, number } = self.circuit.lock().connection()?;
        self.metrics.sent();
        match within(self.limit(pace), command(connection)).await {
            Ok(value) => Some(value),
            Err(fault) => {
                self.failed(number, &fault);
                None
            }
        }
    }

    /// Finds out whether Redis works now; a failure opens the circuit.
    pub(crate) async fn check(self: &Arc<Self>) {
        let Some(Numbered { connection, number }) = self.circuit.lock().connection() else { return };
        if let Err(fault) = probe(connection, &self.settings).await {
            self.failed(number, &fault);
        }
    }

    /// Whether Redis works as far as is known, and the last failure.
    pub(crate) fn state(&self) -> (bool, Option<Fault>) {
        let circuit = self.circuit.lock();
        (circuit.is_closed(), circuit.last_fault().cloned())
    }

    /// A random token.
    pub(crate) fn token(&self) -> String {
        format!("{:032x}", (self.random)())
    }

    /// Runs a task in the background. It ends with the runtime in which the link was opened.
    pub(crate) fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) -> tokio::task::AbortHandle {
        self.runtime.spawn(task).abort_handle()
    }

    fn limit(&self, pace: Pace) -> Duration {
        match pace {
            Pace::Quick => self.settings.quick,
            Pace::Patient => self.settings.patient,
        }
    }

    fn failed(self: &Arc<Self>, number: u64, fault: &Fault) {
        self.metrics.failed(fault.cause);
        if self.circuit.lock().fail(number, fault, Instant::now()) {
            tracing::warn!(cause = fault.cause.name(), error = %fault, "Redis fails; this instance goes on alone");
            self.heal_in_background();
        }
    }

    /// Starts the task that tries to connect until that succeeds, or until the link is dropped.
    fn heal_in_background(self: &Arc<Self>) {
        self.spawn(heal(Arc::downgrade(self)));
    }

    /// Whether a try to connect succeeded.
    async fn connect_once(&self) -> bool {
        match connect(&self.client, &self.scripts, &self.settings).await {
            Ok(connection) => {
                self.circuit.lock().close(connection, Instant::now());
                true
            }
            Err(fault) => {
                self.metrics.failed(fault.cause);
                tracing::debug!(cause = fault.cause.name(), error = %fault, "Redis does not work yet");
                self.circuit.lock().still_open(fault);
                false
            }
        }
    }
}

async fn heal(link: Weak<Link>) {
    loop {
        let Some(rest) = link.upgrade().map(|link| link.circuit.lock().next_rest()) else { return };
        sleep(rest).await;
        let Some(link) = link.upgrade() else { return };
        if link.connect_once().await {
            tracing::info!("Redis works");
            return;
        }
    }
}

impl fmt::Debug for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Link").field("settings", &self.settings).finish_non_exhaustive()
    }
}
