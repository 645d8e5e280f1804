//! The state that the islands of a form share.

use domain::CatalogueItem;
use leptos::prelude::*;

use super::asking::Asking;
use super::page;
use super::told::Told;
use crate::shopper::step::Step;
use crate::words::Locale;

/// The result of a search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// A search is under way.
    Searching,
    /// The keyword is too short to search for.
    TooShort,
    /// Popular models, for no keyword.
    Popular(Vec<CatalogueItem>),
    /// The answer to a keyword; empty when nothing fits.
    Items(Vec<CatalogueItem>),
    /// Models similar to one that the partner does not have.
    Nearest(Vec<CatalogueItem>),
    /// There was no answer: why.
    Failed(Told),
}

/// The state that the islands of a form share. Typed text is not part of it: it stays in the page's own fields.
#[derive(Clone, Copy)]
pub(super) struct State {
    /// The page's language.
    pub(super) locale: Locale,
    /// The screen that a narrow page shows.
    pub(super) step: RwSignal<Step>,
    /// Whether one answer is being changed, from the review and back to it.
    pub(super) mending: RwSignal<bool>,
    /// What was found after the page was drawn.
    pub(super) found: RwSignal<Option<Found>>,
    /// How many searches have begun. The answer of a search is dropped if a later search has begun.
    pub(super) searches: StoredValue<u32>,
    /// What was chosen after the page was drawn.
    pub(super) chosen: RwSignal<Option<CatalogueItem>>,
    /// Why there was no price.
    pub(super) told: RwSignal<Option<Told>>,
    /// The state of the request for a price.
    pub(super) asking: RwSignal<Asking>,
}

impl State {
    pub(super) fn new(locale: Locale, (step, asking): (Step, Asking)) -> Self {
        Self {
            locale,
            step: RwSignal::new(step),
            mending: RwSignal::new(false),
            found: RwSignal::new(None),
            searches: StoredValue::new(0),
            chosen: RwSignal::new(None),
            told: RwSignal::new(None),
            asking: RwSignal::new(asking),
        }
    }

    /// Begins a search, and returns its number for [`Self::end_search`].
    pub(super) fn begin_search(self) -> u32 {
        self.searches.update_value(|searches| *searches += 1);
        self.found.set(Some(Found::Searching));
        self.searches.get_value()
    }

    /// Shows the result of the search `mine`, unless a later one has begun.
    pub(super) fn end_search(self, mine: u32, found: Found) {
        if self.searches.get_value() == mine {
            self.found.set(Some(found));
        }
    }

    /// The state of the form around an island.
    pub(super) fn of_the_form() -> Self {
        use_context().unwrap_or_else(|| Self::new(page::language(), Default::default()))
    }
}
