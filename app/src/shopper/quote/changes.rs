//! Other answers that would change the price.

use domain::{Change, Money};
use leptos::prelude::*;

use super::page::QuotePage;
use crate::words::{self, Locale, td_string};

/// The known prices of the same device with one answer changed.
pub(super) fn changes(locale: Locale, page: &QuotePage) -> Option<impl IntoView + use<>> {
    (!page.changes.is_empty()).then(|| {
        let mine = page.quote.price.final_price();
        let rows = page
            .changes
            .iter()
            .map(|(change, quote)| {
                let price = quote.price.final_price();
                let by = price - mine;
                let sign = if by > Money::ZERO { "+" } else { "" };
                view! {
                    <tr>
                        <th scope="row">{told(locale, *change)}</th>
                        <td class="number">{price.to_string()}</td>
                        <td class="number">{format!("{sign}{by}")}</td>
                    </tr>
                }
            })
            .collect_view();
        view! {
            <section>
                <h2>{td_string!(locale, quote.changes)}</h2>
                <p class="hint">{td_string!(locale, quote.changes_hint)}</p>
                <table class="steps changes">
                    <thead class="hidden">
                        <tr>
                            <th scope="col">{td_string!(locale, quote.change)}</th>
                            <th scope="col">{td_string!(locale, quote.step_final)}</th>
                            <th scope="col">{td_string!(locale, quote.difference)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </section>
        }
    })
}

fn told(locale: Locale, change: Change) -> String {
    match change {
        Change::Grade(grade) => {
            format!("{}: {}", words::grade(locale, grade), words::grade_hint(locale, grade))
        }
        Change::Without(fault) => td_string!(locale, quote.without, fault = words::fault(locale, fault)),
        Change::With(fault) => td_string!(locale, quote.with, fault = words::fault(locale, fault)),
    }
}
