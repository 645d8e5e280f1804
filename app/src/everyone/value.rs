//! What a model is worth, for people who only want to know that, and for search engines.

mod chart;
mod variant;

use desk::PriceOfDay;
use domain::{Category, Grade, Money, Term};
use jiff::civil::Date;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::json;

use self::chart::chart;
use self::variant::{Variant, variants};
use crate::parts::address::{in_path, query};
use crate::parts::document::{Listing, News, Setting, draw, draw_listed};
use crate::parts::icon::icon;
use crate::parts::masthead::site_masthead;
use crate::words::{self, Locale, language, td_string};

/// Which variant and grade the page dwells on, as its address says it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ValueQuery {
    /// `zh-CN` or `en`; empty follows the browser.
    pub locale: String,
    /// `auto`, `light` or `dark`.
    pub theme: String,
    /// The storage.
    pub storage: String,
    /// The memory, of what comes with different ones.
    pub ram: String,
    /// The grade's word.
    pub condition: String,
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct ValuePage {
    /// What kind of device.
    pub category: Category,
    /// The brand, as the partner writes it.
    pub brand: String,
    /// The model, as the partner writes it.
    pub model: String,
    /// What it was worth, the latest day first.
    pub history: Vec<PriceOfDay>,
    /// What the page dwells on.
    pub asked: ValueQuery,
    /// The day, in UTC+8.
    pub today: Date,
    /// Where this server is reached, such as `https://tradein.example`.
    pub host: String,
    /// Whose widget gives an estimate of one's own device.
    pub merchant: String,
}

/// Days that the page looks back, with today.
pub const DAYS: i32 = 30;

/// The address of a model's page.
pub fn path(category: &str, brand: &str, model: &str) -> String {
    // In a path, `+` is a plus.
    let segments = [category, brand, model].map(|it| in_path(it).replace('+', "%20"));
    format!("/value/{}", segments.join("/"))
}

impl ValuePage {
    fn path(&self) -> String {
        path(self.category.word(), &self.brand, &self.model)
    }

    fn name(&self, locale: Locale) -> String {
        words::device(locale, &self.brand, &self.model)
    }

    fn link(&self, locale: Locale, asked: &ValueQuery) -> String {
        let pairs = [
            ("locale", language::tag(locale)),
            ("theme", &asked.theme),
            ("storage", &asked.storage),
            ("ram", &asked.ram),
            ("condition", &asked.condition),
        ];
        format!("{}?{}", self.path(), query(pairs.into_iter().filter(|(_, value)| !value.is_empty())))
    }

    /// The widget with what is known here filled in. Who follows it asks for a price.
    fn estimate(&self, locale: Locale, variant: Option<&Variant>, grade: Option<Grade>) -> String {
        let pairs = [
            ("locale", language::tag(locale)),
            ("device_type", self.category.word()),
            ("brand", &self.brand),
            ("model", &self.model),
            ("storage", variant.map_or("", |it| it.storage.as_str())),
            ("ram", variant.and_then(|it| it.ram.as_deref()).unwrap_or_default()),
            ("condition", grade.map_or("", |grade| grade.word())),
        ];
        let filled = pairs.into_iter().filter(|(_, value)| !value.is_empty());
        format!("/widget/{}?{}", in_path(&self.merchant), query(filled))
    }
}

/// Draws the page. One of a model that nobody has asked for says so.
pub fn draw_page(setting: &Setting, page: &ValuePage) -> String {
    let locale = setting.locale;
    let variants = variants(&page.history);
    let chosen = variants
        .iter()
        .find(|it| it.is(&page.asked.storage, &page.asked.ram))
        .or_else(|| variants.iter().max_by_key(|it| it.quotes));
    let Some(chosen) = chosen else { return draw_unknown(setting, page) };
    let title = td_string!(locale, value.title, device = page.name(locale));
    let range = range(variants.iter().flat_map(|it| it.grades()).map(|(_, price)| price.latest));
    // Nobody will pay a sandbox's prices, so nobody shall find them.
    let listing = range.filter(|_| !setting.sandbox).map(|range| listing(locale, page, range));
    let shown = title.clone();
    draw_listed(setting, &title, &News::None, listing, || {
        view! {
            {site_masthead(setting, &page.path())}
            <main class="value">
                <h1>{shown}</h1>
                {headline(locale, page, range)}
                {choices(locale, page, &variants, chosen)}
                {by_grade(locale, page, chosen)}
                {chart(locale, page, chosen)}
                <p class="hint">{td_string!(locale, value.what_it_is)}</p>
            </main>
        }
    })
}

fn range(prices: impl Iterator<Item = Money> + Clone) -> Option<(Money, Money)> {
    Some((prices.clone().min()?, prices.max()?))
}

fn told(locale: Locale, (lowest, highest): (Money, Money)) -> String {
    let (from, to) = (whole(lowest), whole(highest));
    if from == to { to } else { td_string!(locale, value.range, from = from, to = to) }
}

/// An amount in whole yuan: what others were quoted is no more exact for oneself.
fn whole(amount: Money) -> String {
    Money::from_fen((amount.fen() + 50).div_euclid(100) * 100).to_string()
}

