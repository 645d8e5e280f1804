use std::time::Duration;

use domain::{Failure, Field};
use leptos::ev::{Event, MouseEvent, SubmitEvent};
use leptos::html::{Div, Form};
use leptos::leptos_dom::helpers::debounce;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::{HtmlFormElement, HtmlInputElement};

use super::ask::{self, Told};
use super::page;
use super::results::POPULAR;
use super::state::{Found, State};
use crate::i18n::td_string;

/// How long typing must pause before a search is sent.
const PAUSE: Duration = Duration::from_millis(250);

/// The form that describes a device and asks what it is worth.
///
/// It is a plain form first: without JavaScript it posts, and the server draws the answer.
/// Awake, it searches as the shopper types, checks before it asks, and keeps the page in
/// place while it waits.
#[allow(unreachable_pub, reason = "the macro writes an inner copy with the same visibility")]
#[island]
pub fn Estimator(
    /// The questions, as the server drew them.
    children: Children,
) -> impl IntoView {
    let state = State::new(page::language());
    provide_context(state);
    let form_ref = NodeRef::<Form>::new();
    let summary_ref = NodeRef::<Div>::new();
    let search = searcher(state);

    Effect::new(move |_| {
        // What was typed before this woke.
        if page::find::<HtmlInputElement>("#keyword")
            .is_some_and(|field| field.value() != field.default_value())
        {
            search();
        }
    });
    Effect::new(move |_| tell(&state.told.get(), summary_ref));

    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if let Some(form) = form_ref.get_untracked().filter(|_| !state.pending.get_untracked()) {
            ask(state, form);
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
            on:input=move |event| typed(&event, search)
            on:change=move |event| changed(state, &event, search)
            on:click=move |event| clicked(state, &event, search)
        >
            {move || state.told.get().map(|told| summary(told, summary_ref))}
            {children()}
            <div class="submit">
                <button class="primary" aria-disabled=move || state.pending.get().then_some("true")>
                    {move || match state.pending.get() {
                        true => td_string!(state.locale, form.pending),
                        false => td_string!(state.locale, form.submit),
                    }}
                </button>
                <p class="hint">{td_string!(state.locale, form.privacy)}</p>
            </div>
        </form>
    }
}

/// What went wrong, at the top of the form, with a link to each field to mend.
fn summary(told: Told, place: NodeRef<Div>) -> impl IntoView {
    let links = told.fields.into_iter().map(|(field, message)| {
        view! { <li><a href=page::place(&field)>{message}</a></li> }
    });
    view! {
        <div class="summary" role="alert" tabindex="-1" data-code=told.code node_ref=place>
            <h2>{told.message}</h2>
            <p>{told.next}</p>
            <ul>{links.collect_view()}</ul>
        </div>
    }
}

/// Says what is wrong beside each field, and moves the focus to the summary, so that
/// nobody has to look for it.
fn tell(told: &Option<Told>, summary: NodeRef<Div>) {
    let Some(told) = told else { return };
    page::tell_host(&told.code, &told.message);
    // What the server told when it drew the page.
    page::each(".as-told", |old| old.remove());
    for field in Field::OF_A_DEVICE {
        let problem = Some(told.of(field));
        page::each(&format!(".problem[data-field={}]", field.name()), |line| line.set_text_content(problem));
    }
    if let Some(place) = summary.get() {
        let _ = place.focus();
    }
}

fn typed(event: &Event, search: impl Fn()) {
    if page::touched(event, "#keyword").is_some() {
        search();
    }
}

/// Another category means other models, and no longer the chosen one.
fn changed(state: State, event: &Event, search: impl Fn()) {
    if page::touched(event, "[name=device_type]").is_some() {
        let chosen = state.chosen.with_untracked(|item| item.as_ref().map(|item| item.device_type));
        if chosen.is_none() || chosen != page::category() {
            state.chosen.set(None);
            page::show_search(true);
            search();
        }
    }
}

fn clicked(state: State, event: &MouseEvent, search: impl Fn()) {
    let Some(button) = page::touched(event, "button[name]") else { return };
    match button.get_attribute("name").as_deref() {
        Some("find") => search(),
        Some("pick") => {
            let Some(item) = page::item(&button) else { return };
            page::tick(item.device_type);
            page::show_search(false);
            state.chosen.set(Some(item));
            request_animation_frame(|| page::focus(".chosen"));
        }
        Some("change") => {
            state.chosen.set(None);
            page::show_search(true);
            page::focus("#keyword");
            search();
        }
        _ => return,
    }
    event.prevent_default();
}

/// Searches for what stands in the field, once typing pauses. An answer that is overtaken
/// by a later search is dropped.
fn searcher(state: State) -> impl Fn() + Copy + Send + Sync + 'static {
    let latest = StoredValue::new(0_u32);
    let start = move |()| {
        let field = page::find::<HtmlInputElement>("#keyword");
        let keyword = field.map(|field| field.value()).unwrap_or_default();
        latest.update_value(|latest| *latest += 1);
        let mine = latest.get_value();
        state.found.set(Some(Found::Searching));
        spawn_local(async move {
            let found = match ask::search(state.locale, &keyword, page::category()).await {
                Ok(mut items) if keyword.trim().is_empty() => {
                    items.truncate(POPULAR);
                    Found::Popular(items)
                }
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

/// Asks for the price and goes to its page, or tells why there is none.
fn ask(state: State, form: HtmlFormElement) {
    if let Err(Failure::InvalidInput { fields }) = page::quote_form(&form).parse() {
        return state.told.set(Some(Told::invalid(state.locale, fields)));
    }
    state.pending.set(true);
    state.told.set(None);
    spawn_local(async move {
        let told = match ask::quote(state.locale, &form).await {
            Ok(id)
                if window().location().assign(&page::with_wishes(&format!("/quote/{id}"), &form)).is_ok() =>
            {
                return;
            }
            Ok(_) => Told::lost(state.locale),
            Err(told) => told,
        };
        state.pending.set(false);
        state.told.set(Some(told));
    });
}
