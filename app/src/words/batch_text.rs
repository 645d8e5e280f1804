//! Texts about device lists, for the command line and the operator's pages.

use domain::{Failure, Field, Term};
use lists::{Counts, NameCounts, Phase, Progress};
use sheet::{Foreign, HandedBack, ListQuestion, PassedOver, ReadError, Table};

use super::failure::explain;
use super::strings::{Locale, td_string};
use super::{buyers, devices, fields, questions, times};

/// How a list was read, before any call is made; `left` calls remain today.
pub fn understood(locale: Locale, counts: &Counts, left: u32) -> String {
    td_string!(
        locale,
        batch.understood,
        rows = row_count(locale, counts.rows),
        bad = counts.bad_rows.to_string(),
        devices = device_count(locale, counts.devices),
        open = counts.open().to_string(),
        left = left.to_string()
    )
}

/// A number of rows in words.
pub(crate) fn row_count(locale: Locale, rows: u32) -> String {
    match rows {
        1 => td_string!(locale, batch.row).to_owned(),
        rows => td_string!(locale, batch.rows, rows = rows.to_string()),
    }
}

fn device_count(locale: Locale, devices: u32) -> String {
    match devices {
        1 => td_string!(locale, batch.device).to_owned(),
        devices => td_string!(locale, batch.devices, devices = devices.to_string()),
    }
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
    let Counts { devices, priced, failed, .. } = progress.counts;
    let known = (priced + failed).to_string();
    let far = td_string!(locale, batch.progress, known = known, devices = devices.to_string());
    match waiting(locale, &progress.phase) {
        Some(waiting) => format!("{far}; {waiting}"),
        None => far,
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
    let known = (counts.priced + counts.failed).to_string();
    td_string!(locale, batch.stopped, known = known, devices = counts.devices.to_string())
}

/// The message that a list was cancelled on the operator's page, and how to begin again.
pub fn cancelled(locale: Locale, counts: &Counts) -> String {
    let known = (counts.priced + counts.failed).to_string();
    td_string!(locale, batch.cancelled, known = known, devices = counts.devices.to_string())
}

/// The message that the account is refused, and how to continue.
pub fn refused(locale: Locale) -> &'static str {
    td_string!(locale, batch.refused)
}

/// Where the report is, and what is in it.
pub fn written(locale: Locale, path: &str, rows: u32, priced: u32) -> String {
    td_string!(
        locale,
        batch.written,
        path = path,
        rows = row_count(locale, rows),
        priced = priced.to_string()
    )
}

/// The message that some rows have no price.
pub fn failed(locale: Locale, failed: u32) -> String {
    match failed {
        1 => td_string!(locale, batch.one_failed).to_owned(),
        failed => td_string!(locale, batch.failed, failed = failed.to_string()),
    }
}

/// How many questions are open, and how to answer them: in `sheet` of the report, or in a file of its own.
pub fn open_questions(locale: Locale, open: usize, file: &str, sheet: bool) -> String {
    let place = if sheet {
        td_string!(
            locale,
            batch.in_sheet,
            sheet = td_string!(locale, report.questions),
            file = file.to_owned()
        )
    } else {
        file.to_owned()
    };
    let file = file.to_owned();
    match open {
        1 => td_string!(locale, batch.open_question, place = place, file = file),
        open => {
            td_string!(locale, batch.open_questions, count = open.to_string(), place = place, file = file)
        }
    }
}

/// The message that answers have to be corrected; each is named in a line before.
pub fn answers_unread(locale: Locale, file: &str) -> String {
    td_string!(locale, batch.answers_unread, file = file.to_owned())
}

/// An answer that does not answer its question, where it stands, and what is allowed.
pub fn answer_wrong(locale: Locale, file: &str, answer: &HandedBack, question: &ListQuestion) -> String {
    let (file, cell) = (file.to_owned(), answer.cell.clone());
    let place = match &answer.sheet {
        Some(sheet) => td_string!(locale, batch.sheet_cell, file = file, sheet = sheet.clone(), cell = cell),
        None => td_string!(locale, batch.cell, file = file, cell = cell),
    };
    let allowed = questions::allowed(locale, question);
    let question = questions::question(locale, question);
    td_string!(
        locale,
        batch.answer_wrong,
        place = place,
        text = answer.text.clone(),
        question = question,
        allowed = allowed
    )
}

/// The message that a file that was handed back has no answers.
pub fn answers_none(locale: Locale, file: &str) -> String {
    td_string!(
        locale,
        batch.answers_none,
        file = file.to_owned(),
        sheet = td_string!(locale, report.questions)
    )
}

/// The message that some answers belong to no question of the list.
pub fn answers_unused(locale: Locale, count: usize) -> String {
    td_string!(locale, batch.answers_unused, count = count.to_string())
}

/// A grade of the company's own scale that is taken as it was answered for an earlier list.
pub fn remembered(locale: Locale, question: &ListQuestion, grade: &str) -> String {
    let grade = questions::choice(locale, question.field, grade);
    td_string!(locale, batch.remembered, text = question.text.clone(), grade = grade)
}

