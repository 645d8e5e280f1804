//! The form's screens: each has the questions of a step, and buttons to the next and the previous step. On a
//! wide page all screens are below each other, without these buttons.

use leptos::prelude::*;

use crate::shopper::step::Step;
use crate::words::{Locale, td_string};

/// The screen of a step. Its buttons are links to other steps, so they work without the wasm. While
/// `mending`, they lead back to the review.
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

/// The placeholder of the price while it is asked for: the same layout, in grey.
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
