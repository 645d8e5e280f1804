//! Searches for models while the shopper types.

use std::time::Duration;

use domain::{CatalogueItem, QuoteForm};
use leptos::leptos_dom::helpers::debounce;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::state::{Found, State};
use super::{ask, dom, page};
use crate::shopper::keyword::is_searchable;

/// How long typing must pause before a search is sent.
const PAUSE: Duration = Duration::from_millis(250);

/// A function that searches for the keyword in the field.
pub(super) trait Searcher: Fn() + Copy + Send + Sync + 'static {}
impl<F: Fn() + Copy + Send + Sync + 'static> Searcher for F {}

/// Searches when typing pauses, unless the result is shown already: if the list were drawn again, a click
/// that has just begun on it would be lost.
pub(super) fn searcher(state: State) -> impl Searcher {
    let last = StoredValue::new(None);
    let start = move |()| {
        // An input method is composing a word. This is called again when the word is complete.
        if page::is_composing() {
            return;
        }
        let keyword = dom::value("#keyword");
        let popular = keyword.trim().is_empty();
        let asked = Some((keyword.clone(), page::category()));
        let there = state.found.with_untracked(|found| {
            matches!(found, Some(Found::Searching | Found::Popular(_) | Found::Items(_)))
        });
        if there && last.get_value() == asked {
            return;
        }
        last.set_value(asked);
        page::clear_keyword_problem();
        let mine = state.begin_search();
        if !popular && !is_searchable(&keyword) {
            return state.end_search(mine, Found::TooShort);
        }
        spawn_local(async move {
            let found = match ask::search(state.locale, &keyword, page::category()).await {
                Ok(items) if popular => Found::Popular(items),
                Ok(items) => {
                    if let Some(item) = items.iter().find(|item| page::is_in_form(item)) {
                        choose(state, item.clone());
                    }
                    Found::Items(items)
                }
                Err(told) => Found::Failed(told),
            };
            state.end_search(mine, found);
        });
    };
    let paused = StoredValue::new_local(debounce(PAUSE, start));
    move || paused.update_value(|paused| paused(()))
}

/// Shows a model as the chosen one, and asks for its sizes.
pub(super) fn choose(state: State, item: CatalogueItem) {
    page::tick(item.device_type);
    page::show_search(false);
    state.chosen.set(Some(item));
}

/// Shows models similar to one that the partner does not have.
pub(super) fn search_nearest(state: State, answers: QuoteForm) {
    state.chosen.set(None);
    page::show_search(true);
    let mine = state.begin_search();
    spawn_local(async move {
        let mut found = Found::Nearest(Vec::new());
        for keyword in domain::shorter_names(&answers.model).filter(|name| is_searchable(name)) {
            match ask::search(state.locale, keyword, page::category()).await {
                Ok(items) if items.is_empty() => continue,
                Ok(items) => found = Found::Nearest(items),
                Err(told) => found = Found::Failed(told),
            }
            break;
        }
        state.end_search(mine, found);
    });
}
