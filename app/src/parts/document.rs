//! The HTML document around every page.

use std::sync::Arc;

use domain::{Category, Money, Quote, Term};
use hydration_context::SsrSharedContext;
use leptos::prelude::*;
use serde::Serialize;

use crate::parts::accent::Accent;
use crate::parts::failure_report::FailureReport;
use crate::parts::shape::SHAPE;
use crate::words::{Locale, language, td_string};

/// The addresses of the files that a page loads. The build puts a hash into each name.
#[derive(Clone, Debug)]
pub struct Assets {
    /// The style sheet.
    pub style: String,
    /// The script that loads the wasm.
    pub glue: String,
    /// The wasm.
    pub wasm: String,
}

/// The reader, the host page and the build for which a page is drawn.
#[derive(Clone, Debug)]
pub struct Setting {
    /// The language.
    pub locale: Locale,
    /// `auto`, `light` or `dark`.
    pub theme: &'static str,
    /// The shop's colour.
    pub accent: Option<Accent>,
    /// Whether prices come from the sandbox.
    pub sandbox: bool,
    /// The sites that may frame the page and get its events, as CSP sources separated by spaces.
    pub origins: String,
    /// Whether the page is a sample: its islands never start, so it stays as it is drawn.
    pub still: bool,
    /// The shop whose widget it is.
    pub shop: Shop,
    /// The files that the page loads.
    pub assets: Arc<Assets>,
}

/// The parts of a shop that pages show.
#[derive(Clone, Debug)]
pub struct Shop {
    /// Its id; empty on pages of no shop.
    pub id: String,
    /// Its name; empty on pages of no shop.
    pub name: String,
    /// The address of its picture.
    pub logo: Option<String>,
    /// The kinds of old devices that it accepts.
    pub categories: Arc<[Category]>,
}

impl Default for Shop {
    fn default() -> Self {
        Self { id: String::new(), name: String::new(), logo: None, categories: Category::ALL.into() }
    }
}

/// What the page reports to the host page around it.
#[derive(Clone, Debug, Default)]
pub enum News {
    /// Only that it has loaded.
    #[default]
    None,
    /// Nothing: the page is only read, and loads no script.
    Silent,
    /// The price that it shows, which the shopper may accept if it is still valid.
    Quote(Box<Priced>),
    /// Why it shows no price.
    Failure(FailureReport),
}

/// A price with what the shop adds to it, as the host page gets it: the quote's own fields and `top_up`, in
/// fen or `null`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Priced {
    /// The quote.
    #[serde(flatten)]
    pub quote: Quote,
    /// What the shop adds.
    pub top_up: Option<Money>,
}

/// What a page contains for search engines. A page without it is not indexed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    /// What the page is about, in a sentence or two.
    pub description: String,
    /// The page's address without its query. There, the reader's browser chooses the language.
    pub address: String,
    /// The language that the address chose; `None` if it chose none.
    pub chosen: Option<Locale>,
    /// Its facts as JSON-LD with the vocabulary of schema.org.
    pub facts: String,
}

/// Draws a whole document. `body` runs in the reactive system, which islands need to number their parts.
pub fn draw<V: IntoView>(setting: &Setting, title: &str, news: &News, body: impl FnOnce() -> V) -> String {
    draw_listed(setting, title, news, None, body)
}

/// Draws a whole document. Search engines may index it if there is a `listing`.
pub fn draw_listed<V: IntoView>(
    setting: &Setting,
    title: &str,
    news: &News,
    listing: Option<Listing>,
    body: impl FnOnce() -> V,
) -> String {
    let html = draw_part(setting, || document(setting, title, news, listing, body()));
    format!("<!doctype html>{html}")
}

/// Draws a part of a document.
pub fn draw_part<V: IntoView>(setting: &Setting, part: impl FnOnce() -> V) -> String {
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
    let html = owner.with(|| {
        // The islands read the language from here.
        provide_context(setting.locale);
        part().to_html()
    });
    owner.unset_with_forced_cleanup();
    html
}

fn document(
    setting: &Setting,
    title: &str,
    news: &News,
    listing: Option<Listing>,
    body: impl IntoView,
) -> impl IntoView {
    let Assets { style, glue, wasm } = Assets::clone(&setting.assets);
    let locale = setting.locale;
    let merchant = Some(setting.shop.id.clone()).filter(|id| !id.is_empty());
    let title = format!("{title} · {}", td_string!(locale, brand_line));
    let (quote, failure) = match news {
        News::None | News::Silent => (None, None),
        News::Quote(priced) => (serde_json::to_string(priced).ok().map(|json| in_script(&json)), None),
        News::Failure(report) => (None, Some((report.code.clone(), report.message.clone()))),
    };
    let (failure, message) = failure.unzip();
    let scripts = (!matches!(news, News::Silent)).then(|| {
        view! {
            // First, because modules run in order, and the page around waits for this one's message.
            <script type="module" src="/embed/frame.js"></script>
            <script type="module" src="/islands.js" data-glue=glue data-wasm=wasm data-shape=SHAPE></script>
            <script type="module" src="/page.js"></script>
            <script type="module" src="/answers.js"></script>
        }
    });
    let listing = match listing {
        Some(listing) => listed(listing).into_any(),
        None => view! { <meta name="robots" content="noindex"/> }.into_any(),
    };
    view! {
        <html
            lang=language::tag(locale)
            data-theme=setting.theme
            data-still=setting.still.then_some("")
            data-origins=setting.origins.clone()
            data-merchant=merchant
            data-failure=failure
            data-failure-message=message
        >
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                {listing}
                <title>{title}</title>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="stylesheet" href=style/>
                {setting.accent.as_ref().map(|accent| view! { <style inner_html=accent.style()></style> })}
                {scripts}
                {quote.is_some().then(|| view! { <script type="module" src="/offer.js"></script> })}
                {quote.map(|json| view! { <script type="application/json" id="tradein-quote" inner_html=json></script> })}
            </head>
            <body>{body}</body>
        </html>
    }
}

/// The addresses of a page in each language, and last the one without a language, where the reader's browser
/// chooses: each with its name in `hreflang`.
pub fn editions(address: &str) -> Vec<(&'static str, String)> {
    let of = |tag: &'static str| (tag, format!("{address}?locale={tag}"));
    let languages = language::all().iter().map(|locale| of(language::tag(*locale)));
    languages.chain([("x-default", address.to_owned())]).collect()
}

fn listed(listing: Listing) -> impl IntoView {
    let Listing { description, address, chosen, facts } = listing;
    let editions = editions(&address);
    // Each edition names itself: one that named another as the original would not count as an edition.
    let named = chosen.map(language::tag);
    let canonical = editions.iter().find(|(tag, _)| Some(*tag) == named).map(|(_, address)| address.clone());
    let others = editions
        .into_iter()
        .map(|(tag, address)| view! { <link rel="alternate" hreflang=tag href=address/> })
        .collect_view();
    view! {
        <meta name="description" content=description/>
        <link rel="canonical" href=canonical.unwrap_or(address)/>
        {others}
        <script type="application/ld+json" inner_html=in_script(&facts)></script>
    }
}

/// JSON as the text of a script. `<` is escaped, because the first `</` would end the script.
fn in_script(json: &str) -> String {
    json.replace('<', "\\u003c")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_ends_where_it_ends() {
        let json = in_script("{\"name\":\"</script><script>alert(1)</script><!--\"}");
        assert!(!json.contains('<'), "{json}");
        let read: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(read["name"], "</script><script>alert(1)</script><!--");
    }
}
