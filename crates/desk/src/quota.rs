//! The day's calls, counted before they are made.

use std::sync::{Mutex, PoisonError};

use domain::UTC8;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::meters::Meters;
use crate::records::Records;

/// The quota of one application: exact across restarts, since the database counts.
pub(crate) struct Quota {
    records: Records,
    app_id: String,
    /// Calls a day.
    daily: u32,
    /// What is known without the database, for the time while that fails.
    last: Mutex<(Date, u32)>,
}

impl Quota {
    pub(crate) fn new(records: Records, app_id: &str, daily: u32) -> Self {
        Self { records, app_id: app_id.to_owned(), daily, last: Mutex::new((Date::MIN, 0)) }
    }

    /// Takes one call of the day that it is in UTC+8: how many were taken with it, or
    /// `None` when the day's are used up. A database that fails keeps nobody from a
    /// price: then it is counted from what was known last.
    pub(crate) async fn take(&self, now: Timestamp, meters: &Meters) -> Option<u32> {
        let day = UTC8.to_datetime(now).date();
        let taken = match self.records.take_call(&self.app_id, day, self.daily).await {
            Ok(taken) => taken,
            Err(error) => {
                meters.record_error();
                tracing::error!(%error, "the quota cannot be counted in the database");
                let (known, used) = *self.last.lock().unwrap_or_else(PoisonError::into_inner);
                let used = if known == day { used } else { 0 };
                (used < self.daily).then_some(used + 1)
            }
        };
        if let Some(used) = taken {
            *self.last.lock().unwrap_or_else(PoisonError::into_inner) = (day, used);
        }
        taken
    }

    /// Calls left of the day, as far as this process knows.
    pub(crate) fn left(&self, now: Timestamp) -> u32 {
        let (day, used) = *self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let today = UTC8.to_datetime(now).date() == day;
        self.daily.saturating_sub(if today { used } else { 0 })
    }
}
