use domain::{CatalogueItem, Field};
use leptos::prelude::*;

use crate::shopper::brands::brand_list;
use crate::shopper::choice::{problem_line, text_field};
use crate::shopper::islands::{Answer, Chosen, Results, chosen_device, result_list};
use crate::shopper::questions::Draft;
use crate::words::td_string;

/// The result of a search.
#[derive(Clone, Debug, Default)]
pub struct Search {
    /// What was searched for.
    pub keyword: String,
    /// The models found, or popular models for an empty keyword; `None` if there is no answer.
    pub found: Option<Vec<CatalogueItem>>,
    /// Whether these are models similar to one that the partner does not know.
    pub nearest: bool,
    /// Whether the keyword is a model's name that came with the form, from the shop's page or a saved
    /// address, and was not searched for yet.
    pub from_form: bool,
    /// Popular models of all kinds, as far as they are known. Their brands are offered for the search.
    pub popular: Vec<CatalogueItem>,
}

/// The question for the device: first the search and the choice, then only the storage and memory that the
/// model comes in. Hidden fields are disabled too, so they are not sent.
pub(super) fn device(draft: &Draft<'_>, search: Search, chosen: Option<CatalogueItem>) -> AnyView {
    let Draft { locale, form, .. } = *draft;
    let searching = chosen.is_none();
    let answer = |field| Answer { text: form.text(field), problem: draft.problem(field) };
    let drawn = chosen.map(|item| {
        view! { <div class="as-drawn">{chosen_device(locale, item, &answer)}</div> }
    });
    let Search { keyword, found, nearest, from_form, popular: offered } = search;
    let popular = keyword.trim().is_empty() && !nearest;
    // In the browser, the form asks for these by itself, once.
    let unasked = searching && found.is_none() && (popular || from_form) && draft.report.is_none();
    let status = match (popular, found.as_ref().map(Vec::len)) {
        // Why a search has no answer is shown at the top of the form.
        (false, None) if draft.report.is_none() => td_string!(locale, form.search_again).to_owned(),
        (_, None) | (true, Some(0)) => String::new(),
        (true, _) => td_string!(locale, form.popular).to_owned(),
        (false, Some(0)) => td_string!(locale, form.found_none).to_owned(),
        (false, _) if nearest => td_string!(locale, form.nearest).to_owned(),
        (false, Some(count)) => td_string!(locale, form.found, count = count.to_string()),
    };
    let results = result_list(locale, &found.unwrap_or_default(), popular);
    view! {
        <fieldset
            class="question device finder"
            id="model"
            tabindex="-1"
            hidden=!searching
            disabled=!searching
            data-unasked=unasked.then_some("")
        >
            <legend>{td_string!(locale, form.which)}</legend>
            {problem_line("model", Field::Model, draft.problem(Field::Model))}
            <label for="keyword">{td_string!(locale, form.keyword)}</label>
            <p class="hint" id="keyword-hint">{td_string!(locale, form.keyword_hint)}</p>
            {problem_line("keyword", Field::Keyword, draft.problem(Field::Keyword))}
            <div class="search" role="search">
                <input
                    id="keyword"
                    type="search"
                    name="keyword"
                    value=keyword
                    maxlength="100"
                    autocomplete="off"
                    enterkeyhint="search"
                    aria-describedby="keyword-hint keyword-problem"
                />
                <button class="quiet" name="find" value="1" formaction="?" formnovalidate>
                    {td_string!(locale, form.find)}
                </button>
            </div>
            {(!offered.is_empty()).then(|| brand_list(locale, &offered))}
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

/// The placeholder of a search's results.
fn bones() -> impl IntoView {
    let bones = [(); 4].map(|()| view! { <li class="bone result-bone"></li> }).collect_view();
    view! { <ul class="results bones" aria-hidden="true">{bones}</ul> }
}

/// Text fields for a model that no search finds.
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
