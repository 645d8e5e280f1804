//! The names of models that are not known yet: how many, how many calls it takes to look them up, and what was found.

use leptos::prelude::*;

use super::page::{DraftPage, FORM, ModelsPart};
use crate::words::failure::explain;
use crate::words::{Locale, batch_text, td_string};

pub(super) fn models(locale: Locale, page: &DraftPage) -> impl IntoView + use<> {
    let ModelsPart { counts, calls, failure, no_search } = &page.models;
    if counts.names == 0 || !page.mapping.missing().is_empty() {
        return None;
    }
    let is_found = counts.one + counts.several + counts.none > 0;
    let found = td_string!(
        locale,
        lists.names_found,
        one = counts.one.to_string(),
        several = counts.several.to_string(),
        none = counts.none.to_string()
    );
    let failed = failure.as_ref().map(|failure| {
        let explained = explain(locale, failure);
        let cause = format!("{} {}", explained.title, explained.next);
        let text = td_string!(locale, lists.look_up_failed, cause = cause.trim().to_owned());
        view! { <p class="problem" role="alert">{text}</p> }
    });
    let calls_in_words =
        |calls: usize| batch_text::call_count(locale, u32::try_from(calls).unwrap_or(u32::MAX));
    let unknown = match (counts.open, *calls) {
        (0, _) => td_string!(locale, lists.names_known).to_owned(),
        _ if *no_search => td_string!(locale, lists.no_search).to_owned(),
        (1, calls) => td_string!(locale, lists.name_unknown, calls = calls_in_words(calls)),
        (names, calls) => {
            td_string!(locale, lists.names_unknown, names = names.to_string(), calls = calls_in_words(calls))
        }
    };
    let press = (*calls > 0).then(|| {
        view! {
            <div class="presses">
                <button class="primary" form=FORM name="do" value="look-up">{td_string!(locale, lists.look_up)}</button>
            </div>
        }
    });
    Some(view! {
        <section class="card">
            <h2>{td_string!(locale, lists.models)}</h2>
            {is_found.then(|| view! { <p>{found}</p> })}
            {failed}
            <p class="hint">{unknown}</p>
            {press}
        </section>
    })
}

/// How far a look-up is.
pub(super) fn looking_up(locale: Locale, (done, all): (usize, usize)) -> impl IntoView + use<> {
    let text = td_string!(locale, lists.looking_up, done = done.to_string(), all = all.max(done).to_string());
    view! {
        <section class="card">
            <h2>{td_string!(locale, lists.models)}</h2>
            <p role="status">{text}</p>
        </section>
    }
}
