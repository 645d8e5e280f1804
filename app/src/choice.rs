//! A question with answers to tap.

use domain::Field;
use leptos::prelude::*;

/// A group of answers to one question, with the line that says what is wrong with it.
pub(crate) fn question(
    field: Field,
    title: &'static str,
    problem: impl IntoView,
    answers: impl IntoView,
) -> impl IntoView {
    view! {
        <fieldset
            id=field.name()
            class="question"
            tabindex="-1"
            aria-describedby=format!("{}-problem", field.name())
        >
            <legend>{title}</legend>
            {problem}
            {answers}
        </fieldset>
    }
}

/// One answer, as a card.
pub(crate) fn choice(
    name: &'static str,
    value: String,
    checked: bool,
    body: impl IntoView,
) -> impl IntoView {
    view! {
        <label class="choice">
            <input type="radio" name=name value=value checked=checked/>
            {body}
        </label>
    }
}
