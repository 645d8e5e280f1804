use domain::{CatalogueItem, Field, Term};
use leptos::either::Either;
use leptos::prelude::*;

use super::state::State;
use crate::parts::icon::icon;
use crate::shopper::choice::{choice, question, text_field};
use crate::words::{self, Locale, td_string};

/// The device that was chosen after the page was drawn, and the sizes it comes in.
#[allow(unreachable_pub, reason = "the macro writes an inner copy with the same visibility")]
#[island]
pub fn Chosen() -> impl IntoView {
    let State { locale, chosen, .. } = State::of_the_form();
    move || chosen.get().map(|item| chosen_device(locale, item, &|_| Answer::default()))
}

/// An answer so far, and what is wrong with it.
#[derive(Default)]
pub(crate) struct Answer<'a> {
    pub(crate) text: &'a str,
    pub(crate) problem: &'a str,
}

/// A chosen device, with the question which of its sizes it is.
pub(crate) fn chosen_device<'a>(
    locale: Locale,
    item: CatalogueItem,
    answer: &dyn Fn(Field) -> Answer<'a>,
) -> impl IntoView + use<> {
    let CatalogueItem { device_type, brand, model, storages, rams } = item;
    let name = words::device(locale, &brand, &model);
    view! {
        <div class="question device">
            <h2 class="legend">{td_string!(locale, form.chosen)}</h2>
            <div class="chosen" tabindex="-1">
                {icon("icon", device_type.code())} <strong>{name}</strong>
                <button class="quiet" name="change" value="1" formmethod="get" formaction="?" formnovalidate>
                    {td_string!(locale, form.change)}
                </button>
            </div>
            <input type="hidden" name="brand" value=brand/>
            <input type="hidden" name="model" value=model/>
        </div>
        {sizes(locale, Field::Storage, words::storage(locale, device_type), storages, &answer(Field::Storage))}
        {(!rams.is_empty()).then(|| sizes(locale, Field::Ram, words::field(locale, Field::Ram), rams, &answer(Field::Ram)))}
    }
}

/// The sizes of a model to choose from. A single size is already chosen. If the catalogue has none, the size
/// is typed.
fn sizes(
    locale: Locale,
    field: Field,
    title: &'static str,
    sizes: Vec<String>,
    answer: &Answer<'_>,
) -> impl IntoView + use<> {
    if sizes.is_empty() {
        return Either::Left(view! {
            <div class="question" id=field.name() tabindex="-1">
                {text_field(locale, field, format!("{}-size", field.name()), answer.text, answer.problem)}
            </div>
        });
    }
    let alone = sizes.len() == 1;
    let cards = sizes
        .into_iter()
        .map(|size| {
            let checked = alone || size == answer.text;
            choice(field.name(), size.clone(), checked, view! { <span class="choice-text">{size}</span> })
        })
        .collect_view();
    Either::Right(question(field, title, answer.problem, view! { <div class="choices sizes">{cards}</div> }))
}
