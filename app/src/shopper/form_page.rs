//! The page of the form.

use domain::{CatalogueItem, Failure, Field, QuoteForm};
use leptos::prelude::*;

use crate::parts::document::{News, Setting, draw};
use crate::parts::failure_report::FailureReport;
use crate::parts::frame::FrameFields;
use crate::parts::masthead::masthead;
use crate::shopper::answers::review;
pub use crate::shopper::device::Search;
use crate::shopper::device::device;
use crate::shopper::islands::{Asking, Estimator};
use crate::shopper::questions::{Draft, categories, function, grades, history};
use crate::shopper::screens::{screen, waiting};
use crate::shopper::step::Step;
use crate::words::{language, td_string};

/// The data that the form is drawn with.
#[derive(Clone, Debug, Default)]
pub struct Widget {
    /// The host page's settings.
    pub frame: FrameFields,
    /// The answers so far.
    pub form: QuoteForm,
    /// The screen that a narrow page shows.
    pub step: Step,
    /// Whether one answer is being changed, from the review and back to it.
    pub mending: bool,
    /// The search, and its result.
    pub search: Search,
    /// The model that is chosen.
    pub chosen: Option<CatalogueItem>,
    /// Why there was no price.
    pub failure: Option<Failure>,
}

/// Draws the page of the form.
pub fn draw_page(setting: &Setting, widget: Widget) -> String {
    let told = |failure: &Failure| FailureReport::new(setting.locale, failure).for_people();
    let report = widget.failure.as_ref().map(told);
    draw_as(setting, widget, report, Asking::Not)
}

/// Draws it with the failure in words, or as it looks while a price is asked for.
pub(crate) fn draw_as(
    setting: &Setting,
    widget: Widget,
    report: Option<FailureReport>,
    asking: Asking,
) -> String {
    let locale = setting.locale;
    let Widget { mut frame, form, step, mending, search, chosen, .. } = widget;
    let news = report.clone().map_or(News::None, News::Failure);
    // The next page is in the language of this one.
    frame.locale = language::tag(locale).to_owned();
    let wishes = frame.filled().map(|(name, value)| (name, value.to_owned())).collect::<Vec<_>>();
    let anew = frame.link_with("?", ("fresh", "1"));
    let taken = &setting.shop.categories;
    let draft = Draft { locale, form: &form, report: report.as_ref(), taken };
    draw(setting, td_string!(locale, form.title), &news, || {
        // The form's island reads these from here.
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
            report.as_ref().map(|report| summary(report, typed_by_hand)),
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

/// The form's first button, which Enter presses in a text field or on a tick box. It draws the form again as
/// it is filled in, so that nothing is sent or lost by mistake.
fn plain_enter() -> impl IntoView {
    view! {
        <button class="hidden" tabindex="-1" aria-hidden="true" name="find" value="1" formaction="?" formnovalidate></button>
    }
}

/// Why there is no price, at the top of the form, with a link to each field to fix.
fn summary(report: &FailureReport, typed_by_hand: bool) -> impl IntoView + use<> {
    let links = report
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
        <div class="summary as-told" role="alert" tabindex="-1" autofocus data-code=report.code.clone()>
            <h2>{report.message.clone()}</h2>
            <p>{report.next.clone()}</p>
            <ul>{links}</ul>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::parts::document::{Assets, Shop};
    use crate::parts::shape::SHAPE;
    use crate::words::Locale;

    /// The elements that the islands of a page drew themselves, in the form of [`SHAPE`].
    fn shape(page: &str) -> String {
        let mut shapes = Vec::new();
        // The open elements, outermost first: their names, and the island that they are in.
        let mut open: Vec<(&str, Option<usize>)> = Vec::new();
        let mut rest = page;
        while let Some(start) = rest.find('<') {
            let island = open.last().and_then(|(_, island)| *island);
            if start > 0
                && let Some(island) = island
            {
                let shape: &mut String = &mut shapes[island];
                shape.push('#');
            }
            let end = start + rest[start..].find('>').unwrap();
            let tag = &rest[start + 1..end];
            rest = &rest[end + 1..];
            let name = tag.split(' ').next().unwrap();
            if tag.starts_with('!') {
                island.iter().for_each(|island| shapes[*island].push('!'));
            } else if name.starts_with('/') {
                let (_, island) = open.pop().unwrap();
                let drawn = !matches!(name, "/leptos-island" | "/leptos-children");
                island.iter().filter(|_| drawn).for_each(|island| shapes[*island].push(')'));
            } else if name == "leptos-island" {
                shapes.push(String::new());
                open.push((name, Some(shapes.len() - 1)));
            } else if name == "leptos-children" {
                island.iter().for_each(|island| shapes[*island].push_str("leptos-children()"));
                open.push((name, None));
            } else if !matches!(name, "meta" | "link" | "input" | "img") {
                island.iter().for_each(|island| shapes[*island].push_str(&format!("{name}(")));
                open.push((name, island));
            }
        }
        shapes.join(" ")
    }

    #[test]
    fn the_islands_draw_what_the_browser_expects() {
        let assets = Assets { style: String::new(), glue: String::new(), wasm: String::new() };
        let setting = Setting {
            locale: Locale::en,
            theme: "auto",
            accent: None,
            sandbox: true,
            origins: String::new(),
            still: false,
            shop: Shop::default(),
            assets: Arc::new(assets),
        };
        assert_eq!(shape(&draw_page(&setting, Widget::default())), SHAPE);
    }
}
