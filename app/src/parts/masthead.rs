//! The head of every page.

use leptos::prelude::*;

use crate::parts::document::Setting;
use crate::parts::icon::icon;
use crate::words::{language, td_string};

/// The head of the widget's pages: the shop's picture, the product's name and, for a sandbox, a note.
pub(crate) fn masthead(setting: &Setting) -> impl IntoView + use<> {
    let name = td_string!(setting.locale, brand_line);
    let shop = setting.shop.name.clone();
    let mark = match setting.shop.logo.clone() {
        Some(logo) => view! { <img class="logo" src=logo alt=shop height="24"/> }.into_any(),
        None => icon("icon", "mark").into_any(),
    };
    header(setting, view! { <span class="brand">{mark} {name}</span> })
}

/// The head of our own pages: also a link to the start page, and to this page in each language.
pub(crate) fn site_masthead(setting: &Setting, path: &str) -> impl IntoView + use<> {
    let name = td_string!(setting.locale, brand_line);
    let links = language::all()
        .iter()
        .map(|locale| {
            let tag = language::tag(*locale);
            let here = (*locale == setting.locale).then_some("page");
            view! { <a href=format!("{path}?locale={tag}") lang=tag hreflang=tag aria-current=here>{language::name(*locale)}</a> }
        })
        .collect_view();
    let label = language::all()
        .iter()
        .map(|locale| td_string!(*locale, language.label))
        .collect::<Vec<_>>()
        .join(" ");
    let home = format!("/?locale={}", language::tag(setting.locale));
    let parts = view! {
        <a class="brand" href=home>{icon("icon", "mark")} {name}</a>
        <nav class="languages" aria-label=label>{links}</nav>
    };
    header(setting, parts)
}

fn header<P: IntoView>(setting: &Setting, parts: P) -> impl IntoView + use<P> {
    let locale = setting.locale;
    let badge = setting.sandbox.then(|| {
        view! { <span class="badge" title=td_string!(locale, sandbox.note)>{td_string!(locale, sandbox.badge)}</span> }
    });
    view! { <header class="masthead">{parts} {badge}</header> }
}
