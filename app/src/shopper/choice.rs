//! A question with answers to tap, or a field to type into.

use domain::Field;
use leptos::prelude::*;

use crate::words::{self, Locale};

/// A group of answers to one question, with what is wrong with the answer.
pub(crate) fn question<A: IntoView>(
    field: Field,
    title: &'static str,
    problem: &str,
    answers: A,
) -> impl IntoView + use<A> {
    view! {
        <fieldset
            id=field.name()
            class="question"
            tabindex="-1"
            aria-describedby=format!("{}-problem", field.name())
        >
            <legend>{title}</legend>
            {problem_line(field.name(), field, problem)}
            {answers}
        </fieldset>
    }
}

/// The line that says what is wrong with the answer in `id`; empty while nothing is.
pub(crate) fn problem_line(id: &str, field: Field, problem: &str) -> impl IntoView + use<> {
    // No text at all, or the line would not count as empty.
    let problem = (!problem.is_empty()).then(|| problem.to_owned());
    view! { <div id=format!("{id}-problem") class="problem" data-field=field.name()>{problem}</div> }
}

/// One answer, as a card.
pub(crate) fn choice(name: &'static str, value: String, checked: bool, body: impl IntoView) -> impl IntoView {
    view! {
        <label class="choice">
            <input type="radio" name=name value=value checked=checked/>
            {body}
        </label>
    }
}

/// A field to type into, with `id`.
pub(crate) fn text_field(
    locale: Locale,
    field: Field,
    id: String,
    typed: &str,
    problem: &str,
) -> impl IntoView + use<> {
    view! {
        <div class="field">
            <label for=id.clone()>{words::field(locale, field)}</label>
            {problem_line(&id, field, problem)}
            <input
                id=id.clone()
                name=field.name()
                value=typed.to_owned()
                maxlength="100"
                autocomplete="off"
                aria-describedby=format!("{id}-problem")
            />
        </div>
    }
}
