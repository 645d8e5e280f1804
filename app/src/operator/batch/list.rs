//! The page of one list.

use leptos::prelude::*;
use lists::{BatchState, EachToBest, ProviderTotal, RowCounts, RowsFound, Worth};
use sheet::ListQuestion;

use super::asked::asked as asked_questions;
use super::buyers::totals as of_buyers;
use super::draft::COMPARE;
use super::listed::Listed;
use super::results::{RowsQuery, filter, results};
use super::standing::{Standing, progress};
use super::worth::{charts, sums};
use crate::operator::title_bar::{Page, title_bar};
use crate::parts::document::{News, Setting, draw};
use crate::parts::masthead::site_masthead;
use crate::words::{Locale, language, td_string};

/// The content of the page.
#[derive(Clone, Debug)]
pub struct ListPage {
    /// The list.
    pub list: Listed,
    /// The selection of rows.
    pub asked: RowsQuery,
    /// The selected rows.
    pub found: RowsFound,
    /// The questions of the list, answered or not.
    pub questions: Vec<ListQuestion>,
    /// The key of the draft with which its open questions are answered; `None` if it is not kept.
    pub draft: Option<String>,
    /// The number of rows by result.
    pub rows: RowCounts,
    /// Their value by kind, brand and grade.
    pub worth: Vec<Worth>,
    /// What each buyer pays for all devices, and what each device comes to at the best one, unless the list is at work;
    /// empty if only one is asked.
    pub totals: (Vec<ProviderTotal>, Option<EachToBest>),
    /// How many calls lists may still make today.
    pub calls_left: u32,
}

/// Draws the page of a list. While it is quoted, its parts `progress`, `sums`, `charts` and `results` are refreshed
/// one by one.
pub fn draw_list(setting: &Setting, page: &ListPage) -> String {
    let locale = setting.locale;
    let ListPage { list, asked, found, questions, draft, rows, worth, totals, calls_left } = page;
    let name = list.batch.name.clone();
    let path = format!("/batch/{}", list.batch.id.0);
    // While the list is quoted, this number would be out of date at once.
    let changes = Standing::of(list).changes();
    let calls_left = (!changes).then(|| {
        view! { <p class="hint">{td_string!(locale, lists.calls_left, left = calls_left.to_string())}</p> }
    });
    let answering = draft.as_ref().map(|key| {
        let compare = if list.batch.providers.is_empty() { String::new() } else { format!("&{COMPARE}=1") };
        format!("/batch/draft/{key}?locale={}{compare}", language::tag(locale))
    });
    let events = changes.then(|| format!("{path}/events?locale={}", language::tag(locale)));
    draw(setting, &name.clone(), &News::None, || {
        view! {
            {site_masthead(setting, &path)}
            <main class="ops" data-events=events>
                {title_bar(locale, name, Page::Inner)}
                <p class="stalled" role="status" data-stalled=td_string!(locale, ops.stalled)></p>
                <p class="hidden" role="status" id="said"></p>
                <section class="card" id="state" tabindex="-1">
                    {progress(locale, list)}
                    {calls_left} {controls(locale, &path, list)}
                </section>
                <div id="sums">{of_buyers(locale, &totals.0, totals.1.as_ref())} {sums(locale, &path, *rows, worth)}</div>
                <section class="card" id="downloads">
                    <h2>{td_string!(locale, lists.report)}</h2>
                    {downloads(locale, &path, rows)}
                </section>
                {asked_questions(locale, questions, answering)}
                <section class="card" id="rows" tabindex="-1">
                    <h2>{td_string!(locale, report.rows)}</h2>
                    {filter(locale, &path, asked)}
                    <div id="results">{results(locale, &path, asked, found, (questions, !list.batch.providers.is_empty()))}</div>
                </section>
                <div id="charts">{charts(locale, worth)}</div>
            </main>
            <script type="module" src="/batch.js"></script>
        }
    })
}

fn controls(locale: Locale, path: &str, list: &Listed) -> impl IntoView + use<> {
    let action = format!("{path}?locale={}", language::tag(locale));
    let press = |what: &'static str, class: &'static str, name: &'static str| {
        view! { <button class=class name="do" value=what>{name}</button> }
    };
    let (go, end) = match Standing::of(list) {
        Standing::Ready => (Some(press("start", "primary", td_string!(locale, lists.start))), false),
        Standing::Paused | Standing::Refused => {
            (Some(press("start", "primary", td_string!(locale, lists.resume))), true)
        }
        Standing::Asking | Standing::WaitsForQuota(_) | Standing::WaitsForPartner(_) => {
            // A list that a command quotes is paused already, for all servers.
            let is_open = list.batch.state == BatchState::Open;
            (is_open.then(|| press("pause", "primary", td_string!(locale, lists.pause))), true)
        }
        Standing::Stopping => (None, list.batch.state == BatchState::Paused),
        Standing::Cancelled | Standing::Unasked | Standing::Done => (None, false),
    };
    let cancel = end.then(|| {
        view! {
            <details>
                <summary>{td_string!(locale, lists.cancel)}</summary>
                <p class="hint">{td_string!(locale, lists.cancel_hint)}</p>
                {press("cancel", "quiet", td_string!(locale, lists.cancel_really))}
            </details>
        }
    });
    view! {
        <form class="presses" id="controls" method="post" action=action>
            {go} {cancel}
            <details>
                <summary>{td_string!(locale, lists.delete)}</summary>
                <p class="hint">{td_string!(locale, lists.delete_hint)}</p>
                {press("delete", "quiet", td_string!(locale, lists.delete_really))}
            </details>
        </form>
    }
}

fn downloads(locale: Locale, path: &str, rows: &RowCounts) -> impl IntoView + use<> {
    let tag = language::tag(locale);
    let files = [("xlsx", "Excel"), ("csv", "CSV"), ("jsonl", "JSON Lines")].map(|(ending, name)| {
        let link = format!("{path}/report.{ending}?locale={tag}");
        view! { <a class="quiet" href=link download="">{name}<span class="hint">{format!(".{ending}")}</span></a> }
    });
    let so_far = (rows.open > 0).then(|| td_string!(locale, lists.report_so_far));
    view! { <p class="actions">{files.collect_view()}</p> <p class="hint">{so_far}</p> }
}
