use domain::{Category, Failure, Term};
use leptos::ev::SubmitEvent;
use leptos::html::{Div, Form};
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::HtmlFormElement;

use super::form_data::Filled;
use super::state::State;
use super::summary::summary;
use crate::functions;
use crate::i18n::td_string;
use crate::refusal::Refusal;

/// The form that describes a device and asks what it is worth.
///
/// It is a plain form first: without JavaScript it posts, and the server draws the answer.
/// Awake, it checks before it asks, and keeps the page in place while it waits.
#[allow(unreachable_pub, reason = "the macro writes an inner copy with the same visibility")]
#[island]
pub fn Estimator(
    /// The language that the server chose.
    locale: String,
    /// The category that is chosen, by its word.
    category: String,
    /// Why there was no price.
    refusal: Option<Refusal>,
    /// The questions.
    children: Children,
) -> impl IntoView {
    let state = State::new(&locale, Category::find(&category), refusal);
    provide_context(state);
    let form_ref = NodeRef::<Form>::new();
    let summary_ref = NodeRef::<Div>::new();

    // What was chosen before this woke.
    Effect::new(move |_| {
        if let Some(form) = form_ref.get() {
            follow_category(state, &form);
        }
    });
    // A failure takes the focus, so that nobody has to look for it.
    Effect::new(move |woken: Option<()>| {
        let failed = state.refusal.with(Option::is_some);
        if let Some(place) = summary_ref.get().filter(|_| failed && woken.is_some()) {
            let _ = place.focus();
        }
    });

    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if let Some(form) = form_ref.get_untracked().filter(|_| !state.pending.get_untracked()) {
            ask(state, &form);
        }
    };
    let change = move |_| {
        if let Some(form) = form_ref.get_untracked() {
            follow_category(state, &form);
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
            on:change=change
        >
            {summary(state, summary_ref)}
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

fn follow_category(state: State, form: &HtmlFormElement) {
    let category = Category::find(&Filled::of(form).text("device_type"));
    if state.category.get_untracked() != category {
        state.category.set(category);
    }
}

/// Asks for the price and goes to its page, or tells why there is none.
fn ask(state: State, form: &HtmlFormElement) {
    let filled = Filled::of(form);
    let (form, frame) = (filled.quote_form(), filled.frame());
    let message = |text: &str| text.to_owned();
    if let Err(Failure::InvalidInput { fields }) = form.parse() {
        let (code, message) = (message("invalid_input"), message(td_string!(state.locale, failure.invalid_input)));
        return state.refusal.set(Some(Refusal { code, message, fields, ..Refusal::default() }));
    }
    state.pending.set(true);
    state.refusal.set(None);
    spawn_local(async move {
        let refusal = match functions::quote(form, frame.clone()).await {
            Ok(answer) => {
                let page = frame.link(&format!("/quote/{}", answer.id()));
                match window().location().assign(&page) {
                    Ok(()) => return,
                    Err(_) => Refusal::default(),
                }
            }
            Err(refusal) => refusal,
        };
        state.pending.set(false);
        state.refusal.set(Some(worded(state, refusal)));
    });
}

/// What got lost on the way has no words from the server.
fn worded(state: State, refusal: Refusal) -> Refusal {
    if !refusal.message.is_empty() {
        return refusal;
    }
    let locale = state.locale;
    let (message, next) = if window().navigator().on_line() {
        (td_string!(locale, failure.partner_unavailable), td_string!(locale, failure.partner_unavailable_next))
    } else {
        (td_string!(locale, failure.offline), td_string!(locale, failure.offline_next))
    };
    Refusal { message: message.to_owned(), next: next.to_owned(), ..refusal }
}
