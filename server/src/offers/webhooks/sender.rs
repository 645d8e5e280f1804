use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use checkout::Checkout;
use records::{InstanceId, Lane};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::timeout;
use tokio_util::sync::{CancellationToken, DropGuard};

use super::hook::{Hook, hooks};
use super::lane::{Courier, work};
use super::names::Names;
use super::post::Post;
use crate::merchants::Merchants;

/// How long tries that are under way may take after the signal to stop. One that is cut off is sent again by another
/// instance, or after the next start.
const LAST_TRIES: Duration = Duration::from_secs(3);

/// Sends the events of merchants to their endpoints. Clones share everything.
#[derive(Clone)]
pub struct Sender {
    instance: InstanceId,
    checkout: Arc<Checkout>,
    post: Post,
    hooks: watch::Sender<Vec<Hook>>,
}

impl Sender {
    /// A sender, in the process `instance`, of the events of `checkout` to the endpoints of `merchants`, which finds their hosts by `names`.
    ///
    /// # Errors
    /// If the client cannot be created.
    pub fn new(
        instance: InstanceId,
        checkout: &Arc<Checkout>,
        merchants: &Merchants,
        names: Names,
    ) -> reqwest::Result<Self> {
        let sender = Self {
            instance,
            checkout: Arc::clone(checkout),
            post: Post::new(names)?,
            hooks: watch::Sender::new(Vec::new()),
        };
        sender.use_merchants(merchants);
        Ok(sender)
    }

    /// Sends to the endpoints of these merchants from now on.
    pub fn use_merchants(&self, merchants: &Merchants) {
        let hooks = hooks(merchants);
        self.checkout.use_endpoints(hooks.iter().map(|hook| hook.endpoint.clone()).collect());
        self.hooks.send_replace(hooks);
    }

    /// Sends until `stopped` resolves, and then for at most three seconds, until the tries under way have ended.
    pub async fn run(self, stopped: impl Future<Output = ()>) {
        let mut lanes = JoinSet::new();
        let mut running: HashMap<String, (Hook, DropGuard)> = HashMap::new();
        let mut changes = self.hooks.subscribe();
        changes.mark_changed();
        let starting = async {
            while changes.changed().await.is_ok() {
                let hooks = changes.borrow_and_update().clone();
                // The lanes of an endpoint that is gone or was changed take nothing more.
                running.retain(|_, (hook, _)| hooks.contains(hook));
                for hook in hooks {
                    let name = format!("{} {}", hook.endpoint.merchant, hook.endpoint.name);
                    running.entry(name).or_insert_with(|| {
                        let stop = CancellationToken::new();
                        self.start(&mut lanes, &hook, &stop);
                        (hook, stop.drop_guard())
                    });
                }
                while lanes.try_join_next().is_some() {}
            }
        };
        tokio::select! {
            () = starting => {}
            () = stopped => {}
        }
        drop(running);
        let ending = async { while lanes.join_next().await.is_some() {} };
        if timeout(LAST_TRIES, ending).await.is_err() {
            tracing::info!("webhooks that are under way are cut off, and sent again after the next start");
        }
    }

    fn start(&self, lanes: &mut JoinSet<()>, hook: &Hook, stop: &CancellationToken) {
        let (checkout, post) = (Arc::clone(&self.checkout), self.post.clone());
        let (instance, hook) = (self.instance.clone(), hook.clone());
        let courier = Arc::new(Courier { instance, checkout, hook, post });
        for lane in [Lane::Fresh, Lane::Repeated] {
            lanes.spawn(work(Arc::clone(&courier), lane, stop.clone()));
        }
    }
}
