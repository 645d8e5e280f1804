//! The cells of a report's rows: the trade's words in the report's language, and back when the report is handed in as a
//! list.

use domain::{ChannelKind, FaultKind, Field, FunctionStatus, RepairHistory, RepairKind, Term};
use sheet::Table;

use super::strings::{Locale, td_string};
use super::{fields, language, questions};

/// What is between two faults or repairs of a cell. No word has it.
const THEN: &str = "; ";

/// In how many of the first rows a report's headings are.
const HEADINGS_WITHIN: usize = 30;

/// The language of the trade's words: a report in it has them as they are.
const OF_THE_TRADE: Locale = Locale::zh_CN;

/// What was understood of a list's cell, for a report: words of the trade in the reader's language, any other text as the
/// list has it.
pub fn cell(locale: Locale, field: Field, text: &str) -> String {
    let shown = |word: &str| questions::choice(locale, field, word);
    match field {
        _ if locale == OF_THE_TRADE => text.to_owned(),
        Field::FunctionStatus | Field::RepairHistory => {
            if let Some(word) = nothing_wrong(field, text) {
                return shown(word);
            }
            let named = |part: &str| {
                let word = word_for(field, part);
                Some(shown(word)).filter(|shown| shown != word)
            };
            each(text, THEN, parts(text), named)
        }
        _ => shown(word_for(field, text)),
    }
}

/// The trade's word for a text that means the same in every request: another spelling of it, or with the detail that is
/// meant without one too. Text in the reader's own letters stays.
fn word_for(field: Field, text: &str) -> &str {
    if text.is_ascii() {
        return text;
    }
    match field {
        Field::FunctionStatus => {
            let text = without_usual_detail(text);
            FaultKind::find(text).map_or(text, |it| it.word())
        }
        Field::PurchaseChannel => ChannelKind::find(text).map_or(text, |it| it.word()),
        _ => text,
    }
}

/// The trade's word for a text that says only that everything works, or that nothing was repaired.
fn nothing_wrong(field: Field, text: &str) -> Option<&'static str> {
    if text.is_ascii() {
        return None;
    }
    if field == Field::FunctionStatus {
        let (status, repairs) = FunctionStatus::read(text, std::iter::empty()).ok()?;
        return (status.is_normal() && repairs.is_empty()).then_some(FunctionStatus::NORMAL);
    }
    let never = RepairHistory::Listed(RepairKind::None);
    (RepairHistory::parse(text).ok()?? == never).then(|| RepairKind::None.word())
}

/// A table with the trade's words in its cells if it is a report whose language has others; any other table as it is.
pub fn of_a_report(mut table: Table) -> Table {
    let mut headings = table.rows.iter().enumerate().take(HEADINGS_WITHIN);
    let found = headings.find_map(|(line, row)| {
        let of = |locale: &Locale| Some((line, *locale, columns(*locale, &row.cells)?));
        language::all().iter().find_map(of)
    });
    let Some((line, locale, columns)) = found.filter(|(_, locale, _)| *locale != OF_THE_TRADE) else {
        return table;
    };
    for row in table.rows.iter_mut().skip(line + 1) {
        for (field, place) in &columns {
            if let Some(cell) = row.cells.get_mut(*place) {
                *cell = trade_words(locale, *field, cell);
            }
        }
    }
    table
}

/// The columns of a report in that language with what was understood of the list; `None` if these are no headings of one.
fn columns(locale: Locale, cells: &[String]) -> Option<Vec<(Field, usize)>> {
    let place = |name: &str| cells.iter().position(|cell| cell == name);
    // Lists of companies may have the other headings too.
    place(td_string!(locale, report.outcome))?;
    place(td_string!(locale, report.quote_id))?;
    let of = |field: Field| Some((field, place(fields::column(locale, field))?));
    Field::OF_A_DEVICE.into_iter().map(of).collect()
}

/// What [`cell`] was made of.
fn trade_words(locale: Locale, field: Field, cell: &str) -> String {
    let word = |part: &str| questions::word_in(locale, part).map(str::to_owned);
    match field {
        Field::FunctionStatus | Field::RepairHistory => each(cell, "、", cell.split(';').collect(), word),
        // Its names are read as a list's are.
        Field::Brand | Field::Model | Field::Ram | Field::Keyword => cell.to_owned(),
        _ => word(cell.trim()).unwrap_or_else(|| cell.to_owned()),
    }
}

/// The parts of a text, each as `named` says, with `then` between two; the text as it is if none is named.
fn each(text: &str, then: &str, parts: Vec<&str>, named: impl Fn(&str) -> Option<String>) -> String {
    let mut is_named = false;
    let all: Vec<String> = parts
        .into_iter()
        .map(str::trim)
        .map(|part| match named(part) {
            Some(name) => {
                is_named = true;
                name
            }
            None => part.to_owned(),
        })
        .collect();
    if is_named { all.join(then) } else { text.to_owned() }
}

/// The faults or repairs of a text. What is in brackets is one detail.
fn parts(text: &str) -> Vec<&str> {
    let mut depth = 0_u32;
    let between = |it: char| {
        match it {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && matches!(it, '、' | ',' | '，' | ';' | '；')
    };
    text.split(between).collect()
}

/// A fault without its detail, if that is the one that is meant without it too.
fn without_usual_detail(part: &str) -> &str {
    let Some((word, detail)) = part.split_once(['(', '（']) else { return part };
    let detail = detail.strip_suffix([')', '）']).unwrap_or(detail);
    let is_usual = |fault: &FaultKind| fault.word() == word && fault.detail() == detail;
    if FaultKind::ALL.iter().any(is_usual) { word } else { part }
}

#[cfg(test)]
mod tests;
