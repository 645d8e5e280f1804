//! The marketer's studio: the widget in a shop's page, every state of it, the events that the page would get,
//! and the lines to copy.

mod page;
mod query;
mod snippets;
mod switches;

use leptos::prelude::*;

pub use self::page::{Loader, Studio};
pub use self::query::StudioQuery;

use self::switches::switches;
use crate::parts::document::{News, Setting, draw};
use crate::parts::masthead::site_masthead;
use crate::parts::sample_shop::{Sample, product_page};
use crate::words::{Locale, td_string};

/// Draws the studio.
pub fn draw_page(setting: &Setting, studio: &Studio) -> String {
    let locale = setting.locale;
    let sample = studio.query.sample(locale);
    draw(setting, td_string!(locale, studio.title), &News::None, || {
        view! {
            {site_masthead(setting, "/preview")}
            <main class="studio">
                <div class="controls">
                    <h1>{td_string!(locale, studio.title)}</h1>
                    <p class="lead">{td_string!(locale, studio.lead)}</p>
                    {switches(locale, studio, &sample)}
                    {blocked(locale, studio)}
                    <div data-live="snippets">{snippet_list(locale, studio, &sample)}</div>
                    {events(locale)}
                    <div data-live="link">{link(locale, studio)}</div>
                </div>
                {product_page(&sample)}
            </main>
            <script type="module" src="/studio.js"></script>
        }
    })
}

/// The snippets: one is open, the others open with a click.
fn snippet_list(locale: Locale, studio: &Studio, sample: &Sample) -> impl IntoView + use<> {
    let parts = [
        ("snippet", "HTML", snippets::html(studio, sample)),
        ("snippet-pinned", td_string!(locale, studio.pinned), snippets::pinned(studio, sample)),
        ("snippet-react", "React", snippets::react(studio, sample)),
        ("snippet-vue", "Vue", snippets::vue(studio, sample)),
        ("snippet-tag", td_string!(locale, studio.tag_manager), snippets::tag_manager(studio, sample)),
        ("snippet-value", td_string!(locale, studio.card), snippets::value(studio, sample)),
    ]
    .map(|(id, name, lines)| {
        view! {
            <details name="snippets" open=id == "snippet">
                <summary>{name}</summary>
                <pre id=id tabindex="0"><code>{lines}</code></pre>
                <button class="primary needs-script" type="button" data-copy=id data-copied=td_string!(locale, studio.copied)>
                    {td_string!(locale, studio.copy)}
                </button>
            </details>
        }
    })
    .collect_view();
    view! { <h2>{td_string!(locale, studio.snippet)}</h2> {parts} }
}

/// Warns of lines that pages under https do not load. Only the browser knows for certain how the studio is
/// reached, so `public/studio.js` shows the warning if the server could not know.
fn blocked(locale: Locale, studio: &Studio) -> impl IntoView + use<> {
    let told = td_string!(locale, studio.blocked, host = studio.host.clone());
    view! {
        <p class="note" id="blocked" data-host=studio.host.clone() hidden=!studio.blocked>
            {told}
        </p>
    }
}

/// The events that the shop's page receives, as they happen.
fn events(locale: Locale) -> impl IntoView {
    view! {
        <section class="needs-script">
            <h2>{td_string!(locale, studio.events)}</h2>
            <p class="hint">{td_string!(locale, studio.events_hint)}</p>
            <ol id="events" class="events" tabindex="0"></ol>
        </section>
    }
}

/// The address that opens the studio with its present settings.
fn link(locale: Locale, studio: &Studio) -> impl IntoView + use<> {
    view! {
        <label for="studio-link">{td_string!(locale, studio.link)}</label>
        <div class="search">
            <input id="studio-link" readonly value=studio.link.clone()/>
            <button class="quiet needs-script" type="button" data-copy="studio-link" data-copied=td_string!(locale, studio.copied)>
                {td_string!(locale, quote.copy_link)}
            </button>
        </div>
    }
}
