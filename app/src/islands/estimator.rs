use std::time::Duration;

use domain::{CatalogueItem, Category, Failure, QuoteForm, Term};
use leptos::ev::SubmitEvent;
use leptos::html::{Div, Form};
use leptos::leptos_dom::helpers::debounce;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::condition::{categories, function, grades, history};
use super::device::{Found, device};
use super::state::{State, Trouble};
use super::summary::summary;
use super::form_data;
use crate::frame::FrameFields;
use crate::functions;
use crate::i18n::td_string;
use crate::language;

/// How long typing must pause before a search is sent.
const PAUSE: Duration = Duration::from_millis(250);

/// The form that describes a device and asks what it is worth.
///
/// It is a plain form first: without JavaScript every button posts or gets, and the
/// server draws the answer. Awake, it searches as the shopper types, checks before it
/// asks, and keeps the page in place while it waits.
#[allow(unreachable_pub, reason = "the macro writes an inner copy with the same visibility")]
#[island]
pub fn Estimator(
    /// The host's wishes; `locale` holds the language the server chose.
    frame: FrameFields,
    /// What is answered already.
    form: QuoteForm,
    /// What was searched for.
    keyword: String,
    /// What that search found, or popular models for an empty keyword.
    found: Vec<CatalogueItem>,
    /// The model that is chosen.
    chosen: Option<CatalogueItem>,
    /// Why there was no price.
    failure: Option<Failure>,
) -> impl IntoView {
    let locale = frame.language();
    let state = State {
        locale,
        category: RwSignal::new(Category::find(&form.device_type)),
        chosen: RwSignal::new(chosen),
        trouble: RwSignal::new(failure.map(Trouble::Failed)),
        pending: RwSignal::new(false),
        drawn: StoredValue::new(form),
    };
    let found = RwSignal::new(match (keyword.is_empty(), found.is_empty()) {
        (true, true) => Found::Nothing,
        (true, false) => Found::Popular(found),
        (false, _) => Found::Items(found),
    });
    let form_ref = NodeRef::<Form>::new();
    let summary_ref = NodeRef::<Div>::new();
    let page = format!("/widget/{}", frame.merchant);
    let hidden: Vec<(&str, String)> = frame.filled().map(|(name, value)| (name, value.to_owned())).collect();
    let frame = StoredValue::new(frame);

    let search = searcher(state, form_ref, found);
    take_over(state, form_ref, keyword.clone(), search);

    // A failure takes the focus, so that nobody has to look for it.
    Effect::new(move |woken: Option<()>| {
        let failed = state.trouble.with(Option::is_some);
        if let Some(place) = summary_ref.get().filter(|_| failed && woken.is_some()) {
            let _ = place.focus();
        }
    });

    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(form) = form_ref.get_untracked().filter(|_| !state.pending.get_untracked()) else { return };
        let form = form_data::read(&form);
        match form.parse() {
            Ok(_) => ask(state, form, frame.get_value()),
            Err(failure) => state.trouble.set(Some(Trouble::Failed(failure))),
        }
    };

    view! {
        <form
            id="tradein-form"
            class="estimate"
            method="post"
            action="/api/fn/quote"
            novalidate
            node_ref=form_ref
            on:submit=submit
            on:change=move |_| follow_category(state, form_ref, search)
        >
            {hidden
                .into_iter()
                .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
                .collect_view()}
            {summary(state, summary_ref)}
            {categories(state)}
            {device(state, keyword, found, page, search)}
            {grades(state)}
            {function(state)}
            {history(state)}
            <div class="submit">
                <button class="primary" aria-disabled=move || state.pending.get().then_some("true")>
                    {move || match state.pending.get() {
                        true => td_string!(locale, form.pending),
                        false => td_string!(locale, form.submit),
                    }}
                </button>
                <p class="hint">{td_string!(locale, form.privacy)}</p>
            </div>
        </form>
    }
}

/// Searches for what stands in the field, once typing pauses. An answer that is
/// overtaken by a later search is dropped.
fn searcher(
    state: State,
    form_ref: NodeRef<Form>,
    found: RwSignal<Found>,
) -> impl Fn() + Copy + Send + Sync + 'static {
    let latest = StoredValue::new(0_u32);
    let start = move |()| {
        let Some(form) = form_ref.get_untracked() else { return };
        let keyword = form_data::keyword(&form);
        let category = state.category.get_untracked().map(Category::word).unwrap_or_default();
        latest.update_value(|latest| *latest += 1);
        let mine = latest.get_value();
        found.set(Found::Searching);
        spawn_local(async move {
            let locale = language::tag(state.locale).to_owned();
            let answer = functions::search(keyword.clone(), category.to_owned(), locale).await;
            if latest.get_value() == mine {
                found.set(match answer {
                    Ok(items) if keyword.trim().is_empty() => Found::Popular(items),
                    Ok(items) => Found::Items(items),
                    Err(_) => Found::Items(Vec::new()),
                });
            }
        });
    };
    let paused = StoredValue::new_local(debounce(PAUSE, start));
    move || paused.update_value(|paused| paused(()))
}

/// Takes over what was typed and ticked before the island woke.
fn take_over(state: State, form_ref: NodeRef<Form>, drawn: String, search: impl Fn() + Copy + 'static) {
    Effect::new(move |_| {
        let Some(form) = form_ref.get() else { return };
        let category = Category::find(&form_data::read(&form).device_type);
        if state.category.get_untracked() != category {
            state.category.set(category);
        }
        let typed = form_data::keyword(&form);
        if typed != drawn {
            search();
        }
    });
}

/// Another category means other faults, other models, and no longer the chosen one.
fn follow_category(state: State, form_ref: NodeRef<Form>, search: impl Fn()) {
    let Some(form) = form_ref.get_untracked() else { return };
    let category = Category::find(&form_data::read(&form).device_type);
    if state.category.get_untracked() == category {
        return;
    }
    state.category.set(category);
    if state.chosen.get_untracked().is_some_and(|item| Some(item.device_type) != category) {
        state.chosen.set(None);
    }
    if state.chosen.get_untracked().is_none() {
        search();
    }
}

/// Asks for the price and goes to its page, or tells why there is none.
fn ask(state: State, form: QuoteForm, frame: FrameFields) {
    state.pending.set(true);
    state.trouble.set(None);
    spawn_local(async move {
        match functions::quote(form, frame.clone()).await {
            Ok(quote) => {
                let page = frame.link(&format!("/quote/{}", quote.id));
                if window().location().assign(&page).is_err() {
                    state.pending.set(false);
                }
            }
            Err(refusal) => {
                let offline = !window().navigator().on_line();
                let trouble = if offline { Trouble::Offline } else { Trouble::Failed(refusal.failure) };
                state.pending.set(false);
                state.trouble.set(Some(trouble));
            }
        }
    });
}
