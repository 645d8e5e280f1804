//! The chart of a grade's price by day.

use domain::{Grade, Money, Term};
use leptos::prelude::*;

use super::amounts::{told, whole};
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
    let rows = variant
        .of(grade)
        .map(|it| {
            let prices = told(locale, (it.lowest, it.highest));
            view! {
                <tr>
                    <th scope="row">{words::day(locale, it.day, page.today)}</th>
                    <td>{whole(it.latest)}</td>
                    <td>{prices}</td>
                </tr>
            }
        })
        .collect_view();
    let title = td_string!(locale, value.days, count = DAYS.to_string());
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
    let lowest = days.iter().map(|it| it.latest).min().unwrap_or(Money::ZERO);
    let highest = days.iter().map(|it| it.latest).max().unwrap_or(Money::ZERO);
    let (width, height) = SIZE;
    let spread = (highest.fen() - lowest.fen()).max(1) as f64;
    let place = |it: &desk::PriceOfDay| {
        let ago = page.today.since(it.day).map_or(0, |span| span.get_days());
        let x = width * f64::from(DAYS - 1 - ago) / f64::from(DAYS - 1);
        // If all days have the same price, the line is in the middle.
        let share = if highest == lowest { 0.5 } else { (it.latest.fen() - lowest.fen()) as f64 / spread };
        (x, height * (1.0 - share))
    };
    let line = days.iter().map(|it| place(it)).map(|(x, y)| format!("{x:.1},{y:.1}"));
    let line = line.collect::<Vec<_>>().join(" ");
    let dots = days
        .iter()
        .map(|it| {
            let (x, y) = place(it);
            let title = format!("{} · {}", words::day(locale, it.day, page.today), whole(it.latest));
            view! { <circle cx=format!("{x:.1}") cy=format!("{y:.1}") r="5"><title>{title}</title></circle> }
        })
        .collect_view();
    let first = page.today.checked_sub(jiff::Span::new().days(DAYS - 1)).unwrap_or(page.today);
    view! {
        <p class="hint" aria-hidden="true">{whole(highest)}</p>
        <svg class="line" viewBox=format!("-8 -8 {} {}", width + 16.0, height + 16.0) aria-hidden="true">
            <polyline points=line></polyline>
            {dots}
        </svg>
        <p class="hint lowest" aria-hidden="true">{whole(lowest)}</p>
        <p class="ends hint" aria-hidden="true">
            <span>{words::day(locale, first, page.today)}</span>
            <span>{words::day(locale, page.today, page.today)}</span>
        </p>
    }
}
