//! A table with a bar in each row.

use leptos::prelude::*;

/// A row of a table of bars.
pub(super) struct Bar {
    pub(super) label: String,
    /// Its colour: `answered`, `unanswered`, `failed` or `open`.
    pub(super) class: &'static str,
    /// Its length, compared with the others.
    pub(super) size: u64,
    /// The text beside it.
    pub(super) shown: String,
}

impl Bar {
    /// A bar with its size beside it.
    pub(super) fn of_count(label: String, class: &'static str, count: u64) -> Self {
        Self { label, class, size: count, shown: count.to_string() }
    }
}

/// A table with a bar in each row. The greatest size has the full length. `head` has the headings of the two
/// columns, for screen readers.
pub(super) fn bars(head: [&'static str; 2], rows: Vec<Bar>) -> impl IntoView {
    let most = rows.iter().map(|row| row.size).max().unwrap_or_default().max(1);
    let rows = rows
        .into_iter()
        .map(|Bar { label, class, size, shown }| {
            let width = 100.0 * size as f64 / most as f64;
            view! {
                <tr>
                    <th scope="row">{label}</th>
                    <td class="bar">
                        <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                            <rect class=class width=width height="8"></rect>
                        </svg>
                    </td>
                    <td>{shown}</td>
                </tr>
            }
        })
        .collect_view();
    let [name, size] = head;
    view! {
        <table class="bars">
            <thead class="hidden">
                <tr>
                    <th scope="col">{name}</th>
                    <td></td>
                    <th scope="col">{size}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}
