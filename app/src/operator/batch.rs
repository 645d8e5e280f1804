//! The operator's device lists: from a file to a report with prices.

mod asked;
mod buyers;
mod draft;
mod hidden_rows;
mod list;
mod listed;
mod results;
mod standing;
mod why;
mod worth;

use leptos::prelude::*;

pub use self::draft::{
    COMPARE, DraftPage, ModelsPart, OWN_WORDS, ROWS_SHOWN, ReadRow, draw_draft, draw_look_up, signature,
};
pub use self::hidden_rows::{LEAVE_HIDDEN_OUT, QUOTE_HIDDEN};
pub use self::list::{ListPage, draw_list};
pub use self::listed::Listed;
pub use self::results::RowsQuery;
pub use self::standing::draw_progress;

use self::standing::{badge, bar, known};
use crate::operator::title_bar::{Page, title_bar};
use crate::parts::document::{News, Setting, draw};
use crate::parts::icon::icon;
use crate::parts::masthead::site_masthead;
use crate::words::{self, Locale, batch_text, language, td_string};

/// The content of the page of all lists.
#[derive(Clone, Debug, Default)]
pub struct Overview {
    /// The lists, the latest first; `None` when the records cannot be read.
    pub lists: Option<Vec<Listed>>,
    /// Files that were read and wait for the operator's decision: their keys and names.
    pub drafts: Vec<(String, String)>,
    /// Why a file was not accepted.
    pub problem: Option<String>,
    /// How many calls lists may still make today.
    pub calls_left: u32,
}

/// Draws the page of all lists.
pub fn draw_overview(setting: &Setting, overview: &Overview) -> String {
    let locale = setting.locale;
    let lists = match &overview.lists {
        None => note(td_string!(locale, lists.unreadable)).into_any(),
        Some(lists) if lists.is_empty() && overview.drafts.is_empty() => {
            note(td_string!(locale, lists.none)).into_any()
        }
        Some(lists) => cards(locale, overview, lists).into_any(),
    };
    draw(setting, td_string!(locale, lists.title), &News::None, || {
        view! {
            {site_masthead(setting, "/batch")}
            <main class="ops">
                {title_bar(locale, td_string!(locale, lists.title).to_owned(), Page::Lists)}
                <p class="lead">{td_string!(locale, lists.lead)}</p>
                {upload(locale, overview)}
                <p class="stalled" role="status" data-stalled=td_string!(locale, ops.stalled)></p>
                <h2>{td_string!(locale, lists.yours)}</h2>
                <div id="live">{lists}</div>
            </main>
            <script type="module" src="/ops.js"></script>
            <script type="module" src="/batch.js"></script>
        }
    })
}

fn upload(locale: Locale, overview: &Overview) -> impl IntoView + use<> {
    let wrong = overview.problem.is_some();
    let problem = overview.problem.clone();
    let problem = problem.map(|problem| view! { <p class="problem" id="problem" role="alert">{problem}</p> });
    let described = if wrong { "file-hint problem" } else { "file-hint" };
    let left = overview.calls_left.to_string();
    let template = format!("/batch/template.xlsx?locale={}", language::tag(locale));
    view! {
        <form
            class="upload"
            method="post"
            action=format!("/batch?locale={}", language::tag(locale))
            enctype="multipart/form-data"
            data-reading=td_string!(locale, lists.reading)
            data-too-large=td_string!(locale, lists.too_large)
        >
            <label for="file">{icon("picture", "sheet")} <span>{td_string!(locale, lists.choose)}</span></label>
            <p class="hint" id="file-hint">{td_string!(locale, lists.choose_hint)}</p>
            <p class="hint">
                <a href=template>{td_string!(locale, lists.template)}</a> " · " {td_string!(locale, lists.template_hint)}
            </p>
            <input
                id="file"
                type="file"
                name="file"
                required
                accept=".xlsx,.xlsm,.xlsb,.xls,.ods,.csv,.tsv,.txt"
                aria-describedby=described
                aria-invalid=wrong.then_some("true")
            />
            {problem}
            <p role="status" class="hint" id="reading"></p>
            <button class="primary">{td_string!(locale, lists.read)}</button>
            <p class="hint">{td_string!(locale, lists.calls_left, left = left)}</p>
        </form>
    }
}

fn cards(locale: Locale, overview: &Overview, lists: &[Listed]) -> impl IntoView + use<> {
    let tag = language::tag(locale);
    let drafts = overview.drafts.iter().map(|(key, name)| {
        let (name, link) = (name.clone(), format!("/batch/draft/{key}?locale={tag}"));
        view! {
            <li class="card">
                <p class="name"><a href=link>{name}</a></p>
                <p class="badge">{td_string!(locale, lists.waits_for_you)}</p>
            </li>
        }
        .into_any()
    });
    let lists = lists.iter().map(|list| {
        let link = format!("/batch/{}?locale={tag}", list.batch.id.0);
        let waiting = list.batch.counts.waiting_rows;
        let waits =
            (waiting > 0).then(|| view! { <p class="hint">{batch_text::rows_wait(locale, waiting)}</p> });
        view! {
            <li class="card">
                <p class="name"><a href=link>{list.batch.name.clone()}</a></p>
                {badge(locale, list)} {bar(locale, list)}
                <p class="hint">{known(locale, list)} " · " {words::time(locale, list.batch.created_at)}</p>
                {waits}
            </li>
        }
        .into_any()
    });
    view! { <ul class="lists">{drafts.chain(lists).collect_view()}</ul> }
}

fn note(text: &'static str) -> impl IntoView {
    view! { <section class="card note">{icon("picture", "sheet")} <p>{text}</p></section> }
}