/// Why a file is not a list, and what to do about it.
pub fn unreadable(locale: Locale, error: &ReadError) -> String {
    match error {
        ReadError::Empty => td_string!(locale, batch.file_empty).to_owned(),
        ReadError::TooLarge => td_string!(locale, batch.file_too_large).to_owned(),
        ReadError::TooManyRows => td_string!(locale, batch.file_too_many_rows).to_owned(),
        ReadError::Encrypted => td_string!(locale, batch.file_encrypted).to_owned(),
        ReadError::Encoding => td_string!(locale, batch.file_encoding).to_owned(),
        ReadError::Unknown => td_string!(locale, batch.file_unknown).to_owned(),
        ReadError::Foreign(format) => td_string!(locale, batch.file_foreign, kind = foreign(locale, *format)),
        ReadError::WithoutValue { sheet, cell } => {
            td_string!(locale, batch.file_without_value, sheet = sheet.clone(), cell = cell.clone())
        }
        ReadError::Damaged(cause) => td_string!(locale, batch.file_damaged, cause = cause.clone()),
    }
}

/// What a file is that cannot be read.
fn foreign(locale: Locale, format: Foreign) -> &'static str {
    match format {
        Foreign::WebPage => td_string!(locale, batch.file_web_page),
        Foreign::SpreadsheetXml => td_string!(locale, batch.file_spreadsheet_xml),
        Foreign::Document => td_string!(locale, batch.file_document),
        Foreign::Numbers => td_string!(locale, batch.file_numbers),
        Foreign::Pdf => td_string!(locale, batch.file_pdf),
    }
}

/// Which sheet of a workbook is read; `None` for a file with one sheet.
pub fn sheet_read(locale: Locale, table: &Table) -> Option<String> {
    Some(sheet_named(locale, table.sheet.as_deref()?, &table.other_sheets))
}

/// Which sheet of a workbook is read, and which are not.
pub fn sheet_named(locale: Locale, sheet: &str, others: &[String]) -> String {
    let others = others.join(td_string!(locale, language.comma));
    td_string!(locale, batch.sheet_read, sheet = sheet.to_owned(), others = others)
}

/// How many rows the spreadsheet does not show, and whether they are quoted; `None` if it shows all.
pub fn hidden_rows(locale: Locale, count: usize, left_out: bool) -> Option<String> {
    let rows = row_count(locale, u32::try_from(count).unwrap_or(u32::MAX));
    match (count, left_out) {
        (0, _) => None,
        (_, true) => Some(td_string!(locale, batch.hidden_left_out, rows = rows)),
        (_, false) => Some(td_string!(locale, batch.hidden_quoted, rows = rows)),
    }
}

/// How to have the rows left out that the spreadsheet does not show, at the command line.
pub fn hidden_option(locale: Locale) -> &'static str {
    td_string!(locale, batch.hidden_option)
}

/// A line of a list that is not quoted, and why.
pub fn passed_over(locale: Locale, line: &PassedOver) -> String {
    let why = questions::no_device(locale, line.why);
    td_string!(locale, batch.passed_over, row = line.number.to_string(), why = why, text = line.text.clone())
}

/// The message that a form came without a file.
pub fn no_file(locale: Locale) -> &'static str {
    td_string!(locale, lists.no_file)
}

/// The message that only a part of a file arrived.
pub fn cut_off(locale: Locale) -> &'static str {
    td_string!(locale, lists.cut_off)
}

/// The message that a file is no longer in memory.
pub fn draft_gone(locale: Locale) -> &'static str {
    td_string!(locale, lists.draft_gone)
}

/// The message that a list could not be recorded.
pub fn not_kept(locale: Locale) -> &'static str {
    td_string!(locale, lists.not_kept)
}

/// The message that a file contains only headings.
pub fn no_rows(locale: Locale) -> &'static str {
    td_string!(locale, batch.no_rows)
}

/// The message that no row of a file looks like headings.
pub fn no_headings(locale: Locale) -> String {
    td_string!(locale, batch.no_headings, names = names(locale, &Field::OF_A_DEVICE))
}

/// Which columns a file lacks, and which it has.
pub fn columns_missing(locale: Locale, missing: &[Field], found: &str) -> String {
    let example = missing.first().map_or("", |field| field.name());
    td_string!(
        locale,
        batch.columns_missing,
        missing = names(locale, missing),
        found = found,
        example = example
    )
}

/// The message that a named column does not exist.
pub fn column_unknown(locale: Locale, given: &str) -> String {
    let fields = Field::OF_A_DEVICE.map(Field::name).join(", ");
    td_string!(locale, batch.column_unknown, given = given, fields = fields)
}

/// Which columns are not used.
pub fn columns_ignored(locale: Locale, names: &str) -> String {
    td_string!(locale, batch.columns_ignored, names = names)
}

/// The headings of an empty list, in the form's order.
pub fn headings(locale: Locale) -> Vec<(Field, String)> {
    Field::OF_A_DEVICE.iter().map(|field| (*field, fields::column(locale, *field).to_owned())).collect()
}

/// An example of a device, as a row of a list.
pub fn example(locale: Locale) -> Vec<String> {
    let category = devices::category(locale, domain::Category::Phone);
    let grade = devices::grade(locale, domain::Grade::Excellent);
    let repairs = domain::RepairKind::None.word();
    let cells = [category, "苹果", "iPhone 14 Pro", "256GB", "", grade, "正常", repairs, ""];
    cells.map(str::to_owned).to_vec()
}

/// The names of columns, in a line.
pub(crate) fn names(locale: Locale, fields: &[Field]) -> String {
    fields
        .iter()
        .map(|field| fields::column(locale, *field))
        .collect::<Vec<_>>()
        .join(td_string!(locale, language.comma))
}
