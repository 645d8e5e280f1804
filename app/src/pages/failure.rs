//! The page for what is not there or did not work.

use domain::Failure;
use leptos::prelude::*;

use super::masthead;
use crate::document::{News, Setting, draw};
use crate::i18n::td_string;
use crate::icon::icon;
use crate::refusal::{Explanation, Refusal, explain};

/// Draws the page of a failure, with `way_out`, an address to go on at.
pub fn draw_page(setting: &Setting, failure: &Failure, way_out: String) -> String {
    draw_explained(setting, failure, explain(setting.locale, failure), way_out)
}

/// The same, with words of its own.
pub fn draw_explained(
    setting: &Setting,
    failure: &Failure,
    explanation: Explanation,
    way_out: String,
) -> String {
    let locale = setting.locale;
    let news = News::Refusal(Refusal::new(locale, failure).explained(explanation.clone()));
    let Explanation { title, next } = explanation;
    let label =
        if way_out == "/" { td_string!(locale, failure.home) } else { td_string!(locale, failure.new_quote) };
    let heading = title.clone();
    draw(setting, &title, &news, || {
        view! {
            {masthead(setting)}
            <main class="page failure" data-code=failure.code()>
                {icon("picture", "lost")}
                <h1>{heading}</h1>
                <p>{next}</p>
                <p><a class="primary" href=way_out>{label}</a></p>
            </main>
        }
    })
}
