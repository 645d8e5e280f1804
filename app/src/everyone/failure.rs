//! The page of a failure, such as an unknown address.

use domain::Failure;
use leptos::prelude::*;

use crate::parts::document::{News, Setting, draw};
use crate::parts::failure_report::FailureReport;
use crate::parts::icon::icon;
use crate::parts::masthead::masthead;
use crate::words::failure::{Explanation, explain};
use crate::words::td_string;

/// Draws the page of a failure, with a link to the address `way_out`.
pub fn draw_page(setting: &Setting, failure: &Failure, way_out: String) -> String {
    draw_explained(setting, failure, explain(setting.locale, failure), way_out)
}

/// Draws the page of a failure with another explanation.
pub fn draw_explained(
    setting: &Setting,
    failure: &Failure,
    explanation: Explanation,
    way_out: String,
) -> String {
    let locale = setting.locale;
    let news = News::Failure(FailureReport::new(locale, failure).explained(explanation.clone()));
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
