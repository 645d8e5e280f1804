//! How the device looks, what works, and what happened to it.

use domain::{
    Category, ChannelKind, FaultKind, Field, FunctionStatus, Grade, PurchaseChannel, RepairHistory, RepairKind,
    Term,
};
use leptos::prelude::*;

use super::state::{State, choice, question};
use crate::i18n::td_string;
use crate::icon::icon;
use crate::words;

/// The grades, told by what can be seen.
pub(super) fn grades(state: State) -> impl IntoView {
    let drawn = Grade::find(&state.drawn(Field::Condition));
    let cards = Grade::ALL
        .iter()
        .map(|grade| {
            let body = view! {
                {icon("grade-picture", grade.code())}
                <span class="choice-text">
                    <strong>{words::grade(state.locale, *grade)}</strong>
                    <small>{words::grade_hint(state.locale, *grade)}</small>
                </span>
            };
            choice("condition", grade.word().to_owned(), drawn == Some(*grade), body)
        })
        .collect_view();
    let cards = view! { <div class="choices rows">{cards}</div> };
    question(state, Field::Condition, td_string!(state.locale, form.condition), cards)
}

/// Whether everything works and, if not, what does not. The list of faults shows, by
/// style alone, once "something does not work" is chosen.
pub(super) fn function(state: State) -> impl IntoView {
    let status = state.drawn(Field::FunctionStatus);
    let named = state.drawn.with_value(|form| form.faults.clone());
    let parsed = FunctionStatus::parse(&status, named.iter().map(String::as_str)).ok();
    let normal = parsed.as_ref().is_some_and(FunctionStatus::is_normal);
    let faulty = !normal && (parsed.is_some() || status == FunctionStatus::FAULTY);
    let ticked: Vec<FaultKind> =
        parsed.iter().flat_map(|status| status.faults()).filter_map(|fault| fault.kind()).collect();

    let answer = |title: &'static str, hint: &'static str| {
        view! {
            <span class="choice-text"><strong>{title}</strong><small>{hint}</small></span>
        }
    };
    let locale = state.locale;
    let works = answer(td_string!(locale, form.all_works), td_string!(locale, form.all_works_hint));
    let broken = answer(td_string!(locale, form.some_broken), td_string!(locale, form.some_broken_hint));
    let faults = FaultKind::ALL
        .iter()
        .map(|kind| {
            let kind = *kind;
            let absent = move || state.category.get().is_some_and(|category| !kind.applies_to(category));
            view! {
                <label class="choice check" hidden=absent>
                    <input type="checkbox" name="faults[]" value=kind.code() checked=ticked.contains(&kind) disabled=absent/>
                    <span class="choice-text">{words::fault(locale, kind)}</span>
                </label>
            }
        })
        .collect_view();
    let answers = view! {
        <div class="choices rows">
            {choice("function_status", FunctionStatus::NORMAL.to_owned(), normal, works)}
            {choice("function_status", FunctionStatus::FAULTY.to_owned(), faulty, broken)}
        </div>
        <fieldset class="faults">
            <legend>{td_string!(locale, form.faults)}</legend>
            <div class="choices">{faults}</div>
        </fieldset>
    };
    question(state, Field::FunctionStatus, td_string!(locale, form.function), answers)
}

/// Repairs and place of purchase, which need no answer.
pub(super) fn history(state: State) -> impl IntoView {
    let locale = state.locale;
    let repairs = RepairHistory::listed()
        .map(|kind| (RepairKind::word(kind), words::repair(locale, kind)))
        .collect();
    let channels = PurchaseChannel::listed()
        .map(|kind| (ChannelKind::word(kind), words::channel(locale, kind)))
        .collect();
    let repair = RepairHistory::parse(&state.drawn(Field::RepairHistory)).map(|it| it.word().to_owned());
    let channel = PurchaseChannel::parse(&state.drawn(Field::PurchaseChannel)).map(|it| it.word().to_owned());
    let open = repair.is_ok() || channel.is_ok();
    view! {
        <details class="more" open=open>
            <summary>{td_string!(locale, form.more)}</summary>
            <div class="columns">
                {select(state, Field::RepairHistory, repairs, repair.unwrap_or_default())}
                {select(state, Field::PurchaseChannel, channels, channel.unwrap_or_default())}
            </div>
        </details>
    }
}

/// A list to choose from. A text of the shop's own, which no word of the list says, is
/// kept as a choice of its own.
fn select(
    state: State,
    field: Field,
    mut words: Vec<(&'static str, &'static str)>,
    drawn: String,
) -> impl IntoView {
    let own = (!drawn.is_empty() && words.iter().all(|(word, _)| *word != drawn)).then(|| drawn.clone());
    words.insert(0, ("", td_string!(state.locale, form.unsaid)));
    let options = words
        .into_iter()
        .map(|(value, label)| view! { <option value=value selected=value == drawn>{label}</option> })
        .collect_view();
    view! {
        <div class="field" id=field.name()>
            <label for=format!("{}-select", field.name())>{words::field(state.locale, field)}</label>
            <select id=format!("{}-select", field.name()) name=field.name()>
                {options}
                {own.map(|text| {
                    let value = text.clone();
                    view! { <option value=value selected=true>{text}</option> }
                })}
            </select>
        </div>
    }
}

/// The categories, as pictures to tap.
pub(super) fn categories(state: State) -> impl IntoView {
    let drawn = Category::find(&state.drawn(Field::DeviceType));
    let cards = Category::ALL
        .iter()
        .map(|category| {
            let body = view! {
                {icon("icon", category.code())}
                <span class="choice-text">{words::category(state.locale, *category)}</span>
            };
            choice("device_type", category.word().to_owned(), drawn == Some(*category), body)
        })
        .collect_view();
    let cards = view! { <div class="choices tiles">{cards}</div> };
    question(state, Field::DeviceType, td_string!(state.locale, form.category), cards)
}
