use domain::{CatalogueItem, Category, Field, Term};
use leptos::prelude::*;

use super::questions::Draft;
use crate::choice::{problem_line, text_field};
use crate::i18n::td_string;
use crate::islands::{Answer, Chosen, Results, chosen_device, result_list};
use crate::{Locale, words};

/// What a search brought.
#[derive(Clone, Debug, Default)]
pub struct Search {
    /// What was searched for.
    pub keyword: String,
    /// What fits, or popular models for an empty keyword; `None` when there was no answer.
    pub found: Option<Vec<CatalogueItem>>,
    /// Whether these are only the nearest to a model that nobody knows.
    pub nearest: bool,
    /// Brands to search by, each with the categories that it is popular in.
    pub brands: Vec<(String, Vec<Category>)>,
}

/// The question for the device: search and choose, then only the storage and memory it
/// comes in. What is hidden is disabled too, and so is not sent.
pub(super) fn device(draft: &Draft<'_>, search: Search, chosen: Option<CatalogueItem>) -> AnyView {
    let Draft { locale, form, .. } = *draft;
    let searching = chosen.is_none();
    let answer = |field| Answer { text: form.text(field), problem: draft.problem(field) };
    let drawn = chosen.map(|item| {
        view! { <div class="as-drawn">{chosen_device(locale, item, &answer)}</div> }
    });
    let Search { keyword, found, nearest, brands: offered } = search;
    let popular = keyword.trim().is_empty() && !nearest;
    let status = match (popular, found.as_ref().map(Vec::len)) {
        // Why a search has no answer stands at the top of the form.
        (_, None) | (true, Some(0)) => String::new(),
        (true, _) => td_string!(locale, form.popular).to_owned(),
        (false, Some(0)) => td_string!(locale, form.found_none).to_owned(),
        (false, _) if nearest => td_string!(locale, form.nearest).to_owned(),
        (false, Some(count)) => td_string!(locale, form.found, count = count.to_string()),
    };
    let results = result_list(locale, &found.unwrap_or_default(), popular);
    view! {
        <fieldset class="question device finder" id="model" tabindex="-1" hidden=!searching disabled=!searching>
            <legend>{td_string!(locale, form.which)}</legend>
            {problem_line("model", Field::Model, draft.problem(Field::Model))}
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
                />
                <button class="quiet" name="find" value="1" formmethod="get" formaction="?" formnovalidate>
                    {td_string!(locale, form.find)}
                </button>
            </div>
            {brands(locale, offered)}
            <Results>
                <p class="drawn-status">{status}</p>
                {results}
            </Results>
            {bones()}
            {by_hand(draft)}
        </fieldset>
        {drawn}
        <Chosen/>
    }
    .into_any()
}

/// Brands to search by; as plain buttons they stand for a keyword. Those of other
/// categories than the chosen one are hidden by style alone.
fn brands(locale: Locale, brands: Vec<(String, Vec<Category>)>) -> impl IntoView {
    let buttons = brands
        .into_iter()
        .map(|(brand, categories)| {
            let fits: Vec<&str> = categories.into_iter().map(Term::code).collect();
            let name = words::brand(locale, &brand).to_owned();
            view! {
                <li data-fits=fits.join(" ")>
                    <button class="chip" name="keyword" value=brand formmethod="get" formaction="?" formnovalidate>
                        {name}
                    </button>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="brands">{buttons}</ul> }
}

/// Where the results of a search will be.
fn bones() -> impl IntoView {
    let bones = [(); 4].map(|()| view! { <li class="bone result-bone"></li> }).collect_view();
    view! { <ul class="results bones" aria-hidden="true">{bones}</ul> }
}

/// For what no search finds.
fn by_hand(draft: &Draft<'_>) -> impl IntoView + use<> {
    let fields = [Field::Brand, Field::Model, Field::Storage, Field::Ram];
    let open =
        fields.iter().any(|field| !draft.form.text(*field).is_empty() || !draft.problem(*field).is_empty());
    let fields = fields
        .map(|field| {
            let id = format!("{}-text", field.name());
            text_field(draft.locale, field, id, draft.form.text(field), draft.problem(field))
        })
        .collect_view();
    view! {
        <details class="by-hand" open=open>
            <summary>{td_string!(draft.locale, form.manual)}</summary>
            <div class="columns">{fields}</div>
        </details>
    }
}
