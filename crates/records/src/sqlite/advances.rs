//! Nothing is held back of a day's calls in a file: it is on the machine of the processes that use it.

use std::time::Duration;

use jiff::civil::Date;

use super::store::Store;
use crate::advance::{Advance, AdvanceAsked};
use crate::entry::{Begin, Begun, Most};
use crate::error::RecordsError;
use crate::instance_id::InstanceId;
use crate::taken::{Spent, Taken};

impl Store {
    pub(crate) async fn keep_advance(
        &self,
        _: &AdvanceAsked,
        _: Duration,
    ) -> Result<Option<Advance>, RecordsError> {
        Ok(None)
    }

    /// Without an advance, this is an attempt as any other.
    pub(crate) async fn begin_from_advance(
        &self,
        begun: &Begun,
        most: Most,
        known: Taken,
        _: &InstanceId,
        _: Spent,
    ) -> Result<Begin, RecordsError> {
        self.begin(begun, most, known).await
    }

    pub(crate) async fn held_back(&self, _: &str, _: Date) -> Result<Spent, RecordsError> {
        Ok(Spent::default())
    }
}
