//! A list's rows with their results: filtered, sorted, one page at a time.

use domain::{Category, Field, Grade, Term};
use leptos::prelude::*;
use lists::{BatchRow, RowOrder, RowOutcome, RowsAsked, RowsFound};
use serde::{Deserialize, Serialize};
use sheet::ListQuestion;

use super::asked::question_of;
use super::why::{reasons, waits};
use crate::parts::address::query;
use crate::parts::icon::icon;
use crate::words::{self, Locale, batch_text, language, questions, td_string};

/// The selection of rows, from the page's address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RowsQuery {
    /// Words that a row must contain.
    pub q: String,
    /// `priced`, `waiting`, `failed` or `open`; anything else for all.
    pub outcome: String,
    /// `device` or `price`; anything else is the order of the file.
    pub order: String,
    /// `1` for the last first.
    pub down: String,
    /// The page, from 1.
    pub page: String,
}

/// How many rows a page has.
const AT_ONCE: u32 = 25;

impl RowsQuery {
    /// The selection for the records.
    pub fn asked(&self) -> RowsAsked {
        RowsAsked {
            outcome: self.outcome(),
            text: self.q.clone(),
            order: self.order(),
            descending: self.down == "1",
            skip: (self.page() - 1).saturating_mul(AT_ONCE),
            most: AT_ONCE,
        }
    }

    fn outcome(&self) -> Option<RowOutcome> {
        match self.outcome.as_str() {
            "priced" => Some(RowOutcome::Priced),
            "waiting" => Some(RowOutcome::Waiting),
            "failed" => Some(RowOutcome::Failed),
            "open" => Some(RowOutcome::Open),
            _ => None,
        }
    }

    fn order(&self) -> RowOrder {
        match self.order.as_str() {
            "device" => RowOrder::Device,
            "price" => RowOrder::Price,
            _ => RowOrder::Number,
        }
    }

    fn page(&self) -> u32 {
        self.page.parse().ok().filter(|page| *page > 0).unwrap_or(1)
    }

    fn filters(&self) -> bool {
        !self.q.trim().is_empty() || self.outcome().is_some()
    }

    /// The address of the list's page with this selection.
    pub(super) fn link(&self, path: &str, locale: Locale) -> String {
        let pairs = [
            ("locale", language::tag(locale)),
            ("q", self.q.trim()),
            ("outcome", &self.outcome),
            ("order", &self.order),
            ("down", &self.down),
            ("page", &self.page),
        ];
        format!("{path}?{}#rows", query(pairs.into_iter().filter(|(_, value)| !value.is_empty())))
    }
}

