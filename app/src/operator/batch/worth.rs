//! The value of a list's devices, as bars.

use std::collections::HashMap;

use domain::{Category, Grade, Money, Term};
use leptos::prelude::*;
use lists::{RowCounts, Worth};

use super::results::RowsQuery;
use crate::operator::bars::{Bar, bars};
use crate::words::{self, Locale, batch_text, td_string};

/// How many brands are named; all others are one bar.
const MOST_BRANDS: usize = 8;

/// What the devices are worth together, and how many rows have no price, with a link to these.
pub(super) fn sums(locale: Locale, path: &str, rows: RowCounts, worth: &[Worth]) -> impl IntoView + use<> {
    let outcomes = [
        (td_string!(locale, report.priced), "answered", rows.priced),
        (td_string!(locale, report.waiting), "unanswered", rows.waiting),
        (td_string!(locale, report.not_priced), "failed", rows.failed),
        (td_string!(locale, report.not_asked), "open", rows.open),
    ];
    let outcomes = outcomes.into_iter().filter(|(.., rows)| *rows > 0);
    let outcomes = outcomes.map(|(name, class, rows)| Bar::of_count(name.to_owned(), class, rows.into()));
    let head = [td_string!(locale, report.outcome), td_string!(locale, report.count)];
    let why = (rows.failed > 0).then(|| {
        let failed = RowsQuery { outcome: "failed".to_owned(), ..RowsQuery::default() };
        view! { <p><a href=failed.link(path, locale)>{td_string!(locale, lists.why_no_price)}</a></p> }
    });
    let waiting = (rows.waiting > 0).then(|| {
        let waiting = RowsQuery { outcome: "waiting".to_owned(), ..RowsQuery::default() };
        view! { <p><a href=waiting.link(path, locale)>{td_string!(locale, lists.which_wait)}</a></p> }
    });
    let outcomes = view! {
        <section class="card">
            <h2>{td_string!(locale, report.by_outcome)}</h2>
            {bars(head, outcomes.collect())} {waiting} {why}
        </section>
    };
    let total = worth.iter().fold(Money::ZERO, |sum, it| sum + it.worth);
    let total = (!worth.is_empty()).then(|| {
        view! {
            <section class="card">
                <h2>{td_string!(locale, lists.total)}</h2>
                <p class="figure">{total.to_string()}</p>
                <p class="hint">{td_string!(locale, lists.total_hint, rows = batch_text::row_count(locale, rows.priced))}</p>
            </section>
        }
    });
    view! { <div class="cards">{total} {outcomes}</div> }
}

/// The value of the devices by brand, grade and category.
pub(super) fn charts(locale: Locale, worth: &[Worth]) -> impl IntoView + use<> {
    let by = |title, name: &dyn Fn(&Worth) -> String| {
        let sums = sums_by(locale, worth, name);
        let head = [title, td_string!(locale, report.price)];
        (!sums.is_empty()).then(|| card(title, head, sums))
    };
    let category = |it: &Worth| {
        Category::find(&it.device_type)
            .map_or(it.device_type.clone(), |category| words::category(locale, category).to_owned())
    };
    let grade = |it: &Worth| {
        Grade::find(&it.condition)
            .map_or(it.condition.clone(), |grade| words::grade(locale, grade).to_owned())
    };
    view! {
        <div class="cards">
            {by(td_string!(locale, report.by_brand), &|it| words::brand(locale, &it.brand).to_owned())}
            {by(td_string!(locale, report.by_grade), &grade)}
            {by(td_string!(locale, report.by_category), &category)}
        </div>
    }
}

fn card(title: &'static str, head: [&'static str; 2], rows: Vec<Bar>) -> impl IntoView {
    view! { <section class="card"><h2>{title}</h2>{bars(head, rows)}</section> }
}

/// Sums of value by name, the greatest first.
fn sums_by(locale: Locale, worth: &[Worth], name: &dyn Fn(&Worth) -> String) -> Vec<Bar> {
    let mut sums = HashMap::<String, Money>::new();
    for it in worth {
        let sum = sums.entry(name(it)).or_insert(Money::ZERO);
        *sum = *sum + it.worth;
    }
    let mut sums: Vec<_> = sums.into_iter().collect();
    sums.sort_by(|(one, a), (other, b)| b.cmp(a).then_with(|| one.cmp(other)));
    if sums.len() > MOST_BRANDS {
        let others = sums.split_off(MOST_BRANDS).into_iter().fold(Money::ZERO, |all, (_, sum)| all + sum);
        sums.push((td_string!(locale, report.others).to_owned(), others));
    }
    let bar = |(label, sum): (String, Money)| Bar {
        label,
        class: "answered",
        size: sum.fen().unsigned_abs(),
        shown: sum.to_string(),
    };
    sums.into_iter().map(bar).collect()
}
