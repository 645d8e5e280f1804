use domain::{Field, FunctionStatus, Quote, QuoteForm};
use leptos::prelude::*;

use crate::parts::frame::FrameFields;
use crate::shopper::answered::{Answered, answered};
use crate::shopper::form_query::FormQuery;
use crate::shopper::step::Step;
use crate::words::{Locale, td_string};

/// The shopper's answers about the device, each with a link to change it.
pub(super) fn answers(locale: Locale, quote: &Quote, frame: &FrameFields) -> impl IntoView + use<> {
    let form = quote.device.to_form();
    let rows = answered(locale, &form)
        .into_iter()
        .filter(|row| !row.answer.is_empty())
        .map(|Answered { question, answer, field }| {
            let link = FormQuery::new(&form, frame).mending(Step::of(field)).link();
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

/// The answers before the price is asked for, each with a button to change it. In the browser,
/// `islands::page` updates them from the elements that `data-answer` names.
pub(super) fn review(locale: Locale, form: &QuoteForm) -> impl IntoView + use<> {
    let unsaid = td_string!(locale, form.unsaid);
    let rows = answered(locale, form)
        .into_iter()
        .map(|Answered { question, answer, field }| {
            // The memory is asked for only with some devices.
            let optional = (field == Field::Ram).then_some("");
            let hidden = optional.is_some() && answer.is_empty();
            let answer = if answer.is_empty() { unsaid.to_owned() } else { answer };
            let joint = if field == Field::Model { " " } else { td_string!(locale, language.list) };
            let change = td_string!(locale, form.change_answer, question = question);
            view! {
                <div hidden=hidden>
                    <dt>{question}</dt>
                    <dd data-answer=holders(field) data-joint=joint data-unsaid=unsaid data-optional=optional>
                        {answer}
                    </dd>
                    <dd class="act">
                        <button
                            class="link"
                            name="mend"
                            value=Step::of(field).code()
                            formmethod="get"
                            formaction="?"
                            formnovalidate
                            aria-label=change
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

/// A selector for the elements that contain the answer to a field.
fn holders(field: Field) -> String {
    let name = field.name();
    match field {
        Field::Model => {
            ".chosen strong, .finder:not([hidden]) #brand-text, .finder:not([hidden]) #model-text".to_owned()
        }
        Field::FunctionStatus => {
            let (normal, faulty) = (FunctionStatus::NORMAL, FunctionStatus::FAULTY);
            format!(
                "[name={name}][value='{normal}']:checked, \
                 #{name}:has([value={faulty}]:checked) [name='faults[]']:checked"
            )
        }
        Field::DeviceType
        | Field::Brand
        | Field::Storage
        | Field::Ram
        | Field::Condition
        | Field::RepairHistory
        | Field::PurchaseChannel
        | Field::Keyword => format!("[name={name}]:checked, #{name}-size, #{name}-text:enabled"),
    }
}
