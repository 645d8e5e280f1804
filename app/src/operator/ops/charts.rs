//! Charts as SVG, which screen readers skip: a table with the same numbers is beside each.

use desk::{Hour, Latency};
use leptos::prelude::*;

use crate::operator::bars::{Bar, bars};
use crate::words::{Locale, td_string};

/// The height of the charts' bars, in units of their view box.
const HEIGHT: u32 = 80;
/// The width of a bar and the gap after it.
const BAR: (u32, u32) = (20, 6);

/// The used share of the day's calls, with a mark where the calls begin that are only for shoppers.
pub(super) fn meter(taken: u32, daily: u32, reserve: u32) -> impl IntoView + use<> {
    let part = |of: u32| 100.0 * f64::from(of.min(daily)) / f64::from(daily.max(1));
    view! {
        <svg class="meter" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
            <rect class="ground" width="100" height="4"></rect>
            <rect class="reserve" x=part(daily.saturating_sub(reserve)) width=part(reserve) height="4"></rect>
            <rect class="taken" width=part(taken) height="4"></rect>
        </svg>
    }
}

/// Calls by hour of the day: failed ones on top of answered ones.
pub(super) fn hours(locale: Locale, hours: &[Hour]) -> impl IntoView + use<> {
    let most = hours.iter().map(|hour| hour.answered + hour.failed).max().unwrap_or_default();
    let bars = hours
        .iter()
        .map(|hour| {
            let (x, both) = (hour.number * (BAR.0 + BAR.1), hour.answered + hour.failed);
            let (tall, failed) = (height(both, most), height(hour.failed, most));
            view! {
                <g>
                    <title>{format!("{:02}:00 · {both}", hour.number)}</title>
                    <rect class="answered" x=x y=HEIGHT - tall width=BAR.0 height=tall></rect>
                    <rect class="failed" x=x y=HEIGHT - tall width=BAR.0 height=failed></rect>
                </g>
            }
        })
        .collect_view();
    let marks = [0, 6, 12, 18]
        .map(|hour| view! { <text x=hour * (BAR.0 + BAR.1) y=HEIGHT + 16>{format!("{hour:02}:00")}</text> })
        .collect_view();
    let rows = hours
        .iter()
        .map(|hour| {
            let at = format!("{:02}:00", hour.number);
            view! { <tr><th scope="row">{at}</th><td>{hour.answered}</td><td>{hour.failed}</td></tr> }
        })
        .collect_view();
    let width = 24 * (BAR.0 + BAR.1);
    view! {
        <svg class="chart" viewBox=format!("0 0 {width} {}", HEIGHT + 20) aria-hidden="true">
            <line x1="0" x2=width y1=HEIGHT y2=HEIGHT></line>
            {bars} {marks}
        </svg>
        <p class="legend" aria-hidden="true">
            <span class="key answered"></span> {td_string!(locale, ops.answered)}
            <span class="key failed"></span> {td_string!(locale, ops.failed)}
        </p>
        <details>
            <summary>{td_string!(locale, ops.as_table)}</summary>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{td_string!(locale, ops.hour)}</th>
                        <th scope="col">{td_string!(locale, ops.answered)}</th>
                        <th scope="col">{td_string!(locale, ops.failed)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </details>
    }
}

/// The distribution of the calls' times.
pub(super) fn latency(locale: Locale, latency: &Latency) -> impl IntoView + use<> {
    let longest = Latency::BOUNDS_MS[Latency::BOUNDS_MS.len() - 1];
    let rows = latency.distribution.iter().enumerate().map(|(place, count)| {
        let label = match Latency::BOUNDS_MS.get(place) {
            Some(bound) => td_string!(locale, ops.up_to, time = duration(*bound)),
            None => td_string!(locale, ops.over, time = duration(longest)),
        };
        Bar::of_count(label, "answered", (*count).into())
    });
    bars([td_string!(locale, ops.took), td_string!(locale, ops.calls)], rows.collect())
}

/// A time in milliseconds, in words.
pub(super) fn duration(ms: u64) -> String {
    if ms < 1_000 { format!("{ms} ms") } else { format!("{:.1} s", ms as f64 / 1_000.0) }
}

/// The height of a bar. It is at least 1 if the count is not 0, so that the bar is visible.
fn height(count: u32, most: u32) -> u32 {
    (count * HEIGHT).div_ceil(most.max(1))
}
