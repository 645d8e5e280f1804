//! The form, as it stands in the frame.

use domain::{CatalogueItem, Failure, Field, QuoteForm};
use leptos::prelude::*;

use super::device::device;
use super::masthead;
use super::questions::{Draft, categories, function, grades, history};
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
    /// What that search found, or popular models for an empty keyword; `None` when there
    /// was no answer.
    pub found: Option<Vec<CatalogueItem>>,
    /// The model that is chosen.
    pub chosen: Option<CatalogueItem>,
    /// Why there was no price.
    pub failure: Option<Failure>,
}

/// Draws the page of the form.
pub fn draw_page(setting: &Setting, widget: Widget) -> String {
    let locale = setting.locale;
    let Widget { mut frame, form, keyword, found, chosen, failure } = widget;
    let refusal = failure.map(|failure| Refusal::new(locale, &failure).for_people());
    let news = refusal.clone().map_or(News::None, News::Refusal);
    // The next page speaks what this one does.
    frame.locale = language::tag(locale).to_owned();
    let wishes = frame.filled().map(|(name, value)| (name, value.to_owned())).collect::<Vec<_>>();
    let draft = Draft { locale, form: &form, refusal: refusal.as_ref() };
    draw(setting, td_string!(locale, form.title), &news, || {
        let input = |(name, value)| view! { <input type="hidden" name=name value=value/> };
        let parts = (
            refusal.as_ref().map(|refusal| summary(refusal, chosen.is_some())),
            wishes.into_iter().map(input).collect_view(),
            categories(&draft),
            device(&draft, keyword, found.as_deref(), chosen),
            grades(&draft),
            function(&draft),
            history(&draft),
        );
        view! {
            {masthead(setting)}
            <main class="page">
                <h1>{td_string!(locale, form.title)}</h1>
                <p class="lead">{td_string!(locale, form.lead)}</p>
                <Estimator>{parts}</Estimator>
            </main>
        }
    })
}

/// Why there is no price, at the top of the form, with a link to each field to mend.
fn summary(refusal: &Refusal, chosen: bool) -> impl IntoView + use<> {
    let links = refusal
        .fields
        .iter()
        .map(|mend| {
            let typed = !chosen && matches!(mend.error.field, Field::Brand | Field::Storage | Field::Ram);
            let place = if typed { "-text" } else { "" };
            let href = format!("#{}{place}", mend.error.field.name());
            view! { <li><a href=href>{mend.message.clone()}</a></li> }
        })
        .collect_view();
    view! {
        <div class="summary as-told" role="alert" tabindex="-1" data-code=refusal.code.clone()>
            <h2>{refusal.message.clone()}</h2>
            <p>{refusal.next.clone()}</p>
            <ul>{links}</ul>
        </div>
    }
}
