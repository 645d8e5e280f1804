//! The right to make one call for all instances, and to write its answer.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use redis::ScriptInvocation;
use tokio::task::AbortHandle;
use tokio::time::{Instant, sleep};

use crate::answers::{LARGEST_VALUE, millis};
use crate::key::{Key, Thing};
use crate::link::{Link, Pace};

/// The right to make one call for all instances, and to write its answer. It is renewed in the background.
/// Dropped without an answer, it is released, so that another instance may make the call.
pub struct Lease {
    holder: Arc<Holder>,
    renewal: AbortHandle,
    answered: bool,
}

struct Holder {
    link: Arc<Link>,
    key: Key,
    token: String,
    held: AtomicBool,
}

impl Lease {
    /// The lease that was taken with `token`. It is renewed until `end`.
    pub(crate) fn taken(link: &Arc<Link>, key: Key, token: String, end: Instant) -> Self {
        let holder = Holder { link: Arc::clone(link), key, token, held: AtomicBool::new(true) };
        let holder = Arc::new(holder);
        let renewal = link.spawn(renew(Arc::clone(&holder), end));
        Self { holder, renewal, answered: false }
    }

    /// Writes the answer for all who wait, for `life`, and ends the lease. An answer that is not to be given
    /// again may have the life of a second: those who wait ask at least five times a second.
    ///
    /// Returns whether it was written. It is not if the lease has ended before, because this process hung for
    /// longer than the lease's life; if Redis fails; if the value is larger than [`LARGEST_VALUE`]; and if the
    /// life is less than a millisecond.
    pub async fn answer(mut self, value: &[u8], life: Duration) -> bool {
        let Some(life) = millis(life).filter(|_| value.len() <= LARGEST_VALUE) else { return false };
        let Holder { link, key, token, .. } = &*self.holder;
        let mut script = link.scripts.answer.key(key.name(Thing::Answer));
        script.key(key.name(Thing::Lease)).arg(token).arg(value).arg(life);
        let written = invoke(link, script).await;
        self.answered = written.is_some();
        written == Some(true)
    }

    /// Whether the lease was still this one's when it was last renewed.
    pub fn is_held(&self) -> bool {
        self.holder.held.load(Ordering::Relaxed)
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        self.renewal.abort();
        if !self.answered {
            let holder = Arc::clone(&self.holder);
            self.holder.link.spawn(async move {
                let Holder { link, key, token, .. } = &*holder;
                let mut script = link.scripts.release.key(key.name(Thing::Lease));
                script.arg(token);
                // If this fails, the lease ends by itself.
                let _ = invoke(link, script).await;
            });
        }
    }
}

impl fmt::Debug for Lease {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lease").field("key", &self.holder.key).finish_non_exhaustive()
    }
}

/// Renews the lease after each third of its life, until `end` or until it is lost.
async fn renew(holder: Arc<Holder>, end: Instant) {
    let Holder { link, key, token, held } = &*holder;
    let life = link.settings.lease;
    while Instant::now() < end {
        sleep(life / 3).await;
        let mut script = link.scripts.renew.key(key.name(Thing::Lease));
        script.arg(token).arg(millis(life));
        // If Redis failed, the lease may still be ours at the next try.
        if invoke(link, script).await == Some(false) {
            held.store(false, Ordering::Relaxed);
            return;
        }
    }
}

/// Runs a script that returns whether the lease was the caller's; `None` if Redis failed.
async fn invoke(link: &Arc<Link>, script: ScriptInvocation<'_>) -> Option<bool> {
    link.run(Pace::Patient, |mut connection| async move { script.invoke_async(&mut connection).await }).await
}
