//! The form, as it stands in the frame.

use domain::{CatalogueItem, Failure, QuoteForm};
use leptos::prelude::*;

use super::masthead;
use crate::document::{News, Setting, draw};
use crate::frame::FrameFields;
use crate::i18n::td_string;
use crate::islands::Estimator;
use crate::language;
use crate::refusal::Refusal;

/// What the form is drawn with.
#[derive(Clone, Debug)]
pub struct Widget {
    /// The host's wishes.
    pub frame: FrameFields,
    /// What is answered already.
    pub form: QuoteForm,
    /// What was searched for.
    pub keyword: String,
    /// What that search found, or popular models for an empty keyword.
    pub found: Vec<CatalogueItem>,
    /// The model that is chosen.
    pub chosen: Option<CatalogueItem>,
    /// Why there was no price.
    pub failure: Option<Failure>,
}

/// Draws the page of the form.
pub fn draw_page(setting: &Setting, widget: Widget) -> String {
    let locale = setting.locale;
    let news = match &widget.failure {
        Some(failure) => News::Refusal(Refusal::new(locale, failure.clone())),
        None => News::None,
    };
    let Widget { mut frame, form, keyword, found, chosen, failure } = widget;
    // The browser's half speaks what the server chose.
    frame.locale = language::tag(locale).to_owned();
    draw(setting, td_string!(locale, form.title), &news, || {
        view! {
            {masthead(setting)}
            <main class="page">
                <h1>{td_string!(locale, form.title)}</h1>
                <p class="lead">{td_string!(locale, form.lead)}</p>
                <Estimator frame form keyword found chosen failure/>
            </main>
        }
    })
}
