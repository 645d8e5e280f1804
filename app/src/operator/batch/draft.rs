//! The page that shows how a file was read, before any call is made for it.

use std::time::Duration;

use domain::{Failure, Field, QuoteForm};
use leptos::prelude::*;
use sheet::Mapping;

use super::hidden_rows::hidden_rows;
use super::results::problems;
use super::standing::duration;
use crate::operator::title_bar::{Page, title_bar};
use crate::parts::document::{News, Setting, draw};
use crate::parts::masthead::site_masthead;
use crate::words::{self, Locale, batch_text, language, td_string};

/// The content of the page.
#[derive(Clone, Debug)]
pub struct DraftPage {
    /// The key that it is kept under.
    pub key: String,
    /// The file's name.
    pub name: String,
    /// Its columns: each heading, and the first value below it.
    pub columns: Vec<(String, String)>,
    /// How many rows the spreadsheet does not show, and whether they are left out.
    pub hidden_rows: (usize, bool),
    /// The columns of the fields.
    pub mapping: Mapping,
    /// How many rows describe something.
    pub rows: u32,
    /// How many of these rows have mistakes.
    pub bad_rows: u32,
    /// How many different devices there are.
    pub devices: u32,
    /// How many devices have a known price, which costs no call.
    pub at_hand: u32,
    /// How many calls lists may still make today, and how many on a new day.
    pub calls: (u32, u32),
    /// The median time of today's calls; `None` before the first.
    pub call_takes: Option<Duration>,
    /// The first rows, as they were read.
    pub first: Vec<(u32, QuoteForm)>,
    /// The first rows with mistakes.
    pub bad: Vec<(u32, QuoteForm, Failure)>,
    /// The unfinished list from the same file, if there is one.
    pub before: Option<i64>,
}

/// How many calls are made at the same time.
const AT_ONCE: u32 = 5;

impl DraftPage {
    fn calls_needed(&self) -> u32 {
        self.devices.saturating_sub(self.at_hand)
    }

    /// Whether there is a device to ask for, and all necessary columns are known.
    fn is_ready(&self) -> bool {
        self.mapping.missing().is_empty() && self.devices > 0
    }
}

/// Draws how a file was read.
pub fn draw_draft(setting: &Setting, page: &DraftPage) -> String {
    let locale = setting.locale;
    draw(setting, &page.name, &News::None, || {
        view! {
            {site_masthead(setting, &format!("/batch/draft/{}", page.key))}
            <main class="ops">
                {title_bar(locale, page.name.clone(), Page::Inner)}
                <p class="lead">{td_string!(locale, lists.draft_lead)}</p>
                {before(locale, page)}
                {hidden_rows(locale, &page.key, page.hidden_rows, hidden(page))}
                {if page.mapping.missing().is_empty() {
                    (figures(locale, page).into_any(), columns(locale, page).into_any())
                } else {
                    // Before the columns are known, the rows mean nothing.
                    (columns(locale, page).into_any(), presses(locale, page).into_any())
                }}
                {first_rows(locale, page)}
                {bad_rows(locale, page)}
            </main>
        }
    })
}

fn before(locale: Locale, page: &DraftPage) -> impl IntoView + use<> {
    let link = format!("/batch/{}?locale={}", page.before?, language::tag(locale));
    Some(view! {
        <p class="alerts attention">
            {td_string!(locale, lists.before)} " " <a href=link>{td_string!(locale, lists.before_link)}</a>
        </p>
    })
}

fn figures(locale: Locale, page: &DraftPage) -> impl IntoView + use<> {
    let (needed, (left, daily)) = (page.calls_needed(), page.calls);
    let takes = page.call_takes.map_or_else(
        || td_string!(locale, lists.time_unknown).to_owned(),
        |takes| duration(locale, takes * needed.div_ceil(AT_ONCE)),
    );
    let figures = [
        (td_string!(locale, lists.rows), page.rows.to_string()),
        (td_string!(locale, lists.bad_rows), page.bad_rows.to_string()),
        (td_string!(locale, lists.devices), page.devices.to_string()),
        (td_string!(locale, lists.at_hand), page.at_hand.to_string()),
        (td_string!(locale, lists.calls_needed), needed.to_string()),
        (td_string!(locale, lists.calls_left_name), left.to_string()),
        (td_string!(locale, lists.time), takes),
    ];
    let figures =
        figures.map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> }).collect_view();
    let days = (needed > left && daily > 0).then(|| {
        let days = (needed - left).div_ceil(daily).to_string();
        view! { <p class="hint">{td_string!(locale, lists.more_days, left = left.to_string(), days = days)}</p> }
    });
    view! {
        <section class="card">
            <h2>{td_string!(locale, lists.understood)}</h2>
            <dl class="figures">{figures}</dl>
            {days} {presses(locale, page)}
        </section>
    }
}

fn presses(locale: Locale, page: &DraftPage) -> impl IntoView + use<> {
    let action = format!("/batch/draft/{}?locale={}", page.key, language::tag(locale));
    let mapping = hidden(page);
    let go = page.is_ready().then(|| {
        view! {
            <button class="primary" name="do" value="start">{td_string!(locale, lists.start)}</button>
            <button class="quiet" name="do" value="keep">{td_string!(locale, lists.keep)}</button>
        }
    });
    view! {
        <form class="presses" method="post" action=action>
            {mapping} {go}
            <button class="quiet" name="do" value="discard">{td_string!(locale, lists.discard)}</button>
        </form>
    }
}

