//! Which device: search, choose, then only the storage and memory it comes in.

use domain::{CatalogueItem, Category, Field, Term};
use leptos::ev::MouseEvent;
use leptos::prelude::*;

use super::state::{State, choice, problem_line, question};
use crate::i18n::td_string;
use crate::icon::icon;

/// What a search brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// Nothing was searched for and nothing is popular.
    Nothing,
    /// A search is under way.
    Searching,
    /// Popular models, before anything was typed.
    Popular(Vec<CatalogueItem>),
    /// The answer to a keyword; empty when nothing fits.
    Items(Vec<CatalogueItem>),
}

/// The question for the device, as long as none is chosen, and its storage and memory
/// once one is.
pub(super) fn device(
    state: State,
    keyword: String,
    found: RwSignal<Found>,
    page: String,
    search: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let page = StoredValue::new(page);
    let keyword = StoredValue::new(keyword);
    move || match state.chosen.get() {
        Some(item) => {
            let change = move |event: MouseEvent| {
                event.prevent_default();
                state.chosen.set(None);
                search();
            };
            chosen(state, item, page.get_value(), change).into_any()
        }
        None => finder(state, keyword.get_value(), found, page.get_value(), search).into_any(),
    }
}

fn chosen(
    state: State,
    item: CatalogueItem,
    page: String,
    change: impl FnMut(MouseEvent) + 'static,
) -> impl IntoView {
    let CatalogueItem { device_type, brand, model, storages, rams } = item;
    let locale = state.locale;
    let storage_name = if device_type == Category::Camera {
        td_string!(locale, form.storage_camera)
    } else {
        td_string!(locale, form.storage)
    };
    view! {
        <div class="question device" id="model">
            <h2 class="legend">{td_string!(locale, form.chosen)}</h2>
            <p class="chosen">
                {icon("icon", device_type.code())}
                <strong>{brand.clone()} " " {model.clone()}</strong>
                <button class="quiet" name="change" value="1" formmethod="get" formaction=page formnovalidate on:click=change>
                    {td_string!(locale, form.change)}
                </button>
            </p>
            <input type="hidden" name="brand" value=brand/>
            <input type="hidden" name="model" value=model/>
        </div>
        {options(state, Field::Storage, storage_name, storages)}
        {(!rams.is_empty()).then(|| options(state, Field::Ram, td_string!(locale, form.ram), rams))}
    }
}

/// The sizes a model comes in; one alone is chosen already.
fn options(state: State, field: Field, title: &'static str, sizes: Vec<String>) -> impl IntoView {
    if sizes.is_empty() {
        return view! { <div class="question">{text_field(state, field)}</div> }.into_any();
    }
    let drawn = state.drawn(field);
    let alone = sizes.len() == 1;
    let cards = sizes
        .into_iter()
        .map(|size| {
            let checked = alone || size == drawn;
            choice(field.name(), size.clone(), checked, view! { <span class="choice-text">{size}</span> })
        })
        .collect_view();
    question(state, field, title, view! { <div class="choices sizes">{cards}</div> }).into_any()
}

fn finder(
    state: State,
    keyword: String,
    found: RwSignal<Found>,
    page: String,
    search: impl Fn() + Copy + 'static,
) -> impl IntoView {
    let locale = state.locale;
    let by_hand = [Field::Brand, Field::Model, Field::Storage, Field::Ram];
    let open = by_hand.iter().any(|field| !state.drawn(*field).is_empty());
    let target = page.clone();
    view! {
        <fieldset class="question device">
            <legend>{td_string!(locale, form.which)}</legend>
            <label for="keyword">{td_string!(locale, form.keyword)}</label>
            <p class="hint" id="keyword-hint">{td_string!(locale, form.keyword_hint)}</p>
            <div class="search" role="search">
                <input
                    id="keyword"
                    type="search"
                    name="keyword"
                    value=keyword
                    maxlength="100"
                    autocomplete="off"
                    enterkeyhint="search"
                    aria-describedby="keyword-hint"
                    on:input=move |_| search()
                />
                <button
                    class="quiet"
                    formmethod="get"
                    formaction=page
                    formnovalidate
                    on:click=move |event| {
                        event.prevent_default();
                        search();
                    }
                >
                    {td_string!(locale, form.find)}
                </button>
            </div>
            <p class="status" role="status">{move || status(state, &found.get())}</p>
            <ul class="results">{move || results(state, found.get(), &target)}</ul>
            <details class="by-hand" open=open>
                <summary>{td_string!(locale, form.manual)}</summary>
                <div class="columns">{by_hand.map(|field| text_field(state, field)).collect_view()}</div>
            </details>
        </fieldset>
    }
}

fn status(state: State, found: &Found) -> Option<String> {
    match found {
        Found::Nothing => None,
        Found::Searching => Some(td_string!(state.locale, form.searching).to_owned()),
        Found::Popular(_) => Some(td_string!(state.locale, form.popular).to_owned()),
        Found::Items(items) if items.is_empty() => Some(td_string!(state.locale, form.found_none).to_owned()),
        Found::Items(items) => Some(td_string!(state.locale, form.found, count = items.len().to_string())),
    }
}

fn results(state: State, found: Found, page: &str) -> impl IntoView + use<> {
    let items = match found {
        Found::Popular(items) | Found::Items(items) => items,
        Found::Nothing | Found::Searching => Vec::new(),
    };
    items
        .into_iter()
        .map(|item| {
            let pick = format!("{}/{}/{}", item.device_type.word(), item.brand, item.model);
            let label = format!("{} {}", item.brand, item.model);
            let picture = icon("icon", item.device_type.code());
            let choose = move |event: MouseEvent| {
                event.prevent_default();
                state.category.set(Some(item.device_type));
                state.chosen.set(Some(item.clone()));
            };
            view! {
                <li>
                    <button
                        class="result"
                        name="pick"
                        value=pick
                        formmethod="get"
                        formaction=page.to_owned()
                        formnovalidate
                        on:click=choose
                    >
                        {picture}
                        <span>{label}</span>
                    </button>
                </li>
            }
        })
        .collect_view()
}

/// A field to type into.
fn text_field(state: State, field: Field) -> impl IntoView {
    let id = format!("{}-text", field.name());
    view! {
        <div class="field" id=field.name()>
            <label for=id.clone()>{crate::words::field(state.locale, field)}</label>
            {problem_line(state, field)}
            <input
                id=id
                name=field.name()
                value=state.drawn(field)
                maxlength="100"
                autocomplete="off"
                aria-describedby=format!("{}-problem", field.name())
            />
        </div>
    }
}
