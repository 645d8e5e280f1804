//! The page of a model's value, for anyone and for search engines.

mod amounts;
mod buyer;
mod card;
mod chart;
mod line;
mod page;
#[cfg(test)]
mod tests;
mod variant;

use domain::{Grade, Money, Term};
use leptos::prelude::*;
use serde_json::json;

pub use self::buyer::Buyer;
pub use self::card::{CARD_DAYS, Card, CardDevice};
pub use self::page::{DAYS, ValuePage, ValueQuery, path};

use self::amounts::{range, told};
use self::buyer::{label, names, several};
use self::chart::chart;
use self::variant::{Variant, variants};
use crate::parts::address::{in_path, query};
use crate::parts::document::{Listing, News, Setting, draw, draw_listed};
use crate::parts::icon::icon;
use crate::parts::masthead::site_masthead;
use crate::words::{self, Locale, language, td_string};

/// The most sizes that the headline names one by one.
const MOST_NAMED: usize = 4;

/// Draws the page. If nothing is known about the model, the page says so.
pub fn draw_page(setting: &Setting, page: &ValuePage) -> String {
    let locale = setting.locale;
    let variants = variants(&page.history, &page.buyers);
    let chosen = variants
        .iter()
        .find(|it| it.is(&page.asked.storage, &page.asked.ram))
        .or_else(|| variants.iter().max_by_key(|it| it.quotes));
    let Some(chosen) = chosen else { return draw_unknown(setting, page) };
    let title = td_string!(locale, value.title, device = page.name(locale));
    let range = range(variants.iter().flat_map(|it| it.grades()).map(|(_, price)| price.latest));
    // A sandbox's prices are not real, so search engines do not get them.
    let of_all = self::range(variants.iter().flat_map(Variant::last_prices).collect::<Vec<_>>().into_iter());
    let listing = of_all.filter(|_| !setting.sandbox).map(|range| listing(locale, page, range));
    let shown = title.clone();
    draw_listed(setting, &title, &News::None, listing, || {
        view! {
            {site_masthead(setting, &page.path())}
            <main class="value">
                <h1>{shown}</h1>
                {headline(locale, page, range, &variants)}
                {choices(locale, page, &variants, chosen)}
                {by_grade(locale, page, chosen)}
                {chart(locale, page, chosen)}
                <p class="hint">{td_string!(locale, value.what_it_is)}</p>
            </main>
        }
    })
}

fn headline(
    locale: Locale,
    page: &ValuePage,
    range: Option<(Money, Money)>,
    all: &[Variant],
) -> impl IntoView + use<> {
    let latest = page.history.first().map(|it| words::day(locale, it.day, page.today));
    let when = latest.map(|day| td_string!(locale, value.as_of, day = day));
    let buyers = several(&page.buyers, &page.history);
    let whose =
        (!buyers.is_empty()).then(|| td_string!(locale, value.whose, buyers = names(locale, &buyers)) + " ");
    view! {
        <p class="price">{range.map(|range| told(locale, range))}</p>
        <p class="of">{priced(locale, all)}</p>
        <p class="lead">{when} " " {whose} {td_string!(locale, value.lead)}</p>
        <p class="actions">
            <a class="primary" rel="nofollow" href=page.estimate(locale, None, None)>
                {td_string!(locale, value.estimate)}
            </a>
        </p>
    }
}

/// Which devices the prices are of: the sizes and the grades.
fn priced(locale: Locale, all: &[Variant]) -> String {
    let between = |first: String, last: String| match first == last {
        true => first,
        false => td_string!(locale, value.range, from = first, to = last),
    };
    let names: Vec<String> = all.iter().map(Variant::name).collect();
    let sizes = match &names[..] {
        [first, .., last] if names.len() > MOST_NAMED => between(first.clone(), last.clone()),
        names => names.join(td_string!(locale, language.comma)),
    };
    let grades = all.iter().flat_map(|it| it.grades()).map(|(grade, _)| grade);
    let name = |grade: Option<Grade>| grade.map(|grade| words::grade(locale, grade).to_owned());
    // The best grade is the first.
    let grades = name(grades.clone().max()).zip(name(grades.min()));
    let grades = grades.map_or(String::new(), |(worst, best)| between(worst, best));
    td_string!(locale, value.of, sizes = sizes, grades = grades)
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
    let buyers = several(&page.buyers, &page.history);
    let part = |amount: Money| 100.0 * amount.fen() as f64 / most.fen().max(1) as f64;
    let rows = chosen
        .grades()
        .map(|(grade, price)| {
            let (from, to) = (part(price.lowest), part(price.highest));
            let prices = told(locale, (price.lowest, price.highest));
            let estimate = page.estimate(locale, Some(chosen), Some(grade));
            let day = words::day(locale, price.day, page.today);
            let whose = match label(&buyers, &price.provider) {
                Some(buyer) => format!("{buyer} · {day}"),
                None => day,
            };
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
                        {prices} <small>{whose}</small>
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
            // The device is bought from people, not sold to them.
            "businessFunction": "http://purl.org/goodrelations/v1#Buy",
            "itemCondition": "https://schema.org/UsedCondition",
            "priceCurrency": "CNY",
            "lowPrice": yuan(lowest),
            "highPrice": yuan(highest),
            "offerCount": page.history.iter().map(|it| it.quotes).sum::<u32>(),
        },
    });
    let description = td_string!(locale, value.description, device = name, range = range);
    let chosen = language::named(&page.asked.locale);
    Listing { description, address, chosen, facts: facts.to_string() }
}

/// The page of a model that no answer has named. The page does not repeat its address, because anyone can
/// write any text into it.
fn draw_unknown(setting: &Setting, page: &ValuePage) -> String {
    let locale = setting.locale;
    // Brand and model are left out, since only the visitor has written them.
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