/// The chosen columns, as hidden fields for the next step.
fn hidden(page: &DraftPage) -> impl IntoView + use<> {
    let of = |field: Field| {
        let column =
            page.mapping.columns().find(|(it, _)| *it == field).map(|(_, column)| column.to_string());
        view! { <input type="hidden" name=field.name() value=column.unwrap_or_default()/> }
    };
    Field::OF_A_DEVICE.map(of).collect_view()
}

fn columns(locale: Locale, page: &DraftPage) -> impl IntoView + use<> {
    let missing = page.mapping.missing();
    let problem = (!missing.is_empty()).then(|| {
        let names = batch_text::names(locale, &missing);
        view! { <p class="problem" role="alert">{td_string!(locale, lists.columns_missing, names = names)}</p> }
    });
    let used = |place: usize| page.mapping.columns().any(|(_, column)| column == place);
    let unused =
        page.columns.iter().enumerate().filter(|(place, (name, _))| !used(*place) && !name.is_empty());
    let unused: Vec<&str> = unused.map(|(_, (name, _))| name.as_str()).collect();
    let unused = (!unused.is_empty()).then(|| {
        let names = unused.join(td_string!(locale, language.comma));
        view! { <p class="hint">{batch_text::columns_ignored(locale, &names)}</p> }
    });
    let needed = Mapping::default().missing();
    let fields = Field::OF_A_DEVICE
        .map(|field| {
            let chosen = page.mapping.columns().find(|(it, _)| *it == field).map(|(_, column)| column);
            let options = page.columns.iter().enumerate().map(|(place, (heading, example))| {
                let text = match (heading.is_empty(), example.is_empty()) {
                    (true, _) => format!("{} ({example})", place + 1),
                    (false, true) => heading.clone(),
                    (false, false) => format!("{heading} ({example})"),
                };
                view! { <option value=place selected=chosen == Some(place)>{text}</option> }
            });
            let options = options.collect_view();
            let need = needed.contains(&field).then(|| td_string!(locale, lists.needed));
            let wrong = missing.contains(&field).then_some("true");
            view! {
                <label>
                    <span>{words::column(locale, field)} " " <small>{need}</small></span>
                    <select name=field.name() aria-invalid=wrong>
                        <option value="">{td_string!(locale, lists.no_column)}</option>
                        {options}
                    </select>
                </label>
            }
        })
        .collect_view();
    view! {
        <details class="card columns" open=!missing.is_empty()>
            <summary><h2>{td_string!(locale, lists.columns)}</h2></summary>
            <p class="hint">{td_string!(locale, lists.columns_hint)}</p>
            {problem} {unused}
            <form method="get" action=format!("/batch/draft/{}", page.key)>
                <input type="hidden" name="locale" value=language::tag(locale)/>
                <div class="fields">{fields}</div>
                <button class="quiet">{td_string!(locale, lists.read_again)}</button>
            </form>
        </details>
    }
}

fn first_rows(locale: Locale, page: &DraftPage) -> impl IntoView + use<> {
    let shown: Vec<Field> = page.mapping.columns().map(|(field, _)| field).collect();
    if page.first.is_empty() {
        return None;
    }
    let headings = shown
        .iter()
        .map(|field| view! { <th scope="col">{words::column(locale, *field)}</th> })
        .collect_view();
    let rows = page
        .first
        .iter()
        .map(|(number, form)| {
            let cells = shown.iter().map(|field| view! { <td>{form.text(*field).to_owned()}</td> });
            view! { <tr><th scope="row">{*number}</th>{cells.collect_view()}</tr> }
        })
        .collect_view();
    Some(view! {
        <section class="card">
            <h2>{td_string!(locale, lists.first_rows)}</h2>
            <div class="wide-table" tabindex="0" role="region" aria-label=td_string!(locale, lists.first_rows)>
                <table>
                    <thead><tr><th scope="col">{td_string!(locale, report.row)}</th>{headings}</tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    })
}

fn bad_rows(locale: Locale, page: &DraftPage) -> impl IntoView + use<> {
    if page.bad.is_empty() || !page.mapping.missing().is_empty() {
        return None;
    }
    let rows = page
        .bad
        .iter()
        .map(|(number, form, failure)| {
            let reasons = problems(locale, |field| form.text(field).to_owned(), failure)
                .into_iter()
                .map(|(what, mend)| view! { <p><strong>{what}</strong> <small>{mend}</small></p> })
                .collect_view();
            view! { <tr><td>{*number}</td><td>{reasons}</td></tr> }
        })
        .collect_view();
    let shown = u32::try_from(page.bad.len()).unwrap_or(u32::MAX);
    let more = page.bad_rows.saturating_sub(shown);
    let more = (more > 0).then(|| td_string!(locale, lists.more_bad_rows, count = more.to_string()));
    Some(view! {
        <section class="card">
            <h2>{td_string!(locale, lists.bad_rows)}</h2>
            <p class="hint">{td_string!(locale, lists.bad_rows_hint)}</p>
            <table class="rows">
                <thead>
                    <tr>
                        <th scope="col">{td_string!(locale, report.row)}</th>
                        <th scope="col">{td_string!(locale, report.mend)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            <p class="hint">{more}</p>
        </section>
    })
}
