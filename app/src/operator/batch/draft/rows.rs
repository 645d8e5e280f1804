//! What was written beside what was understood, row by row, and the lines that are not quoted.

use domain::{Category, Field, Grade, Term};
use leptos::prelude::*;
use sheet::PassedOver;

use super::page::{DraftPage, FORM, ROWS_SHOWN, ReadRow};
use crate::operator::batch::why::problems;
use crate::words::{self, Locale, batch_text, questions, td_string};

pub(super) fn rows(locale: Locale, page: &DraftPage) -> impl IntoView + use<> {
    if page.shown.is_empty() || !page.mapping.missing().is_empty() {
        return None;
    }
    let rows = page.shown.iter().map(|it| row(locale, it)).collect_view();
    Some(view! {
        <section class="card" id="rows">
            <h2>{td_string!(locale, lists.rows_read)}</h2>
            <p class="hint">{td_string!(locale, lists.rows_read_hint)}</p>
            <table class="rows read">
                <caption class="hidden">{td_string!(locale, lists.rows_read)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{td_string!(locale, report.row)}</th>
                        <th scope="col">{td_string!(locale, report.written)}</th>
                        <th scope="col">{td_string!(locale, lists.understood_as)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            {pages(locale, page)}
        </section>
    })
}

fn row(locale: Locale, row: &ReadRow) -> impl IntoView + use<> {
    let facts = Field::OF_A_DEVICE.iter().filter_map(|field| fact(locale, row, *field)).collect_view();
    let failure = row.failure.as_ref().map(|failure| {
        let reasons = problems(locale, |field| row.form.text(field).to_owned(), failure);
        let reasons = reasons.into_iter().map(|(what, mend)| {
            view! { <p><strong>{what}</strong> <small>{mend}</small></p> }
        });
        reasons.collect_view()
    });
    view! {
        <tr>
            <td>{row.number}</td>
            <td><span class="written">{row.written.clone()}</span></td>
            <td><ul class="facts">{facts}</ul> {failure}</td>
        </tr>
    }
}

/// A field as it was understood, and whether that was guessed or has to be asked.
fn fact(locale: Locale, row: &ReadRow, field: Field) -> Option<impl IntoView + use<>> {
    let text = row.form.text(field);
    let asked = row.asked.contains(&field);
    let name = words::column(locale, field);
    if text.is_empty() && !asked {
        return None;
    }
    let shown = match field {
        Field::DeviceType => Category::find(text).map(|it| words::category(locale, it).to_owned()),
        Field::Condition => Grade::find(text).map(|it| words::grade(locale, it).to_owned()),
        Field::Brand => Some(words::brand(locale, text).to_owned()),
        Field::FunctionStatus => Some(questions::choice(locale, field, text)),
        Field::Model
        | Field::Storage
        | Field::Ram
        | Field::RepairHistory
        | Field::PurchaseChannel
        | Field::Keyword => None,
    };
    let shown = shown.unwrap_or_else(|| text.to_owned());
    let mark = match (asked, row.guessed.contains(&field)) {
        (true, _) => Some(td_string!(locale, lists.is_asked)),
        (false, true) => Some(td_string!(locale, lists.is_guessed)),
        (false, false) => None,
    };
    // Where nothing was written, the field's name says what is asked.
    let said = if text.is_empty() { None } else { Some(view! { <span class="hidden">{name} " "</span> }) };
    let shown = if text.is_empty() { name.to_owned() } else { shown };
    let class = if asked { "asked" } else { "known" };
    let mark = mark.map(|mark| view! { " " <small class="mark">{mark}</small> });
    Some(view! { <li class=class>{said} {shown} {mark}</li> })
}

fn pages(locale: Locale, page: &DraftPage) -> impl IntoView + use<> {
    let last = page.rows.div_ceil(ROWS_SHOWN).max(1);
    let at = page.page.clamp(1, last);
    if last == 1 {
        return None;
    }
    // Buttons, not links, so that answers which were typed are sent too.
    let to = |number: u32, name: &'static str| {
        view! { <button class="quiet" form=FORM name="page" value=number.to_string()>{name}</button> }
    };
    let before = (at > 1).then(|| to(at - 1, td_string!(locale, lists.previous)));
    let after = (at < last).then(|| to(at + 1, td_string!(locale, lists.next)));
    let place = batch_text::page_of(locale, (at, last), page.rows);
    Some(view! {
        <nav class="pages" aria-label=td_string!(locale, lists.pages)>{before} <span>{place}</span> {after}</nav>
    })
}

/// The lines that are no devices.
pub(super) fn not_quoted(locale: Locale, page: &DraftPage) -> impl IntoView + use<> {
    if page.passed_over.is_empty() || !page.mapping.missing().is_empty() {
        return None;
    }
    let line = |line: &PassedOver| {
        view! {
            <tr>
                <td>{line.number}</td>
                <td><span class="written">{line.text.clone()}</span></td>
                <td>{questions::no_device(locale, line.why)}</td>
            </tr>
        }
    };
    let lines = page.passed_over.iter().map(line).collect_view();
    let count = page.passed_over_in_all.to_string();
    let shown = u32::try_from(page.passed_over.len()).unwrap_or(u32::MAX);
    let more = page.passed_over_in_all.saturating_sub(shown);
    let more = (more > 0).then(|| {
        view! { <p class="hint">{td_string!(locale, lists.more_bad_rows, count = more.to_string())}</p> }
    });
    Some(view! {
        <details class="card">
            <summary><h2>{td_string!(locale, lists.not_quoted, count = count)}</h2></summary>
            <p class="hint">{td_string!(locale, lists.not_quoted_hint)}</p>
            <table class="rows read">
                <thead>
                    <tr>
                        <th scope="col">{td_string!(locale, report.row)}</th>
                        <th scope="col">{td_string!(locale, report.written)}</th>
                        <th scope="col">{td_string!(locale, report.reason)}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
            {more}
        </details>
    })
}
