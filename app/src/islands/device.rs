//! Which device: search, choose, then only the storage and memory it comes in.

use domain::{CatalogueItem, Category, Field, Term};
use leptos::either::Either;
use leptos::ev::MouseEvent;
use leptos::html::Input;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::form_data;
use super::problem::problem_line;
use super::search::{Found, searcher};
use super::state::State;
use crate::choice::{choice, question};
use crate::i18n::td_string;
use crate::icon::icon;
use crate::words;

/// What was answered of the device already.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Typed {
    /// The brand.
    pub brand: String,
    /// The model.
    pub model: String,
    /// The storage.
    pub storage: String,
    /// The memory.
    pub ram: String,
}

/// The question for the device, as long as none is chosen, and its storage and memory once
/// one is.
#[allow(unreachable_pub, reason = "the macro writes an inner copy with the same visibility")]
#[island]
pub fn DevicePicker(
    /// Where a browser without JavaScript gets the form with search results.
    page: String,
    /// What is answered already.
    typed: Typed,
    /// What was searched for.
    keyword: String,
    /// What that search found, or popular models for an empty keyword.
    found: Vec<CatalogueItem>,
    /// The model that is chosen.
    chosen: Option<CatalogueItem>,
) -> impl IntoView {
    let state = State::of_the_form();
    let found = RwSignal::new(Found::new(&keyword, found));
    let chosen = RwSignal::new(chosen);
    let field = NodeRef::<Input>::new();
    let search = searcher(state, field, found);

    // What was typed before this woke is searched for; so is, when the search is back
    // after another choice, whatever fits the category.
    let drawn = StoredValue::new(keyword.clone());
    Effect::new(move |woken: Option<()>| {
        let typed = field.get().map(|field| field.value());
        if typed.is_some_and(|typed| woken.is_some() || drawn.with_value(|drawn| *drawn != typed)) {
            search();
        }
    });
    // Another category means other models, and no longer the chosen one.
    Effect::new(move |before: Option<Option<Category>>| {
        let category = state.category.get();
        if before.is_some_and(|before| before != category) {
            let model = chosen.with_untracked(|item| item.as_ref().map(|item| item.device_type));
            match model {
                Some(_) if model == category => {}
                Some(_) => chosen.set(None),
                None => search(),
            }
        }
        category
    });

    let parts = StoredValue::new((page, typed, keyword));
    let choose = move |item: CatalogueItem| {
        if let Some(form) = field.get_untracked().and_then(|field| field.form()) {
            form_data::tick(&form, "device_type", item.device_type.word());
        }
        state.category.set(Some(item.device_type));
        chosen.set(Some(item));
    };
    move || {
        let (page, typed, keyword) = parts.get_value();
        match chosen.get() {
            Some(item) => {
                let change = move |event: MouseEvent| {
                    event.prevent_default();
                    chosen.set(None);
                };
                Either::Left(chosen_device(state, item, &typed, page, change))
            }
            None => Either::Right(view! {
                <fieldset class="question device" id="model" tabindex="-1">
                    <legend>{td_string!(state.locale, form.which)}</legend>
                    {search_field(state, field, keyword, page.clone(), search)}
                    <p class="status" role="status">{move || status(state, &found.get())}</p>
                    <ul class="results">{move || results(found.get(), &page, choose)}</ul>
                    {by_hand(state, &typed)}
                </fieldset>
            }),
        }
    }
}

fn chosen_device<C: FnMut(MouseEvent) + 'static>(
    state: State,
    item: CatalogueItem,
    typed: &Typed,
    page: String,
    change: C,
) -> impl IntoView + use<C> {
    let CatalogueItem { device_type, brand, model, storages, rams } = item;
    let locale = state.locale;
    let name = format!("{brand} {model}");
    view! {
        <div class="question device" id="model">
            <h2 class="legend">{td_string!(locale, form.chosen)}</h2>
            <p class="chosen">
                {icon("icon", device_type.code())} <strong>{name}</strong>
                <button class="quiet" name="change" value="1" formmethod="get" formaction=page formnovalidate on:click=change>
                    {td_string!(locale, form.change)}
                </button>
            </p>
            <input type="hidden" name="brand" value=brand/>
            <input type="hidden" name="model" value=model/>
        </div>
        {sizes(state, Field::Storage, words::storage(locale, device_type), storages, &typed.storage)}
        {(!rams.is_empty()).then(|| sizes(state, Field::Ram, words::field(locale, Field::Ram), rams, &typed.ram))}
    }
}

/// The sizes a model comes in; one alone is chosen already. Where the catalogue tells
/// none, the size is typed.
fn sizes(
    state: State,
    field: Field,
    title: &'static str,
    sizes: Vec<String>,
    typed: &str,
) -> impl IntoView + use<> {
    if sizes.is_empty() {
        return Either::Left(view! { <div class="question">{text_field(state, field, typed)}</div> });
    }
    let alone = sizes.len() == 1;
    let cards = sizes
        .into_iter()
        .map(|size| {
            let checked = alone || size == typed;
            choice(field.name(), size.clone(), checked, view! { <span class="choice-text">{size}</span> })
        })
        .collect_view();
    let cards = view! { <div class="choices sizes">{cards}</div> };
    Either::Right(question(field, title, problem_line(state, field), cards))
}

fn search_field(
    state: State,
    field: NodeRef<Input>,
    keyword: String,
    page: String,
    search: impl Fn() + Copy + 'static,
) -> impl IntoView {
    let locale = state.locale;
    view! {
        {problem_line(state, Field::Model)}
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
                node_ref=field
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

fn results<C: Fn(CatalogueItem) + Copy + Send + Sync + 'static>(
    found: Found,
    page: &str,
    choose: C,
) -> impl IntoView + use<C> {
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
            let page = page.to_owned();
            let choose = move |event: MouseEvent| {
                event.prevent_default();
                choose(item.clone());
            };
            view! {
                <li>
                    <button class="result" name="pick" value=pick formmethod="get" formaction=page formnovalidate on:click=choose>
                        {picture} <span>{label}</span>
                    </button>
                </li>
            }
        })
        .collect_view()
}

/// For what no search finds.
fn by_hand(state: State, typed: &Typed) -> impl IntoView + use<> {
    let fields = [
        (Field::Brand, &typed.brand),
        (Field::Model, &typed.model),
        (Field::Storage, &typed.storage),
        (Field::Ram, &typed.ram),
    ];
    let open = fields.iter().any(|(_, text)| !text.is_empty());
    let fields = fields.map(|(field, text)| text_field(state, field, text)).collect_view();
    view! {
        <details class="by-hand" open=open>
            <summary>{td_string!(state.locale, form.manual)}</summary>
            <div class="columns">{fields}</div>
        </details>
    }
}

/// A field to type into.
fn text_field(state: State, field: Field, typed: &str) -> impl IntoView + use<> {
    let id = format!("{}-text", field.name());
    // The model's problem stands above the search, where it is mended first.
    let problem = (field != Field::Model).then(|| problem_line(state, field));
    view! {
        <div class="field">
            <label for=id.clone()>{words::field(state.locale, field)}</label>
            {problem}
            <input
                id=id
                name=field.name()
                value=typed.to_owned()
                maxlength="100"
                autocomplete="off"
                aria-describedby=format!("{}-problem", field.name())
            />
        </div>
    }
}
