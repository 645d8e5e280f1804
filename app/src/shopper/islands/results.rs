use domain::{CatalogueItem, Term};
use leptos::prelude::*;

use super::page::SEPARATOR;
use super::state::{Found, State};
use crate::parts::icon::icon;
use crate::words::{self, Locale, td_string};

/// How many popular models are shown: few enough to be read at a glance.
const POPULAR: usize = 8;

/// The result of a search. Until the first search ends, what the server found.
#[allow(unreachable_pub, reason = "the macro writes an inner copy with the same visibility")]
#[island]
pub fn Results(
    /// What the server found.
    children: Children,
) -> impl IntoView {
    let State { locale, found, .. } = State::of_the_form();
    let status = move || match found.get()? {
        Found::Searching => Some(td_string!(locale, form.searching).to_owned()),
        Found::TooShort => Some(words::keyword_short(locale).to_owned()),
        Found::Popular(_) => Some(td_string!(locale, form.popular).to_owned()),
        Found::Failed(told) => Some(format!("{} · {}", told.message, told.next)),
        Found::Items(items) | Found::Nearest(items) if items.is_empty() => {
            Some(td_string!(locale, form.found_none).to_owned())
        }
        Found::Nearest(_) => Some(td_string!(locale, form.nearest).to_owned()),
        Found::Items(items) => Some(td_string!(locale, form.found, count = items.len().to_string())),
    };
    let list = move || match found.get()? {
        Found::Popular(items) => Some(result_list(locale, &items, true)),
        Found::Items(items) | Found::Nearest(items) => Some(result_list(locale, &items, false)),
        Found::Searching | Found::TooShort | Found::Failed(_) => None,
    };
    view! {
        <p
            class="status"
            role="status"
            data-searching=move || found.with(|found| *found == Some(Found::Searching)).then_some("")
        >
            {status}
        </p>
        <div hidden=move || found.with(Option::is_some)>{children()}</div>
        {list}
    }
}

/// Models to pick, each with its sizes. Of popular models only a few are shown.
pub(crate) fn result_list(locale: Locale, items: &[CatalogueItem], popular: bool) -> impl IntoView + use<> {
    let shown = if popular { items.len().min(POPULAR) } else { items.len() };
    let buttons = items[..shown].iter().map(|item| result(locale, item)).collect_view();
    view! { <ul class="results">{buttons}</ul> }
}

fn result(locale: Locale, item: &CatalogueItem) -> impl IntoView + use<> {
    let pick = format!("{}/{}/{}", item.device_type.word(), item.brand, item.model);
    let sizes = |sizes: &[String]| sizes.join(&SEPARATOR.to_string());
    view! {
        <li>
            <button
                class="result"
                name="pick"
                value=pick
                data-storages=sizes(&item.storages)
                data-rams=sizes(&item.rams)
                formaction="?"
                formnovalidate
            >
                {icon("icon", item.device_type.code())}
                <span>{words::device(locale, &item.brand, &item.model)}</span>
            </button>
        </li>
    }
}
