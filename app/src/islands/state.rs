use domain::CatalogueItem;
use leptos::prelude::*;

use super::ask::Told;
use crate::Locale;

/// What a search brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// A search is under way.
    Searching,
    /// Popular models, for no keyword.
    Popular(Vec<CatalogueItem>),
    /// The answer to a keyword; empty when nothing fits.
    Items(Vec<CatalogueItem>),
    /// There was no answer, and why.
    Failed(Told),
}

/// What the form's islands share. What is typed stays in the page's own fields.
#[derive(Clone, Copy)]
pub(super) struct State {
    /// The page's language.
    pub(super) locale: Locale,
    /// What was found since the page was drawn.
    pub(super) found: RwSignal<Option<Found>>,
    /// What was chosen since the page was drawn.
    pub(super) chosen: RwSignal<Option<CatalogueItem>>,
    /// Why there was no price.
    pub(super) told: RwSignal<Option<Told>>,
    /// Whether a price is being asked for.
    pub(super) pending: RwSignal<bool>,
}

impl State {
    pub(super) fn new(locale: Locale) -> Self {
        Self {
            locale,
            found: RwSignal::new(None),
            chosen: RwSignal::new(None),
            told: RwSignal::new(None),
            pending: RwSignal::new(false),
        }
    }

    /// The state of the form around an island.
    pub(super) fn of_the_form() -> Self {
        use_context().unwrap_or_else(|| Self::new(super::page::language()))
    }
}
