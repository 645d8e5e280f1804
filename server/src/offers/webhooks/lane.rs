//! One lane of an endpoint: takes its deliveries that are due, sends them, and records how that ended.

use std::sync::Arc;
use std::time::Duration;

use checkout::webhooks::{Answer, Next};
use checkout::{Checkout, EventId};
use records::{DeliveryTaken, InstanceId, Lane};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};
use tokio_util::sync::CancellationToken;

use super::hook::Hook;
use super::post::{LONGEST, Post};

/// How many fresh deliveries are sent to an endpoint at once, by all instances together. They begin in the order of their events.
const FRESH_AT_ONCE: u32 = 4;
/// How many repeated deliveries are sent to an endpoint at once, by all instances together.
const REPEATED_AT_ONCE: u32 = 2;
/// Between two looks for deliveries that are due, such as events of other processes and repeated ones.
const LOOK: Duration = Duration::from_secs(1);
/// How long after a delivery was asked for its try may begin: so late that it still ends before the delivery belongs
/// to another instance. A process that hung in between leaves it to that one.
const LATEST: Duration = Checkout::TAKEN_FOR.saturating_sub(LONGEST).saturating_sub(SETTLING);
/// How long recording the result may take.
const SETTLING: Duration = Duration::from_secs(5);
/// After the records failed.
const AFTER_FAILURE: Duration = Duration::from_secs(5);

/// What a lane works with.
pub(super) struct Courier {
    pub(super) instance: InstanceId,
    pub(super) checkout: Arc<Checkout>,
    pub(super) hook: Hook,
    pub(super) post: Post,
}

/// Works until `stop` is cancelled, and then until the tries under way have ended.
pub(super) async fn work(courier: Arc<Courier>, lane: Lane, stop: CancellationToken) {
    let at_once = match lane {
        Lane::Fresh => FRESH_AT_ONCE,
        Lane::Repeated => REPEATED_AT_ONCE,
    };
    let mut news = courier.checkout.news();
    // Each try is a task of its own: one that waits here, while it writes to the records, would hold up all others
    // that write.
    let mut under_way = JoinSet::new();
    let mut fails = false;
    while !stop.is_cancelled() {
        // Before the look, so that an event that is written during it brings about another one.
        news.mark_unchanged();
        let free = at_once.saturating_sub(u32::try_from(under_way.len()).unwrap_or(u32::MAX));
        let mut pause = LOOK;
        if free > 0 {
            let Courier { instance, checkout, hook, .. } = &*courier;
            let asked = Instant::now();
            match checkout.take_deliveries(instance, &hook.endpoint, lane, at_once).await {
                Ok(taken) => {
                    fails = false;
                    for taken in taken {
                        let courier = Arc::clone(&courier);
                        under_way.spawn(async move { courier.attempt(taken, asked + LATEST).await });
                    }
                }
                Err(error) => {
                    if !fails {
                        let endpoint = &*courier.hook.endpoint.name;
                        tracing::error!(endpoint, %error, "webhooks that are due cannot be read");
                    }
                    fails = true;
                    pause = AFTER_FAILURE;
                }
            }
        }
        tokio::select! {
            () = stop.cancelled() => {}
            Some(_) = under_way.join_next() => {}
            () = told(&mut news, lane), if !fails => {}
            () = sleep(pause) => {}
        }
    }
    while under_way.join_next().await.is_some() {}
}

/// Resolves when this process has written an event. Repeated deliveries become due by time alone.
async fn told(news: &mut watch::Receiver<()>, lane: Lane) {
    match lane {
        Lane::Fresh if news.changed().await.is_ok() => {}
        Lane::Fresh | Lane::Repeated => std::future::pending().await,
    }
}

impl Courier {
    /// Sends a delivery, unless it is later than `latest`, and records how that ended.
    async fn attempt(&self, taken: DeliveryTaken, latest: Instant) {
        let Self { checkout, hook, post, .. } = self;
        let (endpoint, event) = (&*hook.endpoint.name, &*taken.event);
        let Ok(id) = EventId::parse(event) else {
            tracing::error!(endpoint, event, "an event cannot be sent: its id cannot be read");
            return;
        };
        if Instant::now() > latest {
            tracing::warn!(endpoint, event, "a webhook is left to another instance: this process hung");
            return;
        }
        let tried = post.send(hook, &id, taken.body.clone(), checkout.now()).await;
        let attempt = taken.tries.saturating_add(1);
        match checkout.settle_delivery(&hook.endpoint, &taken, tried.answer).await {
            Ok(Some(Next::Delivered)) => tracing::debug!(endpoint, event, attempt, "a webhook was delivered"),
            Ok(Some(Next::Again(wait))) => {
                let (cause, wait_s) = (&*tried.cause, wait.as_secs());
                tracing::warn!(
                    endpoint,
                    event,
                    attempt,
                    cause,
                    wait_s,
                    "a webhook failed and is tried again"
                );
            }
            Ok(Some(Next::GivenUp)) => {
                let cause = &*tried.cause;
                tracing::error!(
                    endpoint,
                    event,
                    attempt,
                    cause,
                    "a webhook failed for the last time; `tradein webhooks replay` sends it again"
                );
            }
            Ok(Some(Next::SwitchedOff)) => tracing::error!(
                endpoint,
                event,
                "the endpoint answered that it is gone (410) and is switched off; `tradein webhooks on` switches it on"
            ),
            Ok(None) => tracing::warn!(
                endpoint,
                event,
                "a webhook took so long that another instance sends it again; its result is not recorded"
            ),
            Err(error) => {
                let delivered = matches!(tried.answer, Answer::Status(200..=299));
                tracing::error!(
                    endpoint, event, delivered, %error,
                    "the result of a webhook cannot be recorded, so it is sent again"
                );
            }
        }
    }
}
