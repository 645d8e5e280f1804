//! What instances share, as its callers use it.

use std::fmt::Write;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use crate::answers;
use crate::health::Health;
use crate::hint;
use crate::join::{Joined, join};
use crate::key::Key;
use crate::limit::{Admission, Limit, admit};
use crate::link::Link;
use crate::near_cache::NearCache;
use crate::settings::{Random, Settings};
use crate::url::FleetUrl;

/// What instances share and may lose. Clones share everything.
///
/// No function returns an error, and each returns within [`Settings::quick`] or, where it says so,
/// [`Settings::patient`]; while Redis fails, at once.
#[derive(Clone, Debug, Default)]
pub struct Fleet(Kind);

#[derive(Clone, Debug, Default)]
enum Kind {
    /// One instance, which shares nothing.
    #[default]
    InProcess,
    /// Instances that use the same Redis.
    Redis(Arc<Shared>),
}

#[derive(Debug)]
struct Shared {
    link: Arc<Link>,
    refused: NearCache,
}

impl Fleet {
    /// One instance, which shares nothing.
    pub const fn in_process() -> Self {
        Self(Kind::InProcess)
    }

    /// Instances that use the Redis at `url`. Tries to connect once, for twice [`Settings::patient`] at most.
    /// If that fails, a task in the background goes on trying; [`Self::health`] says why.
    ///
    /// # Panics
    /// Outside a tokio runtime.
    pub async fn open(url: &FleetUrl, settings: Settings, random: Random) -> Self {
        let link = Link::open(url.client(), settings, random).await;
        Self(Kind::Redis(Arc::new(Shared { link, refused: NearCache::new() })))
    }

    /// Whether other instances may share this, so that a failure of Redis matters.
    pub fn is_shared(&self) -> bool {
        self.shared().is_some()
    }

    /// The value that an instance put under `key`, if its life is not over. Always `None` in process, where
    /// the caller has a cache of its own.
    pub async fn get(&self, key: &Key) -> Option<Vec<u8>> {
        answers::get(self.link()?, key).await
    }

    /// Puts a value under `key` for `life`, in the place of an earlier one, within [`Settings::patient`].
    /// Returns whether it was written. It is not if it is larger than [`LARGEST_VALUE`](crate::LARGEST_VALUE),
    /// if the life is less than a millisecond, if Redis fails, and in process.
    pub async fn put(&self, key: &Key, value: &[u8], life: Duration) -> bool {
        match self.link() {
            Some(link) => answers::put(link, key, value, life).await,
            None => false,
        }
    }

    /// Joins the call for `key`: one caller of all instances makes it, the others wait for its answer until
    /// `deadline`. If the caller that makes it dies or gives up, one that waits takes over.
    ///
    /// A lease is renewed until `deadline`, so the call must end by then. If the future is dropped while
    /// it takes a lease, that lease may remain in Redis without a holder until it ends.
    pub async fn join(&self, key: &Key, deadline: Instant) -> Joined {
        match self.link() {
            Some(link) => join(link, key, deadline).await,
            None => Joined::Alone,
        }
    }

    /// Counts one request of `key` against the limit over all instances. Returns `None` if Redis fails and in
    /// process: then the caller must use a limiter of its own, and a tighter one if [`Self::is_shared`].
    pub async fn admit(&self, key: &Key, limit: Limit) -> Option<Admission> {
        let Shared { link, refused } = self.shared()?;
        let now = Instant::now();
        if let Some(wait) = refused.wait(key, now) {
            link.metrics.refused_nearby();
            return Some(Admission::Refused { wait });
        }
        let admission = admit(link, key, limit).await?;
        if let Admission::Refused { wait } = admission {
            refused.remember(*key, now, wait);
        }
        Some(admission)
    }

    /// Tells the other instances that the provider `key` is blocked for that time, within
    /// [`Settings::patient`]. If several say so, the longest time counts.
    pub async fn block(&self, key: &Key, time: Duration) {
        if let Some(link) = self.link() {
            hint::block(link, key, time).await;
        }
    }

    /// Tells the other instances that the provider `key` works again, within [`Settings::patient`].
    pub async fn unblock(&self, key: &Key) {
        if let Some(link) = self.link() {
            hint::unblock(link, key).await;
        }
    }

    /// For how long the provider `key` is blocked yet, as far as another instance said so. Only a hint.
    pub async fn blocked_for(&self, key: &Key) -> Option<Duration> {
        hint::blocked_for(self.link()?, key).await
    }

    /// Whether Redis works, as far as the last commands showed; `None` in process. Asks nothing.
    pub fn health(&self) -> Option<Health> {
        let (reachable, last_fault) = self.link()?.state();
        Some(Health { reachable, last_fault })
    }

    /// As [`Self::health`], after a command that shows it.
    pub async fn check(&self) -> Option<Health> {
        self.link()?.check().await;
        self.health()
    }

    /// Appends the metrics, in the form of OpenMetrics without the line that marks the end. There are none in
    /// process.
    ///
    /// # Errors
    /// [`std::fmt::Error`] if one cannot be written.
    pub fn write_metrics(&self, text: &mut impl Write) -> std::fmt::Result {
        match self.link() {
            Some(link) => link.metrics.write(link.state().0, text),
            None => Ok(()),
        }
    }

    fn shared(&self) -> Option<&Shared> {
        match &self.0 {
            Kind::InProcess => None,
            Kind::Redis(shared) => Some(shared),
        }
    }

    fn link(&self) -> Option<&Arc<Link>> {
        self.shared().map(|shared| &shared.link)
    }
}
