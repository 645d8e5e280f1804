//! The start page: what the product is, and where to go next.

use leptos::prelude::*;

use crate::parts::document::{News, Setting, draw};
use crate::parts::icon::icon;
use crate::parts::masthead::site_masthead;
use crate::parts::sample_shop::{Sample, product_page};
use crate::words::{language, td_string};

/// Draws the start page, with the working widget of `merchant` in a sample shop.
pub fn draw_page(setting: &Setting, merchant: &str) -> String {
    let locale = setting.locale;
    let tag = language::tag(locale);
    let sample = Sample::new(merchant, locale, setting.theme);
    let steps = [
        ("search", td_string!(locale, home.one_title), td_string!(locale, home.one)),
        ("price", td_string!(locale, home.two_title), td_string!(locale, home.two)),
        ("pickup", td_string!(locale, home.three_title), td_string!(locale, home.three)),
    ]
    .map(|(picture, title, text)| {
        view! { <li>{icon("icon", picture)} <div><h3>{title}</h3><p>{text}</p></div></li> }
    })
    .collect_view();
    let estimate = format!("/widget/{merchant}?locale={tag}");
    draw(setting, td_string!(locale, home.title), &News::None, || {
        view! {
            {site_masthead(setting, "/")}
            <main class="home">
                <div class="intro">
                    <h1>{td_string!(locale, home.title)}</h1>
                    <p class="lead">{td_string!(locale, home.lead)}</p>
                    <p class="actions">
                        <a class="primary" href=format!("/preview?locale={tag}")>{td_string!(locale, home.studio)}</a>
                        <a class="quiet" href=estimate>{td_string!(locale, home.estimate)}</a>
                    </p>
                    <p><a href=format!("/docs/api?locale={tag}")>{td_string!(locale, home.api)}</a></p>
                    <h2>{td_string!(locale, home.how)}</h2>
                    <ol class="how">{steps}</ol>
                </div>
                {product_page(&sample)}
            </main>
        }
    })
}
