//! A list that was refused, with its mistakes by cell.

use leptos::prelude::*;

use super::shown::{RefusedShown, WrongCell};
use crate::words::{self, Locale, td_string};

pub(super) fn refused(locale: Locale, refused: &RefusedShown) -> impl IntoView + use<> {
    let RefusedShown { file, at, why, mistakes, count } = refused;
    let title = td_string!(locale, price_lists.refused, file = file.clone());
    let listed = mistakes.len();
    let first = (*count > listed).then(|| {
        let text =
            td_string!(locale, price_lists.first_of, listed = listed.to_string(), count = count.to_string());
        view! { <p class="hint">{text}</p> }
    });
    let table = (!mistakes.is_empty()).then(|| table(locale, mistakes));
    view! {
        <div class="alerts attention" role="alert">
            <h3>{title}</h3>
            <p>{why.clone()}</p>
            <p class="hint">{words::time(locale, *at)} " · " {td_string!(locale, price_lists.nothing_changed)}</p>
            {first} {table}
        </div>
    }
}

fn table(locale: Locale, mistakes: &[WrongCell]) -> impl IntoView + use<> {
    let rows = mistakes
        .iter()
        .map(|WrongCell { sheet, cell, what }| {
            let sheet = if sheet.is_empty() { "–" } else { sheet };
            view! {
                <tr>
                    <td>{sheet.to_owned()}</td>
                    <th scope="row">{cell.clone()}</th>
                    <td>{what.clone()}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="cells wrong">
            <thead>
                <tr>
                    <th scope="col">{td_string!(locale, price_lists.sheet)}</th>
                    <th scope="col">{td_string!(locale, price_lists.cell)}</th>
                    <th scope="col">{td_string!(locale, price_lists.wrong)}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}
