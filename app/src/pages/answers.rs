use domain::Quote;
use leptos::prelude::*;

use crate::Locale;
use crate::answers::{Answered, answered};
use crate::form_query::FormQuery;
use crate::frame::FrameFields;
use crate::i18n::td_string;

/// What the shopper said of the device, each answer with the way to change it.
pub(super) fn answers(locale: Locale, quote: &Quote, frame: &FrameFields) -> impl IntoView + use<> {
    let form = quote.device.to_form();
    let rows = answered(locale, &form)
        .into_iter()
        .filter(|row| !row.answer.is_empty())
        .map(|Answered { question, answer, step }| {
            let link = FormQuery::new(&form, frame).mending(step).link();
            let change = td_string!(locale, form.change_answer, question = question);
            view! {
                <div>
                    <dt>{question}</dt>
                    <dd>{answer}</dd>
                    <dd class="act"><a href=link aria-label=change>{td_string!(locale, quote.edit)}</a></dd>
                </div>
            }
        })
        .collect_view();
    view! {
        <section>
            <h2>{td_string!(locale, quote.your_answers)}</h2>
            <dl class="answers">{rows}</dl>
        </section>
    }
}
