//! The hint that a provider is blocked: an instance whose breaker opens tells the others for how long.

use std::sync::Arc;
use std::time::Duration;

use crate::answers::millis;
use crate::key::{Key, Thing};
use crate::link::{Link, Pace};

pub(crate) async fn block(link: &Arc<Link>, key: &Key, time: Duration) {
    let Some(millis) = millis(time) else { return };
    let mut script = link.scripts.block.key(key.name(Thing::Blocked));
    script.arg(millis);
    let block = |mut connection| async move { script.invoke_async::<i64>(&mut connection).await };
    // If this fails, the others find out by themselves.
    let _ = link.run(Pace::Patient, block).await;
}

pub(crate) async fn unblock(link: &Arc<Link>, key: &Key) {
    let mut command = redis::cmd("DEL");
    command.arg(key.name(Thing::Blocked));
    let unblock = |mut connection| async move { command.exec_async(&mut connection).await };
    // If this fails, the hint ends by itself.
    let _ = link.run(Pace::Patient, unblock).await;
}

pub(crate) async fn blocked_for(link: &Arc<Link>, key: &Key) -> Option<Duration> {
    let mut command = redis::cmd("PTTL");
    command.arg(key.name(Thing::Blocked));
    let left = |mut connection| async move { command.query_async::<i64>(&mut connection).await };
    // Negative if there is no hint.
    let millis = u64::try_from(link.run(Pace::Quick, left).await?).ok()?;
    (millis > 0).then_some(Duration::from_millis(millis))
}
