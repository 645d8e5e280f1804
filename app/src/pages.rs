//! The pages: pure functions from data to HTML.

pub mod failure;
pub mod home;
pub mod quote;
pub mod studio;
pub mod widget;

mod answers;
mod device;
mod questions;
mod shop;
mod steps;

use leptos::prelude::*;

use crate::document::Setting;
use crate::i18n::td_string;
use crate::icon::icon;
use crate::{Locale, language};

/// What stands above every page: what this is and, where it is one, that it is a sandbox.
fn masthead(setting: &Setting) -> impl IntoView + use<> {
    let locale = setting.locale;
    view! {
        <header class="masthead">
            <span class="brand">{icon("icon", "mark")} {td_string!(locale, brand_line)}</span>
            {setting.sandbox.then(|| {
                view! { <span class="badge" title=td_string!(locale, sandbox.note)>{td_string!(locale, sandbox.badge)}</span> }
            })}
        </header>
    }
}

/// The same page in each language.
fn languages(path: &'static str, current: Locale) -> impl IntoView {
    let links = [Locale::zh_CN, Locale::en]
        .map(|locale| {
            let name = if locale == Locale::zh_CN { "中文" } else { "English" };
            let tag = language::tag(locale);
            let here = (locale == current).then_some("page");
            view! { <a href=format!("{path}?locale={tag}") lang=tag hreflang=tag aria-current=here>{name}</a> }
        })
        .collect_view();
    view! { <nav class="languages" aria-label="语言 Language">{links}</nav> }
}
