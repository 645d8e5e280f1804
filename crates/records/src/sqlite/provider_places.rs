//! The places at a provider as locked files beside the database: `NAME.place-PROVIDER.1` and so on, and
//! `NAME.turn-PROVIDER.1`.

use super::attempts;
use super::place_files::Files;
use super::store::Store;
use crate::entry::{Outcome, Row};
use crate::error::RecordsError;
use crate::provider_place::{PlaceAnswer, PlaceAsked, ProviderPlace};

impl Store {
    /// Takes a free place. Nothing is waited for.
    pub(crate) async fn take_place(&self, asked: &PlaceAsked) -> Result<PlaceAnswer, RecordsError> {
        let Some(place) = self.place() else { return Ok(PlaceAnswer::NotShared) };
        let places = self.provider_places();
        let files = match places.known(&asked.provider) {
            Some(files) => files,
            // Only once, and small: callers keep their order.
            None => match Files::open(place, asked) {
                Ok(files) => places.keep(&asked.provider, files),
                Err(error) => {
                    places.fail(&asked.provider, &error);
                    None
                }
            },
        };
        let Some(files) = files else { return Ok(PlaceAnswer::NotShared) };
        Ok(match files.lock(asked.takes_turn) {
            Ok(Some(held)) => PlaceAnswer::Taken(ProviderPlace(held)),
            Ok(None) => PlaceAnswer::AllTaken,
            Err(error) => {
                places.fail(&asked.provider, &error);
                PlaceAnswer::NotShared
            }
        })
    }

    /// Unlocks the files of a place.
    pub(crate) async fn give_back_place(&self, place: ProviderPlace) -> Result<(), RecordsError> {
        drop(place);
        Ok(())
    }

    /// Unlocks the files of a place, and records how its attempt ended.
    pub(crate) async fn end_attempt(
        &self,
        place: ProviderPlace,
        row: Row,
        outcome: &Outcome,
    ) -> Result<(), RecordsError> {
        drop(place);
        self.change_at_once(async |change| attempts::insert_outcome(change, row.number, outcome).await).await
    }

    /// Unknown: to find out, the files would have to be locked.
    pub(crate) async fn places_held(&self, _: &str) -> Result<Option<usize>, RecordsError> {
        Ok(None)
    }

    /// Checks the files; called about once a second.
    pub(super) async fn look_after_places(&self) {
        let store = self.clone();
        // Fails only if the runtime ends.
        let _ = tokio::task::spawn_blocking(move || store.provider_places().look()).await;
    }
}
