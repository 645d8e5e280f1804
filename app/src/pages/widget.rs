//! The form, as it stands in the frame.

use domain::{CatalogueItem, Failure, Field, QuoteForm};
use leptos::prelude::*;

use super::answers::review;
pub use super::device::Search;
use super::device::device;
use super::masthead;
use super::questions::{Draft, categories, function, grades, history};
use super::screens::{screen, waiting};
use crate::document::{News, Setting, draw};
use crate::frame::FrameFields;
use crate::i18n::td_string;
use crate::islands::{Asking, Estimator};
use crate::language;
use crate::refusal::Refusal;
use crate::step::Step;

/// What the form is drawn with.
#[derive(Clone, Debug, Default)]
pub struct Widget {
    /// The host's wishes.
    pub frame: FrameFields,
    /// What is answered already.
    pub form: QuoteForm,
    /// The screen that a narrow page shows.
    pub step: Step,
    /// Whether one answer is changed, from the review and back to it.
    pub mending: bool,
    /// What was searched for and found.
    pub search: Search,
    /// The model that is chosen.
    pub chosen: Option<CatalogueItem>,
    /// Why there was no price.
    pub failure: Option<Failure>,
}

/// Draws the page of the form.
pub fn draw_page(setting: &Setting, widget: Widget) -> String {
    let told = |failure: &Failure| Refusal::new(setting.locale, failure).for_people();
    let refusal = widget.failure.as_ref().map(told);
    draw_as(setting, widget, refusal, Asking::Not)
}

/// Draws it with why there was no price in words, or as it is while one is asked for.
pub(super) fn draw_as(setting: &Setting, widget: Widget, refusal: Option<Refusal>, asking: Asking) -> String {
    let locale = setting.locale;
    let Widget { mut frame, form, step, mending, search, chosen, .. } = widget;
    let news = refusal.clone().map_or(News::None, News::Refusal);
    // The next page speaks what this one does.
    frame.locale = language::tag(locale).to_owned();
    let wishes = frame.filled().map(|(name, value)| (name, value.to_owned())).collect::<Vec<_>>();
    let anew = frame.link_with("?", ("fresh", "1"));
    let taken = &setting.shop.categories;
    let draft = Draft { locale, form: &form, refusal: refusal.as_ref(), taken };
    draw(setting, td_string!(locale, form.title), &news, || {
        // What the form's island draws by.
        provide_context((step, asking));
        let input = |(name, value)| view! { <input type="hidden" name=name value=value/> };
        let screen_of = |step, questions: AnyView| screen(locale, step, mending, questions);
        let typed_by_hand = chosen.is_none();
        let devices = (categories(&draft), device(&draft, search, chosen)).into_any();
        let read_back = review(locale, &form);
        let review = view! {
            <h2 class="legend">{td_string!(locale, form.review)}</h2>
            {read_back}
        };
        let anew = view! { <p class="anew"><a href=anew>{td_string!(locale, form.anew)}</a></p> };
        let parts = (
            plain_enter(),
            refusal.as_ref().map(|refusal| summary(refusal, typed_by_hand)),
            wishes.into_iter().map(input).collect_view(),
            waiting(),
            screen_of(Step::Device, devices),
            screen_of(Step::Looks, grades(&draft)),
            screen_of(Step::Function, function(&draft)),
            screen_of(Step::History, history(&draft).into_any()),
            screen_of(Step::Review, review.into_any()),
            anew,
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

/// What Enter presses in a field or on a tick box, which is the form's first button: draws
/// the form as it is filled in by then, so that nothing is sent or dropped by mistake.
fn plain_enter() -> impl IntoView {
    view! {
        <button class="hidden" tabindex="-1" aria-hidden="true" name="find" value="1" formaction="?" formnovalidate></button>
    }
}

/// Why there is no price, at the top of the form, with a link to each field to mend.
fn summary(refusal: &Refusal, typed_by_hand: bool) -> impl IntoView + use<> {
    let links = refusal
        .fields
        .iter()
        .map(|mend| {
            let typed =
                typed_by_hand && matches!(mend.error.field, Field::Brand | Field::Storage | Field::Ram);
            let place = if typed { "-text" } else { "" };
            let href = format!("#{}{place}", mend.error.field.name());
            view! { <li><a href=href>{mend.message.clone()}</a></li> }
        })
        .collect_view();
    view! {
        <div class="summary as-told" role="alert" tabindex="-1" autofocus data-code=refusal.code.clone()>
            <h2>{refusal.message.clone()}</h2>
            <p>{refusal.next.clone()}</p>
            <ul>{links}</ul>
        </div>
    }
}
