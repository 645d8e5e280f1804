//! The open files that stand for the places at providers.

use std::collections::HashMap;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use parking_lot::Mutex;

use super::place::Place;
use crate::file_locks::FileLocks;
use crate::provider_place::{Held, PlaceAsked};

/// The open files, by provider.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// `None` for a provider whose files cannot be opened or locked.
    open: Mutex<HashMap<Arc<str>, Option<Files>>>,
    /// Whether it was reported that there are none.
    reported: AtomicBool,
}

/// The files of one provider.
#[derive(Clone, Debug)]
pub(super) struct Files {
    places: Arc<FileLocks>,
    turns: Arc<FileLocks>,
}

impl Files {
    pub(super) fn open(database: &Place, asked: &PlaceAsked) -> io::Result<Self> {
        let PlaceAsked { provider, most, turns, .. } = asked;
        let open = |kind, count| {
            FileLocks::open(&database.beside(&format!(".{kind}-{provider}")), count).map(Arc::new)
        };
        Ok(Self { places: open("place", most.get())?, turns: open("turn", turns.get())? })
    }

    /// Locks the files of a place; `None` if there is none that this call may take.
    pub(super) fn lock(&self, takes_turn: bool) -> io::Result<Option<Held>> {
        let turn = if takes_turn { self.turns.lock()? } else { None };
        if takes_turn && turn.is_none() {
            return Ok(None);
        }
        let place = self.places.lock()?;
        Ok(place.map(|place| Held::Files { place, turn }))
    }
}

impl Places {
    /// Closes files that are no longer at their paths. The next taking opens those that are there, and files that
    /// could not be opened.
    pub(super) fn look(&self) {
        let in_place = |files: &Files| files.places.are_in_place() && files.turns.are_in_place();
        self.open.lock().retain(|_, files| files.as_ref().is_some_and(in_place));
    }

    /// The files of a provider, as far as is known: `Some(None)` if they cannot be used.
    pub(super) fn known(&self, provider: &str) -> Option<Option<Files>> {
        self.open.lock().get(provider).cloned()
    }

    /// Keeps files that were opened, unless others were meanwhile. Returns those that are kept.
    pub(super) fn keep(&self, provider: &Arc<str>, files: Files) -> Option<Files> {
        self.open.lock().entry(Arc::clone(provider)).or_insert(Some(files)).clone()
    }

    /// Notes that a provider's places cannot be counted by files.
    pub(super) fn fail(&self, provider: &Arc<str>, error: &io::Error) {
        self.open.lock().insert(Arc::clone(provider), None);
        if !self.reported.swap(true, Ordering::Relaxed) {
            tracing::warn!(
                %error,
                "no files can be locked beside the database: run no second process on it, which would not count the \
                 calls of this one"
            );
        }
    }
}
