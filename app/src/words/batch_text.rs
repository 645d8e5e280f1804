//! Texts about device lists, for the command line and the operator's pages.

mod answers;
pub(super) mod counts;
mod file;

use domain::Failure;
use lists::{Counts, NameCounts, Phase, Progress, Written};

pub use answers::*;
use counts::device_count;
pub(crate) use counts::{call_count, page_of, row_count, rows_wait};
pub use file::*;

use super::failure::explain;
use super::strings::{Locale, td_string};
use super::{buyers, times};

/// How a list was read, before any call is made; `left` calls remain today.
pub fn understood(locale: Locale, counts: &Counts, left: u32) -> String {
    let mistakes = counts.bad_rows.saturating_sub(counts.waiting_rows);
    td_string!(
        locale,
        batch.understood,
        rows = row_count(locale, counts.rows),
        waiting = also_waiting(locale, counts.waiting_rows),
        bad = also_mistakes(locale, mistakes),
        devices = device_count(locale, counts.devices),
        open = counts.open().to_string(),
        left = left.to_string()
    )
}

/// How many rows wait for an answer, to go on with; empty if none does.
fn also_waiting(locale: Locale, rows: u32) -> String {
    match rows {
        0 => String::new(),
        rows => td_string!(locale, batch.also, what = rows_wait(locale, rows)),
    }
}

/// How many rows have a mistake, to go on with; empty if none has.
fn also_mistakes(locale: Locale, rows: u32) -> String {
    let what = match rows {
        0 => return String::new(),
        1 => td_string!(locale, batch.row_with_mistake).to_owned(),
        rows => td_string!(locale, batch.rows_with_mistakes, rows = rows.to_string()),
    };
    td_string!(locale, batch.also, what = what)
}

/// The message that an unfinished list is continued.
pub fn resumed(locale: Locale) -> &'static str {
    td_string!(locale, batch.resumed)
}

/// The question whether names of models are to be looked up, and about how many calls that takes; `left` calls remain
/// for lists today.
pub fn look_up(locale: Locale, names: usize, calls: usize, left: u32) -> String {
    td_string!(
        locale,
        batch.look_up,
        names = names.to_string(),
        calls = calls.to_string(),
        left = left.to_string()
    )
}

/// Whether an answer to [`look_up`] says no.
pub fn says_no(answer: &str) -> bool {
    ["n", "no", "否", "不", "不要", "不查询"].contains(&answer.trim().to_lowercase().as_str())
}

/// What became of names that were looked up by so many calls.
pub fn looked_up(locale: Locale, counts: &NameCounts, calls: u32) -> String {
    td_string!(
        locale,
        batch.looked_up,
        names = (counts.names - counts.open).to_string(),
        calls = calls.to_string(),
        one = counts.one.to_string(),
        several = counts.several.to_string(),
        none = counts.none.to_string()
    )
}

/// Why a look-up ended before all names were looked up.
pub fn look_up_ended(locale: Locale, failure: &Failure) -> String {
    td_string!(locale, batch.look_up_ended, cause = explain(locale, failure).title)
}

/// How many names were not looked up, and what becomes of them.
pub fn not_looked_up(locale: Locale, names: usize) -> String {
    td_string!(locale, batch.not_looked_up, names = names.to_string())
}

/// The progress of a list, and why it waits; with several buyers, a line for each.
pub fn progress(locale: Locale, progress: &Progress) -> String {
    if !progress.providers.is_empty() {
        let one = |one| buyers::progress(locale, progress.counts.devices, one);
        return progress.providers.iter().map(one).collect::<Vec<_>>().join("\n");
    }
    let far = far(locale, &progress.counts);
    match waiting(locale, &progress.phase) {
        Some(waiting) => format!("{far}; {waiting}"),
        None => far,
    }
}

/// How many devices of a list are known.
fn far(locale: Locale, counts: &Counts) -> String {
    let known = (counts.priced + counts.failed).to_string();
    match counts.devices {
        1 => td_string!(locale, batch.one_progress, known = known),
        devices => td_string!(locale, batch.progress, known = known, devices = devices.to_string()),
    }
}

/// Why a list waits; `None` if it does not.
pub fn waiting(locale: Locale, phase: &Phase) -> Option<String> {
    match phase {
        Phase::WaitsForQuota { until } => {
            Some(td_string!(locale, batch.waits_for_quota, until = times::time(locale, *until)))
        }
        Phase::WaitsForPartner { until } => {
            Some(td_string!(locale, batch.waits_for_partner, until = times::time(locale, *until)))
        }
        Phase::Asking | Phase::Ended => None,
    }
}

/// The message that a list was stopped, and how to continue.
pub fn stopped(locale: Locale, counts: &Counts) -> String {
    td_string!(locale, batch.stopped, far = far(locale, counts))
}

/// The message that a list was cancelled on the operator's page, and how to begin again.
pub fn cancelled(locale: Locale, counts: &Counts) -> String {
    td_string!(locale, batch.cancelled, far = far(locale, counts))
}

/// The message that the account is refused, and how to continue.
pub fn refused(locale: Locale) -> &'static str {
    td_string!(locale, batch.refused)
}

/// Where the report is, and what is in it.
pub fn written(locale: Locale, path: &str, written: &Written) -> String {
    td_string!(
        locale,
        batch.written,
        path = path,
        rows = row_count(locale, written.rows),
        priced = written.priced.to_string(),
        waiting = also_waiting(locale, written.waiting)
    )
}

/// The message that some rows have no price.
pub fn failed(locale: Locale, failed: u32) -> String {
    let reason = td_string!(locale, report.reason);
    match failed {
        1 => td_string!(locale, batch.one_failed, reason = reason),
        failed => td_string!(locale, batch.failed, failed = failed.to_string(), reason = reason),
    }
}

/// The message that a list could not be recorded.
pub fn not_kept(locale: Locale) -> &'static str {
    td_string!(locale, lists.not_kept)
}
