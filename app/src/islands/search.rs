use std::time::Duration;

use domain::{CatalogueItem, Category, Term};
use leptos::html::Input;
use leptos::leptos_dom::helpers::debounce;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::state::State;
use crate::{functions, language};

/// How long typing must pause before a search is sent.
const PAUSE: Duration = Duration::from_millis(250);

/// What a search brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// Nothing was searched for and nothing is popular.
    Nothing,
    /// A search is under way.
    Searching,
    /// Popular models, before anything was typed.
    Popular(Vec<CatalogueItem>),
    /// The answer to a keyword; empty when nothing fits.
    Items(Vec<CatalogueItem>),
}

impl Found {
    pub(super) fn new(keyword: &str, items: Vec<CatalogueItem>) -> Self {
        match (keyword.trim().is_empty(), items.is_empty()) {
            (true, true) => Self::Nothing,
            (true, false) => Self::Popular(items),
            (false, _) => Self::Items(items),
        }
    }
}

/// Searches for what stands in the field, once typing pauses. An answer that is overtaken
/// by a later search is dropped.
pub(super) fn searcher(
    state: State,
    field: NodeRef<Input>,
    found: RwSignal<Found>,
) -> impl Fn() + Copy + Send + Sync + 'static {
    let latest = StoredValue::new(0_u32);
    let start = move |()| {
        let keyword = field.get_untracked().map(|field| field.value()).unwrap_or_default();
        let category = state.category.get_untracked().map(Category::word).unwrap_or_default();
        latest.update_value(|latest| *latest += 1);
        let mine = latest.get_value();
        found.set(Found::Searching);
        spawn_local(async move {
            let locale = language::tag(state.locale).to_owned();
            let answer = functions::search(keyword.clone(), category.to_owned(), locale).await;
            if latest.get_value() == mine {
                found.set(Found::new(&keyword, answer.unwrap_or_default()));
            }
        });
    };
    let paused = StoredValue::new_local(debounce(PAUSE, start));
    move || paused.update_value(|paused| paused(()))
}