fn headline(locale: Locale, page: &ValuePage, range: Option<(Money, Money)>) -> impl IntoView + use<> {
    let latest = page.history.first().map(|it| words::day(locale, it.day, page.today));
    let when = latest.map(|day| td_string!(locale, value.as_of, day = day));
    view! {
        <p class="price">{range.map(|range| told(locale, range))}</p>
        <p class="lead">{when} " " {td_string!(locale, value.lead)}</p>
        <p class="actions">
            <a class="primary" rel="nofollow" href=page.estimate(locale, None, None)>
                {td_string!(locale, value.estimate)}
            </a>
        </p>
    }
}

fn choices(locale: Locale, page: &ValuePage, all: &[Variant], chosen: &Variant) -> impl IntoView + use<> {
    let links = all
        .iter()
        .map(|it| {
            let asked = ValueQuery {
                storage: it.storage.clone(),
                ram: it.ram.clone().unwrap_or_default(),
                ..page.asked.clone()
            };
            let prices = range(it.grades().map(|(_, price)| price.latest)).map(|it| told(locale, it));
            let here = (it == chosen).then_some("true");
            view! {
                <li>
                    <a href=page.link(locale, &asked) aria-current=here>
                        <strong>{it.name()}</strong> <span>{prices}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <section>
            <h2>{words::storage(locale, page.category)}</h2>
            <ul class="variants">{links}</ul>
        </section>
    }
}

fn by_grade(locale: Locale, page: &ValuePage, chosen: &Variant) -> impl IntoView + use<> {
    let most = chosen.grades().map(|(_, price)| price.highest).max().unwrap_or(Money::YUAN);
    let part = |amount: Money| 100.0 * amount.fen() as f64 / most.fen().max(1) as f64;
    let rows = chosen
        .grades()
        .map(|(grade, price)| {
            let (from, to) = (part(price.lowest), part(price.highest));
            let prices = told(locale, (price.lowest, price.highest));
            let estimate = page.estimate(locale, Some(chosen), Some(grade));
            view! {
                <tr>
                    <th scope="row">
                        {words::grade(locale, grade)} <small>{words::grade_hint(locale, grade)}</small>
                    </th>
                    <td class="bar">
                        <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                            <rect class="up-to" width=to height="8"></rect>
                            <rect class="range" x=(from - 1.0).max(0.0) width=(to - from).max(1.0) height="8"></rect>
                        </svg>
                    </td>
                    <td class="amount">
                        {prices} <small>{words::day(locale, price.day, page.today)}</small>
                    </td>
                    <td><a rel="nofollow" href=estimate>{td_string!(locale, value.mine)}</a></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section>
            <h2>{td_string!(locale, value.by_grade, variant = chosen.name())}</h2>
            <table class="grades">
                <thead class="hidden">
                    <tr>
                        <th scope="col">{td_string!(locale, form.condition)}</th>
                        <td></td>
                        <th scope="col">{td_string!(locale, value.price)}</th>
                        <td></td>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
}

fn listing(locale: Locale, page: &ValuePage, (lowest, highest): (Money, Money)) -> Listing {
    let name = page.name(locale);
    let range = told(locale, (lowest, highest));
    let address = format!("{}{}", page.host, page.path());
    let yuan = |amount: Money| amount.to_yuan().round().to_string();
    let facts = json!({
        "@context": "https://schema.org",
        "@type": "Product",
        "name": name,
        "brand": { "@type": "Brand", "name": words::brand(locale, &page.brand) },
        "category": words::category(locale, page.category),
        "url": address,
        "offers": {
            "@type": "AggregateOffer",
            // It is bought from people, not sold to them.
            "businessFunction": "http://purl.org/goodrelations/v1#Buy",
            "itemCondition": "https://schema.org/UsedCondition",
            "priceCurrency": "CNY",
            "lowPrice": yuan(lowest),
            "highPrice": yuan(highest),
            "offerCount": page.history.iter().map(|it| it.quotes).sum::<u32>(),
        },
    });
    let description = td_string!(locale, value.description, device = name, range = range);
    Listing { description, address, facts: facts.to_string() }
}

/// The page of a model that no answer has named. Anybody can write any text into its address,
/// so the page does not repeat it.
fn draw_unknown(setting: &Setting, page: &ValuePage) -> String {
    let locale = setting.locale;
    // Without brand and model, which only the visitor wrote: what is public repeats nothing of them.
    let pairs = [("locale", language::tag(locale)), ("device_type", page.category.word())];
    let estimate = format!("/widget/{}?{}", in_path(&page.merchant), query(pairs.into_iter()));
    let title = td_string!(locale, value.unknown);
    draw(setting, title, &News::None, || {
        view! {
            {site_masthead(setting, "")}
            <main class="page failure">
                {icon("picture", "lost")}
                <h1>{title}</h1>
                <p>{td_string!(locale, value.unknown_hint, days = DAYS.to_string())}</p>
                <p>
                    <a class="primary" rel="nofollow" href=estimate>
                        {td_string!(locale, value.estimate)}
                    </a>
                </p>
            </main>
        }
    })
}
