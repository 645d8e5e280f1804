use domain::{CatalogueItem, Category, Failure, Field, FieldError, QuoteForm};
use leptos::prelude::*;

use crate::{Locale, words};

/// What the form's parts share. The typed text itself stays in the page's own fields, so
/// that nothing typed before the island woke is lost.
#[derive(Clone, Copy)]
pub(super) struct State {
    pub(super) locale: Locale,
    pub(super) category: RwSignal<Option<Category>>,
    pub(super) chosen: RwSignal<Option<CatalogueItem>>,
    pub(super) trouble: RwSignal<Option<Trouble>>,
    pub(super) pending: RwSignal<bool>,
    /// The form as the server drew it.
    pub(super) drawn: StoredValue<QuoteForm>,
}

/// Why there is no price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// The browser has no network.
    Offline,
    /// The server said so, or the form itself.
    Failed(Failure),
}

impl State {
    /// The text with which the server drew `field`.
    pub(super) fn drawn(self, field: Field) -> String {
        self.drawn.with_value(|form| form.text(field).to_owned())
    }

    /// What is wrong with `field`, in the reader's words.
    pub(super) fn problem(self, field: Field) -> Option<String> {
        self.errors().into_iter().find(|error| error.field == field).map(|error| words::problem(self.locale, error))
    }

    /// The fields to mend.
    pub(super) fn errors(self) -> Vec<FieldError> {
        match self.trouble.get() {
            Some(Trouble::Failed(Failure::InvalidInput { fields })) => fields,
            _ => Vec::new(),
        }
    }
}

/// The line under a field's name that says what is wrong with it; nothing while it is right.
pub(super) fn problem_line(state: State, field: Field) -> impl IntoView {
    view! {
        <div id=format!("{}-problem", field.name()) class="problem">
            {move || state.problem(field)}
        </div>
    }
}

/// A group of answers to one question.
pub(super) fn question(
    state: State,
    field: Field,
    title: &'static str,
    answers: impl IntoView + 'static,
) -> impl IntoView {
    view! {
        <fieldset
            id=field.name()
            class="question"
            tabindex="-1"
            aria-describedby=format!("{}-problem", field.name())
            class:wrong=move || state.problem(field).is_some()
        >
            <legend>{title}</legend>
            {problem_line(state, field)}
            {answers}
        </fieldset>
    }
}

/// One answer to tap, as a card.
pub(super) fn choice(
    name: &'static str,
    value: String,
    checked: bool,
    body: impl IntoView + 'static,
) -> impl IntoView {
    view! {
        <label class="choice">
            <input type="radio" name=name value=value checked=checked/>
            {body}
        </label>
    }
}
