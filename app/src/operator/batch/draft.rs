//! The page that shows how a file was read, before any call is made for it.

mod columns;
mod hand_in;
mod models;
mod page;
mod questions;
mod rows;

use leptos::prelude::*;
use sheet::ListQuestion;

pub use self::columns::signature;
pub use self::page::{COMPARE, DraftPage, ModelsPart, ROWS_SHOWN, ReadRow};
pub use self::questions::OWN_WORDS;

use self::columns::{columns, read_by};
use self::hand_in::hand_in;
use self::models::{looking_up, models};
use self::page::{AT_ONCE, FORM};
use self::questions::{answered, open_questions};
use self::rows::{not_quoted, rows};
use super::buyers::choice;
use super::hidden_rows::hidden_rows;
use super::standing::duration;
use crate::operator::title_bar::{Page, title_bar};
use crate::parts::document::{News, Setting, draw};
use crate::parts::masthead::site_masthead;
use crate::words::{Locale, language, td_string};

/// Draws how a file was read.
pub fn draw_draft(setting: &Setting, page: &DraftPage) -> String {
    let locale = setting.locale;
    draw(setting, &page.name, &News::None, || {
        view! {
            {site_masthead(setting, &format!("/batch/draft/{}", page.key))}
            <main class="ops">
                {title_bar(locale, page.name.clone(), Page::Inner)}
                {lead(locale, page)} {before(locale, page)}
                {page.sheet.clone().map(|sheet| view! { <p class="hint">{sheet}</p> })}
                {form(locale, page)}
                {hidden_rows(locale, FORM, page.hidden_rows)}
                {models(locale, page)}
                {open_questions(locale, page)}
                {hand_in(locale, page)}
                {if page.mapping.missing().is_empty() {
                    (figures(locale, page).into_any(), columns(locale, page).into_any())
                } else {
                    // Before the columns are known, the rows mean nothing.
                    (columns(locale, page).into_any(), presses(locale, page).into_any())
                }}
                {answered(locale, page)}
                {rows(locale, page)}
                {not_quoted(locale, page)}
            </main>
        }
    })
}

/// Draws how far the look-up of a draft's models is. The page shows nothing else meanwhile, because it is loaded again by
/// itself, and what was typed would be lost.
pub fn draw_look_up(setting: &Setting, key: &str, name: &str, progress: (usize, usize)) -> String {
    let locale = setting.locale;
    draw(setting, name, &News::None, || {
        view! {
            {site_masthead(setting, &format!("/batch/draft/{key}"))}
            <main class="ops">
                {title_bar(locale, name.to_owned(), Page::Inner)}
                {looking_up(locale, progress)}
            </main>
        }
    })
}

/// What the page shows; for the draft of a list, what its new answers do.
fn lead(locale: Locale, page: &DraftPage) -> impl IntoView + use<> {
    let Some(list) = page.former else {
        return view! { <p class="lead">{td_string!(locale, lists.draft_lead)}</p> }.into_any();
    };
    let link = format!("/batch/{list}?locale={}", language::tag(locale));
    view! {
        <p class="lead">{td_string!(locale, lists.former_lead)}</p>
        <p class="hint">
            {td_string!(locale, lists.former_hint)} " " <a href=link>{td_string!(locale, lists.former_link)}</a>
        </p>
    }
    .into_any()
}

fn before(locale: Locale, page: &DraftPage) -> impl IntoView + use<> {
    let before = page.before.filter(|before| page.former != Some(*before))?;
    let link = format!("/batch/{before}?locale={}", language::tag(locale));
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
        (td_string!(locale, lists.waiting_rows), page.waiting.to_string()),
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
        let days = (needed - left).div_ceil(daily);
        let left = left.to_string();
        let text = match days {
            1 => td_string!(locale, lists.one_more_day, left = left),
            days => td_string!(locale, lists.more_days, left = left, days = days.to_string()),
        };
        view! { <p class="hint">{text}</p> }
    });
    view! {
        <section class="card">
            <h2>{td_string!(locale, lists.understood)}</h2>
            <dl class="figures">{figures}</dl>
            {days} {presses(locale, page)}
        </section>
    }
}

/// The form itself. Its fields and buttons are where they belong on the page.
fn form(locale: Locale, page: &DraftPage) -> impl IntoView + use<> {
    let action = format!("/batch/draft/{}?locale={}", page.key, language::tag(locale));
    view! { <form id=FORM method="post" action=action>{read_by(page)}</form> }
}

fn presses(locale: Locale, page: &DraftPage) -> impl IntoView + use<> {
    let class = if page.questions.iter().any(ListQuestion::is_unanswered) { "quiet" } else { "primary" };
    let (buyers, is_chosen) = &page.buyers;
    let go = page.is_ready().then(|| {
        view! {
            {(page.devices > 0).then(|| choice(locale, FORM, buyers, *is_chosen))}
            <button class=class form=FORM name="do" value="start">{td_string!(locale, lists.start)}</button>
            <button class="quiet" form=FORM name="do" value="keep">{td_string!(locale, lists.keep)}</button>
        }
        .into_any()
    });
    let is_stuck = page.mapping.missing().is_empty() && page.devices == 0 && page.waiting > 0;
    let first = is_stuck.then(|| view! { <p class="hint">{td_string!(locale, lists.answer_first)}</p> });
    view! {
        {first}
        <div class="presses">
            {go} <button class="quiet" form=FORM name="do" value="discard">{td_string!(locale, lists.discard)}</button>
        </div>
    }
}
