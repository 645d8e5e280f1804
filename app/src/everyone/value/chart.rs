//! The chart of a grade's price by day: a line for each buyer.

use desk::PriceOfDay;
use domain::{Grade, Money, Term};
use jiff::civil::Date;
use leptos::prelude::*;

use super::amounts::{told, whole};
use super::buyer::{label, several};
use super::line::Look;
use super::page::{DAYS, ValuePage, ValueQuery};
use super::variant::Variant;
use crate::words::{self, Locale, td_string};

/// The chart's size, in units of its view box.
const SIZE: (f64, f64) = (600.0, 150.0);

/// Draws the days of the requested grade, or of the grade with the most known days, and links to the other
/// grades.
pub(super) fn chart(locale: Locale, page: &ValuePage, variant: &Variant) -> impl IntoView + use<> {
    let asked = Grade::find(&page.asked.condition).filter(|grade| variant.of(*grade).next().is_some());
    let most = variant.grades().max_by_key(|(grade, _)| variant.of(*grade).count()).map(|(grade, _)| grade);
    let grade = asked.or(most)?;
    let links = variant.grades().map(|(it, _)| {
        let asked = ValueQuery {
            storage: variant.storage.clone(),
            ram: variant.ram.clone().unwrap_or_default(),
            condition: it.word().to_owned(),
            ..page.asked.clone()
        };
        let link = format!("{}#days", page.link(locale, &asked));
        let here = (it == grade).then_some("true");
        view! { <li><a href=link aria-current=here>{words::grade(locale, it)}</a></li> }
    });
    let links = links.collect_view();
    let buyers = several(&page.buyers, &page.history);
    let rows = variant
        .of(grade)
        .map(|it| {
            let prices = told(locale, (it.lowest, it.highest));
            let buyer = label(&buyers, &it.provider).map(|buyer| view! { <td>{buyer.to_owned()}</td> });
            view! {
                <tr>
                    <th scope="row">{words::day(locale, it.day, page.today)}</th>
                    {buyer}
                    <td>{whole(it.latest)}</td>
                    <td>{prices}</td>
                </tr>
            }
        })
        .collect_view();
    let title = td_string!(locale, value.days, count = DAYS.to_string());
    let buyer =
        (!buyers.is_empty()).then(|| view! { <th scope="col">{td_string!(locale, value.buyer)}</th> });
    Some(view! {
        <section id="days">
            <h2>{title}</h2>
            <ul class="tabs">{links}</ul>
            {drawing(locale, page, variant, grade)}
            <details>
                <summary>{td_string!(locale, ops.as_table)}</summary>
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{td_string!(locale, value.day)}</th>
                            {buyer}
                            <th scope="col">{td_string!(locale, value.last)}</th>
                            <th scope="col">{td_string!(locale, value.price)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </details>
        </section>
    })
}

fn drawing(locale: Locale, page: &ValuePage, variant: &Variant, grade: Grade) -> impl IntoView + use<> {
    let days: Vec<_> = variant.of(grade).collect();
    let scale = Scale::of(page.today, &days);
    let buyers = several(&page.buyers, &page.history);
    let last = variant.last(grade);
    let keys = buyers.iter().enumerate().filter_map(|(place, buyer)| {
        let price = last.iter().find(|it| it.provider == buyer.name)?;
        let (look, text) = (Look::of(place), format!("{} {}", buyer.label, whole(price.latest)));
        Some(view! { <li class=look.class()>{look.key()} " " <span>{text}</span></li> })
    });
    let keys = keys.collect_view();
    // A buyer alone needs no key.
    let keys = (!buyers.is_empty()).then(|| view! { <ul class="tabs">{keys}</ul> });
    let lines = match buyers.is_empty() {
        true => vec![line(locale, page, &scale, Look::of(0), &days, "")],
        false => buyers
            .iter()
            .enumerate()
            .map(|(place, buyer)| {
                let own: Vec<_> = days.iter().copied().filter(|it| it.provider == buyer.name).collect();
                line(locale, page, &scale, Look::of(place), &own, &format!("{} · ", buyer.label))
            })
            .collect(),
    };
    let first = page.today.checked_sub(jiff::Span::new().days(DAYS - 1)).unwrap_or(page.today);
    let (width, height) = SIZE;
    view! {
        {keys}
        <p class="hint" aria-hidden="true">{whole(scale.highest)}</p>
        <svg class="line" viewBox=format!("-8 -8 {} {}", width + 16.0, height + 16.0) aria-hidden="true">
            {lines}
        </svg>
        <p class="hint lowest" aria-hidden="true">{whole(scale.lowest)}</p>
        <p class="ends hint" aria-hidden="true">
            <span>{words::day(locale, first, page.today)}</span>
            <span>{words::day(locale, page.today, page.today)}</span>
        </p>
    }
}

/// The line of a buyer with a mark for each day. `of` is written before the day.
fn line(
    locale: Locale,
    page: &ValuePage,
    scale: &Scale,
    look: Look,
    days: &[&PriceOfDay],
    of: &str,
) -> impl IntoView + use<> {
    let points = days.iter().map(|it| scale.place(it)).map(|(x, y)| format!("{x:.1},{y:.1}"));
    let points = points.collect::<Vec<_>>().join(" ");
    let marks = days
        .iter()
        .map(|it| {
            let (x, y) = scale.place(it);
            let title = format!("{of}{} · {}", words::day(locale, it.day, page.today), whole(it.latest));
            look.mark(x, y, Some(title))
        })
        .collect_view();
    view! {
        <g class=look.class()>
            <polyline points=points stroke-dasharray=look.dashes()></polyline>
            {marks}
        </g>
    }
}

/// Where days and prices are in the chart. All buyers have the same scale.
struct Scale {
    today: Date,
    lowest: Money,
    highest: Money,
}

impl Scale {
    fn of(today: Date, days: &[&PriceOfDay]) -> Self {
        let prices = days.iter().map(|it| it.latest);
        let lowest = prices.clone().min().unwrap_or(Money::ZERO);
        Self { today, lowest, highest: prices.max().unwrap_or(Money::ZERO) }
    }

    fn place(&self, it: &PriceOfDay) -> (f64, f64) {
        let Self { today, lowest, highest } = self;
        let ((width, height), spread) = (SIZE, (highest.fen() - lowest.fen()).max(1) as f64);
        let ago = today.since(it.day).map_or(0, |span| span.get_days());
        let x = width * f64::from(DAYS - 1 - ago) / f64::from(DAYS - 1);
        // If all days have the same price, the line is in the middle.
        let share = if highest == lowest { 0.5 } else { (it.latest.fen() - lowest.fen()) as f64 / spread };
        (x, height * (1.0 - share))
    }
}
