//! The form's screens: each holds the questions of a step and the ways on and back. On a
//! wide page they stand below each other, and only their questions are seen.

use leptos::prelude::*;

use crate::shopper::step::Step;
use crate::words::{Locale, td_string};

/// The screen of a step. Its buttons ask for other steps by address, so they work before the
/// wasm is there, and where it never comes. `mending` leads straight back to the review.
pub(super) fn screen<Q: IntoView>(
    locale: Locale,
    step: Step,
    mending: bool,
    questions: Q,
) -> impl IntoView + use<Q> {
    let button = |class: &'static str, to: Step, label: &'static str| {
        view! {
            <button class=class name="step" value=to.code() formmethod="get" formaction="?" formnovalidate>
                {label}
            </button>
        }
    };
    let to = |neighbour: Option<Step>| if mending { neighbour.map(|_| Step::Review) } else { neighbour };
    let back = to(step.before()).map(|to| button("quiet", to, td_string!(locale, form.back)));
    let on = to(step.after()).map(|to| button("primary", to, td_string!(locale, form.go_on)));
    view! {
        <section class=format!("step step-{}", step.code())>
            <header class="step-head" tabindex="-1">
                <progress max=Step::ALL.len().to_string() value=step.number().to_string() aria-hidden="true"></progress>
                <p>{step.progress(locale)}</p>
            </header>
            {questions}
            <div class="step-way">{back} {on}</div>
        </section>
    }
}

/// What stands where the price will be while it is asked for: the same layout, in grey.
pub(super) fn waiting() -> impl IntoView {
    let bones = |names: [&'static str; 4]| {
        names.map(|name| view! { <span class=format!("bone {name}")></span> }).collect_view()
    };
    let ways = [(); 3].map(|()| view! { <span class="bone way-bone"></span> }).collect_view();
    view! {
        <div class="waiting" aria-hidden="true">
            <div class="verdict">{bones(["short", "line", "amount-bone", "line"])}</div>
            <div class="ways">{ways}</div>
        </div>
    }
}
