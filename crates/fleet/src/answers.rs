//! Recent answers, as opaque bytes, by key.

use std::sync::Arc;
use std::time::Duration;

use crate::key::{Key, Thing};
use crate::link::{Link, Pace};

/// The largest value that is kept, in bytes. A quote takes about two thousand.
pub const LARGEST_VALUE: usize = 64 * 1024;
/// The longest life of a value. A longer one is cut to this.
pub const LONGEST_LIFE: Duration = Duration::from_hours(24);

pub(crate) async fn get(link: &Arc<Link>, key: &Key) -> Option<Vec<u8>> {
    let name = key.name(Thing::Answer);
    let get = |mut connection| async move {
        redis::cmd("GET").arg(name).query_async::<Option<Vec<u8>>>(&mut connection).await
    };
    link.run(Pace::Quick, get).await?.filter(|value| value.len() <= LARGEST_VALUE)
}

pub(crate) async fn put(link: &Arc<Link>, key: &Key, value: &[u8], life: Duration) -> bool {
    let Some(life) = millis(life) else { return false };
    if value.len() > LARGEST_VALUE {
        return false;
    }
    let mut command = redis::cmd("SET");
    command.arg(key.name(Thing::Answer)).arg(value).arg("PX").arg(life);
    let put = |mut connection| async move { command.exec_async(&mut connection).await };
    link.run(Pace::Patient, put).await.is_some()
}

/// A life in whole milliseconds, as Redis takes it; `None` for less than one.
pub(crate) fn millis(life: Duration) -> Option<u64> {
    let millis = u64::try_from(life.min(LONGEST_LIFE).as_millis()).ok()?;
    (millis > 0).then_some(millis)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_life_is_at_least_a_millisecond_and_at_most_a_day() {
        assert_eq!(millis(Duration::from_micros(999)), None);
        assert_eq!(millis(Duration::from_secs(600)), Some(600_000));
        assert_eq!(millis(Duration::MAX), Some(86_400_000));
    }
}
