//! Moves between the screens of a narrow page. Each screen has an address, so that the browser's Back leads
//! to the previous one; the answers stay in the form.

use domain::QuoteForm;
use leptos::prelude::*;
use web_sys::{Element, HtmlFormElement};

use super::state::State;
use super::told::Told;
use super::{dom, page};
use crate::shopper::step::Step;

fn answers() -> Option<QuoteForm> {
    dom::find::<HtmlFormElement>("#tradein-form").map(|form| page::quote_form(&form))
}

/// Goes to a step, or to the first earlier step with wrong answers. After a single answer was changed from
/// the review, goes back to the review.
pub(super) fn go(state: State, to: Step) {
    let Some(answers) = answers() else { return };
    let to = if state.mending.get_untracked() { Step::Review } else { to };
    let (step, errors) = to.reach(&answers);
    if !errors.is_empty() {
        stay_at(state, step);
        return state.told.set(Some(Told::invalid(state.locale, errors)));
    }
    page::clear_problems();
    state.told.set(None);
    state.mending.set(false);
    if step != state.step.get_untracked() {
        page::remember_step(step, true);
    }
    show(state, step);
    focus_head(step);
}

fn focus_head(step: Step) {
    request_animation_frame(move || dom::focus(&format!(".step-{} .step-head", step.code())));
}

/// Shows the step where something must be corrected, without a new entry in the browser's history.
pub(super) fn stay_at(state: State, step: Step) {
    if step != state.step.get_untracked() {
        page::remember_step(step, false);
        show(state, step);
    }
}

/// Shows the field with the address `place`, such as `#storage`.
pub(super) fn show_field(state: State, place: &str) {
    let step = dom::find::<Element>(place).and_then(|field| page::step_around(&field));
    stay_at(state, step.unwrap_or_default());
    let place = place.to_owned();
    request_animation_frame(move || dom::focus(&place));
}

/// Follows the browser's Back and Forward.
pub(super) fn follow_history(state: State) {
    // Otherwise Back would lead to the first step.
    page::remember_step(state.step.get_untracked(), false);
    let followed = window_event_listener_untyped("popstate", move |_| {
        state.told.set(None);
        state.mending.set(false);
        let step = page::step_in_address();
        show(state, step);
        focus_head(step);
    });
    on_cleanup(move || followed.remove());
}

fn show(state: State, step: Step) {
    if step == Step::Review {
        page::read_back();
    }
    state.step.set(step);
}
