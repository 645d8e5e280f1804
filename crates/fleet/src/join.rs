//! One call for callers of all instances who ask for the same: the first one makes it, the others wait for its
//! answer.

use std::sync::Arc;
use std::time::Duration;

use redis::{FromRedisValue, ParsingError, Value};
use tokio::time::{Instant, sleep, sleep_until};

use crate::answers::{LARGEST_VALUE, millis};
use crate::key::{Key, Thing};
use crate::lease::Lease;
use crate::link::{Link, Pace};

/// The pause before a caller that waits asks for the second time. Each later pause is twice as long.
const FIRST_PAUSE: Duration = Duration::from_millis(50);
/// The longest pause.
const LONGEST_PAUSE: Duration = Duration::from_millis(200);

/// What a caller does now.
#[derive(Debug)]
pub enum Joined {
    /// Make the call, and give its answer to [`Lease::answer`].
    Lead(Lease),
    /// Use this answer, which another caller got.
    Answer(Vec<u8>),
    /// Make the call as if there were no other instance: there is none (in process), or Redis failed.
    Alone,
    /// Another instance makes the call, and was not done at the deadline.
    TimedOut,
}

/// Takes the answer or the lease, or waits for one of them until `deadline`.
pub(crate) async fn join(link: &Arc<Link>, key: &Key, deadline: Instant) -> Joined {
    let token = link.token();
    let mut pause = FIRST_PAUSE;
    loop {
        match ask(link, key, &token).await {
            None => return Joined::Alone,
            Some(Reply::Answer(value)) if value.len() > LARGEST_VALUE => return Joined::Alone,
            Some(Reply::Answer(value)) => return Joined::Answer(value),
            Some(Reply::Lead) => return Joined::Lead(Lease::taken(link, *key, token, deadline)),
            Some(Reply::Wait) => {}
        }
        if Instant::now() + pause >= deadline {
            sleep_until(deadline).await;
            return Joined::TimedOut;
        }
        sleep(pause).await;
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

/// What the script returns.
enum Reply {
    Answer(Vec<u8>),
    Lead,
    Wait,
}

impl FromRedisValue for Reply {
    fn from_redis_value(value: Value) -> Result<Self, ParsingError> {
        match value {
            Value::BulkString(answer) => Ok(Self::Answer(answer)),
            Value::Int(1) => Ok(Self::Lead),
            Value::Int(0) => Ok(Self::Wait),
            _ => Err("neither an answer nor 0 or 1".into()),
        }
    }
}

async fn ask(link: &Arc<Link>, key: &Key, token: &str) -> Option<Reply> {
    let mut script = link.scripts.join.key(key.name(Thing::Answer));
    script.key(key.name(Thing::Lease)).arg(token).arg(millis(link.settings.lease));
    link.run(Pace::Quick, |mut connection| async move { script.invoke_async(&mut connection).await }).await
}