/// Draws the rows under `path`, the address of their list. `of_list` has its questions, and whether it compares buyers.
pub(super) fn results(
    locale: Locale,
    path: &str,
    asked: &RowsQuery,
    found: &RowsFound,
    of_list: (&[ListQuestion], bool),
) -> impl IntoView + use<> {
    let rows = found.rows.iter().map(|it| row(locale, it, of_list)).collect_view();
    let table = if found.rows.is_empty() {
        let text = if asked.filters() {
            td_string!(locale, lists.no_such_rows)
        } else {
            td_string!(locale, lists.no_rows_here)
        };
        view! { <div class="note">{icon("picture", "lost")} <p>{text}</p></div> }.into_any()
    } else {
        view! {
            <table class="rows">
                <caption class="hidden">{td_string!(locale, report.rows)}</caption>
                <thead>
                    <tr>
                        {heading(locale, path, asked, "", td_string!(locale, report.row))}
                        {heading(locale, path, asked, "device", td_string!(locale, lists.device))}
                        {heading(locale, path, asked, "price", td_string!(locale, report.price))}
                        <th scope="col">{td_string!(locale, report.outcome)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any()
    };
    view! { {table} {pages(locale, path, asked, found.total)} }
}

/// The form that filters the rows. It is not replaced when new rows come in.
pub(super) fn filter(locale: Locale, path: &str, asked: &RowsQuery) -> impl IntoView + use<> {
    let outcome = asked.outcome();
    let choices = [
        (None, "", td_string!(locale, lists.all_rows)),
        (Some(RowOutcome::Priced), "priced", td_string!(locale, report.priced)),
        (Some(RowOutcome::Waiting), "waiting", td_string!(locale, report.waiting)),
        (Some(RowOutcome::Failed), "failed", td_string!(locale, report.not_priced)),
        (Some(RowOutcome::Open), "open", td_string!(locale, report.not_asked)),
    ];
    let choices = choices
        .map(|(is, value, name)| view! { <option value=value selected=is == outcome>{name}</option> })
        .collect_view();
    view! {
        <form class="filter" method="get" action=format!("{path}#rows") role="search">
            <input type="hidden" name="locale" value=language::tag(locale)/>
            <input type="hidden" name="order" value=asked.order.clone()/>
            <input type="hidden" name="down" value=asked.down.clone()/>
            <label>
                <span>{td_string!(locale, lists.find)}</span>
                <input type="search" name="q" value=asked.q.clone() maxlength="100"/>
            </label>
            <label>
                <span>{td_string!(locale, report.outcome)}</span>
                <select name="outcome">{choices}</select>
            </label>
            <button class="quiet">{td_string!(locale, lists.show)}</button>
        </form>
    }
}

/// A heading that sorts the rows by its column. A second click reverses the order.
fn heading(
    locale: Locale,
    path: &str,
    asked: &RowsQuery,
    order: &'static str,
    name: &'static str,
) -> impl IntoView + use<> {
    let sorted = asked.order() == RowsQuery { order: order.into(), ..RowsQuery::default() }.order();
    let down = asked.down == "1";
    let (sort, mark) = match (sorted, down) {
        (true, false) => (Some("ascending"), " ↑"),
        (true, true) => (Some("descending"), " ↓"),
        (false, _) => (None, ""),
    };
    // By price, the highest comes first.
    let turn = if sorted { !down } else { order == "price" };
    let other = RowsQuery {
        order: order.to_owned(),
        down: if turn { "1".into() } else { String::new() },
        page: String::new(),
        ..asked.clone()
    };
    view! {
        <th scope="col" aria-sort=sort>
            <a href=other.link(path, locale)>{name}<span aria-hidden="true">{mark}</span></a>
        </th>
    }
}

fn row(locale: Locale, row: &BatchRow, (asked, compares): (&[ListQuestion], bool)) -> impl IntoView + use<> {
    let form = &row.form;
    let brand = words::brand(locale, &form.brand).to_owned();
    let name = format!("{brand} {} {}", form.model.trim_start_matches(&form.brand).trim(), form.storage);
    let category = Category::find(&form.device_type)
        .map_or(form.device_type.clone(), |category| words::category(locale, category).to_owned());
    let grade = Grade::find(&form.condition)
        .map_or(form.condition.clone(), |grade| words::grade(locale, grade).to_owned());
    let function = questions::choice(locale, Field::FunctionStatus, &form.function_status);
    let facts = [category, form.ram.clone(), grade, function];
    let facts = facts.into_iter().filter(|fact| !fact.is_empty()).collect::<Vec<_>>().join(" · ");
    let full_name = format!("{brand} {}", form.model);
    let is_other = |text: &String| !text.eq_ignore_ascii_case(&full_name);
    let written = row.written_model.clone().filter(is_other).map(|text| {
        view! { <small class="written">{td_string!(locale, lists.written_as, text = text)}</small> }
    });
    let (price, outcome) = match &row.answer {
        Some(Ok(quote)) => {
            let page = format!("/quote/{}?locale={}", quote.id, language::tag(locale));
            let link = view! { <a href=page>{td_string!(locale, lists.how_it_came)}</a> };
            let buyer = compares.then(|| {
                let buyer = quote.provider.as_str().to_owned();
                view! { <p>{td_string!(locale, list_buyers.best_of, buyer = buyer)}</p> }
            });
            (Some(quote.price.final_price().to_string()), view! { {buyer} {link} }.into_any())
        }
        Some(Err(failure)) => match question_of(asked, row) {
            question if row.waits || question.is_some() => (None, waits(locale, question).into_any()),
            _ => (None, reasons(locale, row, failure).into_any()),
        },
        None => (None, td_string!(locale, report.not_asked).into_any()),
    };
    view! {
        <tr>
            <td>{row.number}</td>
            <td><strong>{name}</strong> <small>{facts}</small> {written}</td>
            <td class="amount">{price}</td>
            <td>{outcome}</td>
        </tr>
    }
}

fn pages(locale: Locale, path: &str, asked: &RowsQuery, total: u32) -> impl IntoView + use<> {
    let last = total.div_ceil(AT_ONCE).max(1);
    let page = asked.page().min(last);
    let to = |page: u32, rel: &'static str, name: &'static str| {
        let link = RowsQuery { page: page.to_string(), ..asked.clone() }.link(path, locale);
        view! { <a class="quiet" href=link rel=rel>{name}</a> }
    };
    let before = (page > 1).then(|| to(page - 1, "prev", td_string!(locale, lists.previous)));
    let after = (page < last).then(|| to(page + 1, "next", td_string!(locale, lists.next)));
    let place = batch_text::page_of(locale, (page, last), total);
    view! { <nav class="pages" aria-label=td_string!(locale, lists.pages)>{before} <span>{place}</span> {after}</nav> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_asks_for_rows_and_nonsense_for_all() {
        let query = RowsQuery { outcome: "failed".into(), page: "3".into(), ..RowsQuery::default() };
        let asked = query.asked();
        assert_eq!((asked.outcome, asked.skip, asked.most), (Some(RowOutcome::Failed), 50, 25));
        assert_eq!(query.link("/batch/1", Locale::en), "/batch/1?locale=en&outcome=failed&page=3#rows");
        for page in ["0", "-1", "x", "99999999999"] {
            let odd = RowsQuery { page: page.into(), outcome: "odd".into(), ..RowsQuery::default() };
            assert_eq!(odd.asked(), RowsAsked { most: AT_ONCE, ..RowsAsked::default() });
        }
    }
}
