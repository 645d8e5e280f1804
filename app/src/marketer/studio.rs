//! The marketer's studio: the widget in a shop's page, every state of it, what the page
//! would hear of it, and the lines to copy.

mod snippets;
mod switches;

use domain::Money;
use leptos::prelude::*;
use serde::Deserialize;

use self::switches::switches;
use crate::parts::document::{News, Setting, draw};
use crate::parts::masthead::site_masthead;
use crate::parts::sample_shop::{Sample, product_page};
use crate::parts::state::State;
use crate::words::{Locale, language, td_string};

/// What the studio's address says. A switch that is not in it stands as at the start.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct StudioQuery {
    /// The language of the studio itself.
    pub locale: String,
    /// The merchant's id.
    pub merchant: String,
    /// The language of the sample page; the studio's where it is empty.
    pub shown: String,
    /// `auto`, `light` or `dark`.
    pub theme: String,
    /// The shop's colour, as it was typed.
    pub accent: String,
    /// The product's price in yuan, as it was typed; empty for a page that tells none.
    pub price: Option<String>,
    /// The product's name.
    pub product: Option<String>,
    /// `auto`, `phone` or `tablet`.
    pub width: String,
    /// `plain`, `serif` or `night`.
    pub look: String,
    /// A state's name; empty for the widget at work.
    pub state: String,
}

/// What the studio is drawn with.
#[derive(Clone, Debug, Default)]
pub struct Studio {
    /// How it is set.
    pub query: StudioQuery,
    /// Where this server is reached, such as `https://tradein.example`.
    pub host: String,
    /// Whether pages under https would not load the lines, as far as the server knows.
    pub blocked: bool,
    /// The loader that never changes.
    pub loader: Loader,
    /// The merchants to choose from, by id and name.
    pub merchants: Vec<(String, String)>,
    /// Whether these are all, as the operator sees them.
    pub all_merchants: bool,
    /// The studio's whole address as it is set.
    pub link: String,
}

/// A copy of the loader that never changes.
#[derive(Clone, Debug, Default)]
pub struct Loader {
    /// Its path, which holds its hash.
    pub path: String,
    /// What a page pins it by: `sha384-…`.
    pub integrity: String,
}

impl StudioQuery {
    fn sample(&self, locale: Locale) -> Sample {
        let known = |given: &str, all: &[&'static str]| all.iter().copied().find(|known| *known == given);
        let shown = language::named(&self.shown).unwrap_or(locale);
        let usual = Sample::new(&self.merchant, shown, "auto");
        let name = match self.product.as_deref().map(str::trim) {
            None => usual.name.clone(),
            Some(name) => Some(name.to_owned()).filter(|name| !name.is_empty()),
        };
        let price = match self.price.as_deref() {
            None => usual.price,
            Some(typed) => yuan(typed),
        };
        Sample {
            theme: known(&self.theme, &["light", "dark"]).unwrap_or("auto"),
            accent: self.accent.trim().to_owned(),
            price,
            name,
            width: known(&self.width, &["phone", "tablet"]).unwrap_or("auto"),
            look: known(&self.look, &["serif", "night"]).unwrap_or("plain"),
            state: State::find(&self.state),
            ..usual
        }
    }
}

/// An amount in yuan as people type it; `None` for what is no price.
fn yuan(typed: &str) -> Option<Money> {
    let digits: String = typed.chars().filter(|c| !matches!(c, '¥' | '￥' | ',' | ' ')).collect();
    let (money, _) = Money::from_yuan(digits.parse().ok()?)?;
    (money > Money::ZERO).then_some(money)
}

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

/// The snippets: one open, the others a press away.
fn snippet_list(locale: Locale, studio: &Studio, sample: &Sample) -> impl IntoView + use<> {
    let parts = [
        ("snippet", "HTML", snippets::html(studio, sample)),
        ("snippet-pinned", td_string!(locale, studio.pinned), snippets::pinned(studio, sample)),
        ("snippet-react", "React", snippets::react(studio, sample)),
        ("snippet-vue", "Vue", snippets::vue(studio, sample)),
        ("snippet-tag", td_string!(locale, studio.tag_manager), snippets::tag_manager(studio, sample)),
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

/// Warns of lines that pages under https do not load. The browser knows for sure how the studio is
/// reached, and `public/studio.js` shows the warning where the server did not know.
fn blocked(locale: Locale, studio: &Studio) -> impl IntoView + use<> {
    let told = td_string!(locale, studio.blocked, host = studio.host.clone());
    view! {
        <p class="note" id="blocked" data-host=studio.host.clone() hidden=!studio.blocked>
            {told}
        </p>
    }
}

/// What the shop's page hears, as it happens.
fn events(locale: Locale) -> impl IntoView {
    view! {
        <section class="needs-script">
            <h2>{td_string!(locale, studio.events)}</h2>
            <p class="hint">{td_string!(locale, studio.events_hint)}</p>
            <ol id="events" class="events" tabindex="0"></ol>
        </section>
    }
}

/// The address that opens the studio as it is set.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn switches_stand_as_at_the_start_until_they_are_set() {
        let untouched = StudioQuery::default().sample(Locale::en);
        assert_eq!(untouched.price, Some(Money::from_fen(799_900)));
        assert_eq!((untouched.theme, untouched.width, untouched.look), ("auto", "auto", "plain"));
        let set = |name: &str, value: &str| {
            serde_json::from_value::<StudioQuery>([(name, value)].into_iter().collect())
                .unwrap()
                .sample(Locale::en)
        };
        assert_eq!(set("shown", "zh").locale, Locale::zh_CN);
        assert_eq!(set("price", "¥1,234.50").price, Some(Money::from_fen(123_450)));
        assert_eq!((set("price", "").price, set("price", "").name.is_some()), (None, true));
        assert_eq!(set("state", "expired").state, State::find("expired"));
        assert_eq!(set("width", "enormous").width, "auto");
    }
}
