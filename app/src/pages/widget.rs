//! The form, as it stands in the frame.

use domain::{CatalogueItem, Failure, QuoteForm};
use leptos::prelude::*;

use super::questions::{categories, function, grades, history};
use super::masthead;
use crate::document::{News, Setting, draw};
use crate::frame::FrameFields;
use crate::i18n::td_string;
use crate::islands::{DevicePicker, Estimator, Typed};
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
    let refusal = widget.failure.map(|failure| Refusal::new(locale, &failure));
    let news = refusal.clone().map_or(News::None, News::Refusal);
    let Widget { mut frame, form, keyword, found, chosen, .. } = widget;
    let page = format!("/widget/{}", crate::frame::in_path(&frame.merchant));
    // The browser's half, and the next page, speak what this one does.
    frame.locale = language::tag(locale).to_owned();
    let hidden = move || {
        let fields = frame.filled().map(|(name, value)| (name, value.to_owned())).collect::<Vec<_>>();
        let input = |(name, value)| view! { <input type="hidden" name=name value=value/> };
        fields.into_iter().map(input).collect_view()
    };
    draw(setting, td_string!(locale, form.title), &news, || {
        let typed = Typed {
            brand: form.brand.clone(),
            model: form.model.clone(),
            storage: form.storage.clone(),
            ram: form.ram.clone(),
        };
        let (locale_tag, category) = (language::tag(locale).to_owned(), form.device_type.clone());
        view! {
            {masthead(setting)}
            <main class="page">
                <h1>{td_string!(locale, form.title)}</h1>
                <p class="lead">{td_string!(locale, form.lead)}</p>
                <Estimator locale=locale_tag category refusal>
                    {hidden()}
                    {categories(locale, &form)}
                    <DevicePicker page typed keyword found chosen/>
                    {grades(locale, &form)}
                    {function(locale, &form)}
                    {history(locale, &form)}
                </Estimator>
            </main>
        }
    })
}
