//! What the processes that use the same records share: who runs, the places at a provider, and what each holds back of
//! the day's calls.

use std::time::Duration;

use jiff::civil::Date;

use crate::advance::{Advance, AdvanceAsked};
use crate::entry::{Begin, Begun, Most, Outcome, Row};
use crate::error::RecordsError;
use crate::instance::{Instance, SeenInstance};
use crate::instance_id::InstanceId;
use crate::provider_place::{PlaceAnswer, PlaceAsked, ProviderPlace};
use crate::records::{Records, Store, on_each};
use crate::taken::{Spent, Taken};

impl Records {
    /// How long an instance counts as running after it was last seen.
    pub const INSTANCE_SEEN: Duration = Duration::from_secs(15);

    /// Whether instances on several machines may use these records, so that [`Self::note_instance`] notes them.
    /// A file is used by the processes of one machine, which the system itself keeps apart.
    pub fn are_on_a_server(&self) -> bool {
        match &self.0 {
            Store::Sqlite(_) => false,
            Store::Postgres(_) => true,
        }
    }

    /// Notes that `instance` runs now, and returns how many instances do, this one included. To count as
    /// running, call it more often than every [`Self::INSTANCE_SEEN`]. In a file, nothing is noted, and 1 is
    /// returned.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be written.
    pub async fn note_instance(&self, instance: &Instance) -> Result<usize, RecordsError> {
        on_each!(self, store => store.note_instance(instance, Self::INSTANCE_SEEN).await)
    }

    /// The instances that were seen within [`Self::INSTANCE_SEEN`], the one that runs longest first; none in a
    /// file.
    ///
    /// # Errors
    /// [`RecordsError`] when they cannot be read.
    pub async fn instances(&self) -> Result<Vec<SeenInstance>, RecordsError> {
        on_each!(self, store => store.instances(Self::INSTANCE_SEEN).await)
    }

    /// Notes that the instance ends: it no longer counts, and the places that it holds are free.
    ///
    /// # Errors
    /// [`RecordsError`] when that cannot be written. Then both happens when its time is over.
    pub async fn forget_instance(&self, id: &InstanceId) -> Result<(), RecordsError> {
        on_each!(self, store => store.forget_instance(id).await)
    }

    /// Adjusts the calls of a day that an instance holds back for times when it does not reach the records: it takes
    /// more, up to its part, and what it gives back is free for all. What it holds, no other instance can use on that
    /// day, even if the holder ends. `None` in a file: nothing is held back there.
    ///
    /// An instance whose answer was lost asks again: nothing is taken or given back twice.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be written. It may have been even so.
    pub async fn keep_advance(&self, asked: &AdvanceAsked) -> Result<Option<Advance>, RecordsError> {
        on_each!(self, store => store.keep_advance(asked, Self::INSTANCE_SEEN).await)
    }

    /// As [`Self::begin`], with `lent` of the advance of `holder`, which must not spend it at the same time. If the
    /// attempt may be made, that is taken from the advance in the same change.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be written. It may have been even so: then the holder must not spend `lent`.
    pub async fn begin_from_advance(
        &self,
        begun: &Begun,
        most: Most,
        known: Taken,
        holder: &InstanceId,
        lent: Spent,
    ) -> Result<Begin, RecordsError> {
        on_each!(self, store => store.begin_from_advance(begun, most, known, holder, lent).await)
    }

    /// What all instances hold back of the calls of a day.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be read.
    pub async fn held_back(&self, app_id: &str, day: Date) -> Result<Spent, RecordsError> {
        on_each!(self, store => store.held_back(app_id, day).await)
    }

    /// Takes a free place, without waiting for one.
    ///
    /// A place in PostgreSQL is surely held for [`PlaceAsked::lease`] after the moment when this was called, and
    /// no longer. A caller that is dropped may leave a place that is held until then.
    ///
    /// # Errors
    /// [`RecordsError`] when the database does not answer.
    pub async fn take_place(&self, asked: &PlaceAsked) -> Result<PlaceAnswer, RecordsError> {
        on_each!(self, store => store.take_place(asked).await)
    }

    /// Gives a place back. One that was taken by another since its lease ended stays that one's.
    ///
    /// # Errors
    /// [`RecordsError`] when the database does not answer. The place is then free when its lease ends.
    pub async fn give_back_place(&self, place: ProviderPlace) -> Result<(), RecordsError> {
        on_each!(self, store => store.give_back_place(place).await)
    }

    /// Gives a place back, as [`Self::give_back_place`], and records how the attempt `row` ended that held it: both or
    /// neither. In PostgreSQL that is one statement.
    ///
    /// # Errors
    /// [`RecordsError`] when the database does not answer. It may have recorded the outcome even so; a second record of
    /// the same outcome ([`Entry::Ended`](crate::Entry::Ended)) changes nothing.
    pub async fn end_attempt(
        &self,
        place: ProviderPlace,
        row: Row,
        outcome: &Outcome,
    ) -> Result<(), RecordsError> {
        on_each!(self, store => store.end_attempt(place, row, outcome).await)
    }

    /// How many places at the provider are held now, over all instances; `None` if that is not known, as with a
    /// file.
    ///
    /// # Errors
    /// [`RecordsError`] when they cannot be read.
    pub async fn places_held(&self, provider: &str) -> Result<Option<usize>, RecordsError> {
        on_each!(self, store => store.places_held(provider).await)
    }
}
