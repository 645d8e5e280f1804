//! The pages: pure functions from data to HTML.

pub mod batch;
pub mod failure;
pub mod foreign;
pub mod home;
pub mod ops;
pub mod quote;
pub mod states;
pub mod studio;
pub mod value;
pub mod widget;

mod answers;
mod bars;
mod brands;
mod device;
mod questions;
mod screens;
mod shop;
mod waterfall;

use leptos::prelude::*;

use crate::document::Setting;
use crate::i18n::td_string;
use crate::icon::icon;
use crate::language;

/// What stands above the widget's pages: the shop's picture, what this is and, where it is
/// one, that it is a sandbox.
fn masthead(setting: &Setting) -> impl IntoView + use<> {
    let name = td_string!(setting.locale, brand_line);
    let shop = setting.shop.name.clone();
    let mark = match setting.shop.logo.clone() {
        Some(logo) => view! { <img class="logo" src=logo alt=shop height="24"/> }.into_any(),
        None => icon("icon", "mark").into_any(),
    };
    header(setting, view! { <span class="brand">{mark} {name}</span> })
}

/// What stands above our own pages: also the way home, and to the page in the other
/// language.
fn site_masthead(setting: &Setting, path: &str) -> impl IntoView + use<> {
    let name = td_string!(setting.locale, brand_line);
    let links = language::all()
        .iter()
        .map(|locale| {
            let tag = language::tag(*locale);
            let here = (*locale == setting.locale).then_some("page");
            view! { <a href=format!("{path}?locale={tag}") lang=tag hreflang=tag aria-current=here>{language::name(*locale)}</a> }
        })
        .collect_view();
    let home = format!("/?locale={}", language::tag(setting.locale));
    let parts = view! {
        <a class="brand" href=home>{icon("icon", "mark")} {name}</a>
        <nav class="languages" aria-label="语言 Language">{links}</nav>
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
