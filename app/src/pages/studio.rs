//! The marketer's studio: the widget in a shop's page, and the lines to copy.

use leptos::prelude::*;

use super::shop::{Sample, product_page, snippet};
use super::site_masthead;
use crate::document::{News, Setting, draw};
use crate::i18n::td_string;
use crate::{Locale, language};

/// What the studio shows.
#[derive(Clone, Debug)]
pub struct Studio {
    /// Whose widget.
    pub merchant: String,
    /// The language of the sample page.
    pub locale: Locale,
    /// The theme of the widget.
    pub theme: &'static str,
    /// The shop's colour, as it was typed.
    pub accent: String,
    /// Where this server is reached, such as `https://tradein.example`.
    pub host: String,
}

/// Draws the studio.
pub fn draw_page(setting: &Setting, studio: Studio) -> String {
    let locale = setting.locale;
    let Studio { merchant, locale: spoken, theme, accent, host } = studio;
    let sample = Sample { merchant, locale: spoken, theme, accent };
    let lines = snippet(&host, &sample);
    draw(setting, td_string!(locale, studio.title), &News::None, || {
        view! {
            {site_masthead(setting, "/preview")}
            <main class="studio">
                <div class="controls">
                    <h1>{td_string!(locale, studio.title)}</h1>
                    <p class="lead">{td_string!(locale, studio.lead)}</p>
                    {options(locale, &sample)}
                    <h2>{td_string!(locale, studio.snippet)}</h2>
                    <pre id="snippet" tabindex="0"><code>{lines}</code></pre>
                    <p>
                        <button class="primary needs-script" type="button" data-copy="snippet" data-copied=td_string!(locale, studio.copied)>
                            {td_string!(locale, studio.copy)}
                        </button>
                    </p>
                </div>
                {product_page(&sample)}
            </main>
        }
    })
}

fn options(locale: Locale, sample: &Sample) -> impl IntoView + use<> {
    let languages = [Locale::zh_CN, Locale::en]
        .map(|offered| {
            let name = if offered == Locale::zh_CN { "中文" } else { "English" };
            let tag = language::tag(offered);
            view! { <option value=tag selected=offered == sample.locale>{name}</option> }
        })
        .collect_view();
    let themes = [
        ("auto", td_string!(locale, studio.theme_auto)),
        ("light", td_string!(locale, studio.theme_light)),
        ("dark", td_string!(locale, studio.theme_dark)),
    ]
    .map(|(value, name)| view! { <option value=value selected=value == sample.theme>{name}</option> })
    .collect_view();
    view! {
        <form class="options" method="get" action="/preview" aria-label=td_string!(locale, studio.options)>
            <input type="hidden" name="merchant" value=sample.merchant.clone()/>
            <div class="field">
                <label for="locale">{td_string!(locale, studio.locale)}</label>
                <select id="locale" name="locale">{languages}</select>
            </div>
            <div class="field">
                <label for="theme">{td_string!(locale, studio.theme)}</label>
                <select id="theme" name="theme">{themes}</select>
            </div>
            <div class="field">
                <label for="accent">{td_string!(locale, studio.accent)}</label>
                <input id="accent" name="accent" value=sample.accent.clone() placeholder="#0a7d5a" autocomplete="off"/>
            </div>
            <button class="quiet">{td_string!(locale, studio.apply)}</button>
        </form>
    }
}
