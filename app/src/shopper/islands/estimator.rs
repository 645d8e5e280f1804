use domain::{Failure, Field};
use leptos::ev::{Event, MouseEvent, SubmitEvent};
use leptos::html::{Div, Form};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;
use web_sys::{HtmlFormElement, HtmlInputElement};

use super::asking::Asking;
use super::search::{Searcher, choose, search_nearest, searcher};
use super::state::State;
use super::told::Told;
use super::{ask, dom, page, walk};
use crate::shopper::step::Step;
use crate::words::td_string;

/// An answer that comes within this time is shown without a waiting page before it.
const AT_ONCE: Duration = Duration::from_millis(100);
/// After this time, the waiting page says that it takes longer than usual.
const USUAL: Duration = Duration::from_secs(3);

/// The form that describes a device and asks for its price.
///
/// Without JavaScript it is a plain form, and the server draws the answer. With this island it searches while
/// the shopper types, changes the screen in place, checks the answers before it asks, and keeps the page
/// while it waits.
#[allow(unreachable_pub, reason = "the macro writes an inner copy with the same visibility")]
#[island]
pub fn Estimator(
    /// The questions, as the server drew them.
    children: Children,
) -> impl IntoView {
    let state = State::new(page::language(), page::as_drawn());
    provide_context(state);
    let form_ref = NodeRef::<Form>::new();
    let summary_ref = NodeRef::<Div>::new();
    let search = searcher(state);

    Effect::new(move |_| {
        // Searches for what was typed before this started, and for what the server did not know.
        if page::is_unasked()
            || dom::find::<HtmlInputElement>("#keyword")
                .is_some_and(|field| field.value() != field.default_value())
        {
            search();
        }
        walk::follow_history(state);
        // A page that returns from the browser's cache waits for no answer.
        let left = window_event_listener_untyped("pagehide", move |_| state.asking.set(Asking::Not));
        on_cleanup(move || left.remove());
    });
    Effect::new(move |_| tell(state.told.get().as_ref(), summary_ref));

    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if let Some(form) = form_ref.get_untracked().filter(|_| state.asking.get_untracked() == Asking::Not) {
            ask(state, form);
        }
    };
    let locale = state.locale;
    view! {
        <form
            id="tradein-form"
            class="estimate"
            method="post"
            action="/api/fn/quote"
            novalidate
            data-step=move || state.step.get().code()
            data-waiting=move || (state.asking.get() >= Asking::Waiting).then_some("")
            node_ref=form_ref
            on:submit=submit
            on:input=move |event| typed(&event, search)
            on:change=move |event| changed(state, &event, search)
            on:click=move |event| clicked(state, &event, search)
        >
            <p class="waiting-text" role="status" tabindex="-1">
                {move || match state.asking.get() {
                    Asking::Not | Asking::Asked => None,
                    Asking::Waiting => Some(td_string!(locale, form.pending)),
                    Asking::Long => Some(td_string!(locale, form.pending_long)),
                }}
            </p>
            {move || state.told.get().map(|told| summary(told, summary_ref))}
            {children()}
            <div class="submit">
                <button class="primary">{td_string!(locale, form.submit)}</button>
                <p class="hint">{td_string!(locale, form.privacy)}</p>
            </div>
        </form>
    }
}

/// What went wrong, at the top of the form, with a link to each field to fix.
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

/// Shows what is wrong beside each field, and moves the focus to the summary.
fn tell(told: Option<&Told>, summary: NodeRef<Div>) {
    let Some(told) = told else { return };
    page::tell_host(&told.code, &told.message);
    // Removes the messages that the server drew.
    dom::each(".as-told", |old| old.remove());
    for field in Field::OF_A_DEVICE.into_iter().chain([Field::Keyword]) {
        let problem = Some(told.of(field));
        dom::each(&format!(".problem[data-field={}]", field.name()), |line| line.set_text_content(problem));
    }
    if let Some(place) = summary.get() {
        let _ = place.focus();
    }
}

fn typed(event: &Event, search: impl Searcher) {
    if dom::touched(event, "#keyword").is_some() {
        search();
    }
}

/// If the category changes, the chosen model no longer fits, and other models are searched for.
fn changed(state: State, event: &Event, search: impl Searcher) {
    if dom::touched(event, "[name=device_type]").is_some() {
        let chosen = state.chosen.with_untracked(|item| item.as_ref().map(|item| item.device_type));
        if chosen.is_none() || chosen != page::category() {
            if page::has_chosen() {
                page::forget_device(true);
            }
            state.chosen.set(None);
            page::show_search(true);
            search();
        }
    }
}

fn clicked(state: State, event: &MouseEvent, search: impl Searcher) {
    if let Some(place) = dom::touched(event, ".summary a").and_then(|link| link.get_attribute("href")) {
        event.prevent_default();
        return walk::show_field(state, &place);
    }
    let Some(button) = dom::touched(event, "button[name]") else { return };
    let value = button.get_attribute("value").unwrap_or_default();
    match button.get_attribute("name").as_deref() {
        Some("find") => search(),
        Some("keyword") => {
            if let Some(field) = dom::find::<HtmlInputElement>("#keyword") {
                field.set_value(&button.text_content().unwrap_or(value));
            }
            search();
        }
        Some("pick") => {
            let Some(item) = page::item(&button) else { return };
            choose(state, item);
            request_animation_frame(|| dom::focus(".chosen"));
        }
        Some("change") => {
            state.chosen.set(None);
            page::forget_device(false);
            page::show_search(true);
            dom::focus("#keyword");
            search();
        }
        Some("step") => walk::go(state, Step::find(&value).unwrap_or_default()),
        Some("mend") => {
            walk::go(state, Step::find(&value).unwrap_or_default());
            state.mending.set(true);
        }
        _ => return,
    }
    event.prevent_default();
}

/// Asks for the price and goes to its page, or shows why there is none.
fn ask(state: State, form: HtmlFormElement) {
    let answers = page::quote_form(&form);
    if let Err(Failure::InvalidInput { fields }) = answers.parse() {
        let open = fields.iter().map(|error| Step::of(error.field)).min().unwrap_or_default();
        walk::stay_at(state, open);
        return state.told.set(Some(Told::invalid(state.locale, fields)));
    }
    state.asking.set(Asking::Asked);
    state.told.set(None);
    set_timeout(
        move || {
            if still(state, Asking::Asked, Asking::Waiting) {
                request_animation_frame(|| dom::focus(".waiting-text"));
            }
        },
        AT_ONCE,
    );
    set_timeout(move || _ = still(state, Asking::Waiting, Asking::Long), USUAL);
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
        state.asking.set(Asking::Not);
        if told.code == "model_unknown" {
            walk::stay_at(state, Step::Device);
            search_nearest(state, answers);
        }
        state.told.set(Some(told));
    });
}

/// Changes to `next` if the state is still `now`: the shopper may have left the page and come back meanwhile.
fn still(state: State, now: Asking, next: Asking) -> bool {
    let so = state.asking.get_untracked() == now;
    if so {
        state.asking.set(next);
    }
    so
}
