//! The notice instead of the form in a page that may not frame it: which page that is, and what to set.

use leptos::prelude::*;

use crate::parts::document::Setting;
use crate::words::{language, td_string};

/// A page that frames the widget without being allowed to.
#[derive(Clone, Debug)]
pub struct Foreign {
    /// Its origin.
    pub origin: String,
    /// The merchant of the widget.
    pub merchant: String,
    /// The line for the settings; `None` if that origin cannot be allowed.
    pub line: Option<String>,
}

/// Draws the notice. It is shown inside another site's page, so it has no buttons or links. Its only script
/// reports the failure to that page, as on every page of the widget without a price.
pub fn draw_page(setting: &Setting, foreign: &Foreign) -> String {
    let locale = setting.locale;
    let Foreign { origin, merchant, line } = foreign.clone();
    let (origins, shop) = (origin.clone(), merchant.clone());
    let mend = match line {
        Some(line) => view! {
            <p>{td_string!(locale, foreign.mend)}</p>
            <pre><code>{line}</code></pre>
            <p>{td_string!(locale, foreign.then)}</p>
        }
        .into_any(),
        None => view! { <p>{td_string!(locale, foreign.https)}</p> }.into_any(),
    };
    let page = view! {
        <html
            lang=language::tag(locale)
            data-theme=setting.theme
            data-origins=origins
            data-merchant=shop
            data-failure="not_allowed"
            data-failure-message=td_string!(locale, foreign.title)
        >
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="robots" content="noindex"/>
                <title>{td_string!(locale, foreign.title)}</title>
                <link rel="stylesheet" href=setting.assets.style.clone()/>
                <script type="module" src="/embed/frame.js"></script>
            </head>
            <body>
                <main class="page failure" data-code="not_allowed">
                    <h1>{td_string!(locale, foreign.title)}</h1>
                    <p>{td_string!(locale, foreign.lead)}</p>
                    <dl>
                        <div><dt>{td_string!(locale, foreign.site)}</dt><dd><code>{origin}</code></dd></div>
                        <div><dt>{td_string!(locale, foreign.merchant)}</dt><dd><code>{merchant}</code></dd></div>
                    </dl>
                    {mend}
                </main>
            </body>
        </html>
    };
    format!("<!doctype html>{}", page.to_html())
}
