//! Looking models up while the shopper types.

use std::time::Duration;

use domain::{CatalogueItem, QuoteForm};
use leptos::leptos_dom::helpers::debounce;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::HtmlInputElement;

use super::ask;
use super::page;
use super::state::{Found, State};

/// How long typing must pause before a search is sent.
const PAUSE: Duration = Duration::from_millis(250);

/// Searches for what stands in the field.
pub(super) trait Searcher: Fn() + Copy + Send + Sync + 'static {}
impl<F: Fn() + Copy + Send + Sync + 'static> Searcher for F {}

/// Searches once typing pauses. An answer that is overtaken by a later search is dropped.
pub(super) fn searcher(state: State) -> impl Searcher {
    let latest = StoredValue::new(0_u32);
    let start = move |()| {
        let field = page::find::<HtmlInputElement>("#keyword");
        let keyword = field.map(|field| field.value()).unwrap_or_default();
        latest.update_value(|latest| *latest += 1);
        let mine = latest.get_value();
        state.found.set(Some(Found::Searching));
        spawn_local(async move {
            let found = match ask::search(state.locale, &keyword, page::category()).await {
                Ok(items) if keyword.trim().is_empty() => Found::Popular(items),
                Ok(items) => Found::Items(items),
                Err(told) => Found::Failed(told),
            };
            if latest.get_value() == mine {
                state.found.set(Some(found));
            }
        });
    };
    let paused = StoredValue::new_local(debounce(PAUSE, start));
    move || paused.update_value(|paused| paused(()))
}

/// Shows what comes nearest to a model that the partner does not know.
pub(super) fn search_nearest(state: State, answers: QuoteForm) {
    state.chosen.set(None);
    page::show_search(true);
    state.found.set(Some(Found::Searching));
    spawn_local(async move {
        let mut nearest: Vec<CatalogueItem> = Vec::new();
        for keyword in domain::shorter_names(&answers.model) {
            match ask::search(state.locale, keyword, page::category()).await {
                Ok(items) if items.is_empty() => {}
                Ok(items) => {
                    nearest = items;
                    break;
                }
                Err(told) => return state.found.set(Some(Found::Failed(told))),
            }
        }
        state.found.set(Some(Found::Nearest(nearest)));
    });
}
