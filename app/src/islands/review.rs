use domain::QuoteForm;
use leptos::prelude::*;

use super::state::State;
use crate::Locale;
use crate::answers::{Answered, answered};
use crate::i18n::td_string;

/// All answers read back. Until the form is gone through awake, as the server read them.
#[allow(unreachable_pub, reason = "the macro writes an inner copy with the same visibility")]
#[island]
pub fn Review(
    /// The answers, as the server read them.
    children: Children,
) -> impl IntoView {
    let State { locale, answers, .. } = State::of_the_form();
    view! {
        <div hidden=move || answers.with(Option::is_some)>{children()}</div>
        {move || answers.with(|form| form.as_ref().map(|form| review_list(locale, form)))}
    }
}

/// The answers, each with a button to change it.
pub(crate) fn review_list(locale: Locale, form: &QuoteForm) -> impl IntoView + use<> {
    let rows = answered(locale, form)
        .into_iter()
        .map(|Answered { question, answer, step }| {
            let answer = if answer.is_empty() { td_string!(locale, form.unsaid).to_owned() } else { answer };
            view! {
                <div>
                    <dt>{question}</dt>
                    <dd>{answer}</dd>
                    <dd class="act">
                        <button
                            class="link"
                            name="mend"
                            value=step.code()
                            formmethod="get"
                            formaction="?"
                            formnovalidate
                            aria-label=td_string!(locale, form.change_answer, question = question)
                        >
                            {td_string!(locale, quote.edit)}
                        </button>
                    </dd>
                </div>
            }
        })
        .collect_view();
    view! { <dl class="answers">{rows}</dl> }
}
