//! `/ops/prices`: the dealers' price lists, with upload and the way back.

mod form;
mod refused;
mod shown;

use leptos::prelude::*;

pub use self::shown::{Counted, ListShown, PricesPage, RefusedShown, Said, WrongCell};

use self::shown::PATH;
use crate::operator::title_bar::{Page, title_bar};
use crate::parts::document::{News, Setting, draw};
use crate::parts::icon::icon;
use crate::parts::masthead::site_masthead;
use crate::words::{self, Locale, language, td_string};

/// Draws the page.
pub fn draw_prices(setting: &Setting, page: &PricesPage) -> String {
    let locale = setting.locale;
    let said = page.said.as_ref().map(|(list, said)| {
        view! { <p class="alerts" role="status"><strong>{list.clone()}</strong> {said.told(locale)}</p> }
    });
    let lists = if page.lists.is_empty() {
        view! {
            <section class="card note">
                {icon("picture", "sheet")} <p>{td_string!(locale, price_lists.none)}</p>
            </section>
        }
        .into_any()
    } else {
        page.lists.iter().map(|shown| list(locale, shown)).collect_view().into_any()
    };
    draw(setting, td_string!(locale, price_lists.title), &News::None, || {
        view! {
            {site_masthead(setting, PATH)}
            <main class="ops">
                {title_bar(locale, td_string!(locale, price_lists.title).to_owned(), Page::Inner)}
                <p class="lead">{td_string!(locale, price_lists.lead)}</p> {said} {lists} {templates(locale)}
            </main>
        }
    })
}

fn list(locale: Locale, shown: &ListShown) -> impl IntoView + use<> {
    let refused = shown.refused.as_ref().map(|refused| refused::refused(locale, refused));
    let path = match &shown.path {
        Some(path) => path.clone(),
        None => td_string!(locale, price_lists.in_memory).to_owned(),
    };
    let in_use = match &shown.current {
        Some(current) => facts(locale, path, current).into_any(),
        None => view! {
            <p class="problem">{td_string!(locale, price_lists.no_list)}</p>
            <p class="hint path">{path}</p>
        }
        .into_any(),
    };
    let warnings = shown.warnings.iter().map(|text| view! { <li>{text.clone()}</li> }).collect_view();
    let warnings = (!shown.warnings.is_empty()).then(|| view! { <ul class="hint">{warnings}</ul> });
    view! {
        <section class="card price-list" aria-labelledby=format!("list-{}", shown.provider)>
            <h2 id=format!("list-{}", shown.provider)>{shown.provider.clone()}</h2>
            {refused} {in_use} {warnings} {form::waiting(locale, shown)} {form::former(locale, shown)}
            {form::upload(locale, shown)} {examples(locale, &shown.examples)}
        </section>
    }
}

/// What is in use.
fn facts(locale: Locale, path: String, current: &Counted) -> impl IntoView + use<> {
    let from = match current.from {
        Some(day) => day.to_string(),
        None => td_string!(locale, price_lists.from_at_once).to_owned(),
    };
    let rows = [
        (td_string!(locale, price_lists.in_use), current.file.clone()),
        (td_string!(locale, price_lists.since), words::time(locale, current.since)),
        (td_string!(locale, price_lists.valid_from), from),
        (td_string!(locale, price_lists.models), current.models.to_string()),
        (td_string!(locale, price_lists.devices), current.devices.to_string()),
        (td_string!(locale, price_lists.prices), current.prices.to_string()),
        (td_string!(locale, price_lists.file), path),
    ];
    let rows = rows.map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> }).collect_view();
    view! { <dl class="figures">{rows}</dl> }
}

fn examples(locale: Locale, examples: &[(String, String)]) -> Option<impl IntoView + use<>> {
    let rows = examples
        .iter()
        .map(|(device, price)| {
            view! {
                <tr>
                    <th scope="row">{device.clone()}</th>
                    <td>{price.clone()}</td>
                </tr>
            }
        })
        .collect_view();
    (!examples.is_empty()).then(|| {
        view! {
            <h3>{td_string!(locale, price_lists.examples)}</h3>
            <p class="hint">{td_string!(locale, price_lists.examples_hint)}</p>
            <table class="cells">
                <thead>
                    <tr>
                        <th scope="col">{td_string!(locale, price_lists.device)}</th>
                        <th scope="col">{td_string!(locale, price_lists.price)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
    })
}

fn templates(locale: Locale) -> impl IntoView + use<> {
    let tag = language::tag(locale);
    view! {
        <p class="hint">
            {td_string!(locale, price_lists.templates)} " "
            <a href=format!("{PATH}/template.xlsx?locale={tag}")>{td_string!(locale, price_lists.template)}</a> " · "
            <a href=format!("{PATH}/template-by-grade.xlsx?locale={tag}")>
                {td_string!(locale, price_lists.template_by_grade)}
            </a>
        </p>
    }
}
