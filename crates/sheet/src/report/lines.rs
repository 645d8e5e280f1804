use std::cmp::Reverse;
use std::io::Write;
use std::ops::Not;

use domain::{Failure, ProviderName, Quote, QuoteForm, RefusedBy};
use serde::Serialize;

use super::buyers::of_rows;
use super::columns::{Cell, columns};
use super::words::{ReportLanguage, Word};
use super::{Outcome, ReportError, ReportRow};

/// Writes rows as CSV in UTF-8, with a byte order mark, by which Excel recognises the encoding.
///
/// # Errors
/// [`ReportError`] when `out` fails.
pub fn csv(
    rows: impl Iterator<Item = ReportRow>,
    language: &dyn ReportLanguage,
    mut out: impl Write,
) -> Result<(), ReportError> {
    out.write_all("\u{feff}".as_bytes())?;
    let mut out = csv::Writer::from_writer(out);
    let mut rows = rows.peekable();
    let columns = columns(of_rows(rows.peek()));
    out.write_record(columns.iter().map(|column| column.heading(language)))?;
    for row in rows {
        out.write_record(columns.iter().map(|column| text(column.cell(&row, Word::NotAnswered, language))))?;
    }
    out.flush()?;
    Ok(())
}

fn text(cell: Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Input(text) => harmless(text),
        // The partner's text too may begin like a formula.
        Cell::Text(text) => harmless(text),
        Cell::Number(number) => number.to_string(),
        Cell::Money(amount) => format!("{:.2}", amount.to_yuan()),
        Cell::Time(moment) => moment.to_string(),
        Cell::Flag(so) => so.to_string(),
    }
}

/// Text that no spreadsheet reads as a formula (CSV injection). CSV has no type for text, so an apostrophe is
/// put before it.
pub fn harmless(text: String) -> String {
    if text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n']) {
        format!("'{text}")
    } else {
        text
    }
}

/// Writes rows as JSON, one object a line: the list's cells, and the quote or the failure as in the contract. With several
/// buyers, also the other prices, the highest first, and which buyers gave none. A row that waits for an answer is a failed
/// one with a mark of its own, because programs that read reports know no other.
///
/// # Errors
/// [`ReportError`] when `out` fails.
pub fn json_lines(rows: impl Iterator<Item = ReportRow>, mut out: impl Write) -> Result<(), ReportError> {
    #[derive(Serialize)]
    struct Line<'a> {
        row: u32,
        input: &'a QuoteForm,
        #[serde(skip_serializing_if = "Option::is_none")]
        written_model: Option<&'a str>,
        outcome: &'static str,
        quote: Option<&'a Quote>,
        failure: Option<&'a Failure>,
        #[serde(skip_serializing_if = "Not::not")]
        waits_for_answer: bool,
        #[serde(skip_serializing_if = "Option::is_none")]
        alternatives: Option<Vec<&'a Quote>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        refused: Option<Vec<RefusedBy>>,
    }
    for ReportRow { number, form, written_model, outcome, buyers } in rows {
        let (alternatives, refused) = others(&outcome, &buyers).unzip();
        let waits_for_answer = matches!(outcome, Outcome::Waiting(_));
        let (outcome, quote, failure) = match &outcome {
            Outcome::Priced(quote) => ("priced", Some(&**quote), None),
            Outcome::Waiting(failure) | Outcome::Failed(failure) => ("failed", None, Some(failure)),
            Outcome::Open => ("open", None, None),
        };
        let written_model = written_model.as_deref();
        let line = Line {
            row: number,
            input: &form,
            written_model,
            outcome,
            quote,
            failure,
            waits_for_answer,
            alternatives,
            refused,
        };
        serde_json::to_writer(&mut out, &line)?;
        writeln!(out)?;
    }
    Ok(())
}

/// The other prices, the highest first, and which buyers gave none; `None` if only one was asked.
fn others<'a>(
    best: &Outcome,
    buyers: &'a [(ProviderName, Outcome)],
) -> Option<(Vec<&'a Quote>, Vec<RefusedBy>)> {
    if buyers.is_empty() {
        return None;
    }
    let best = if let Outcome::Priced(quote) = best { Some(&quote.id) } else { None };
    let (mut prices, mut refused) = (Vec::new(), Vec::new());
    for (provider, outcome) in buyers {
        match outcome {
            Outcome::Priced(quote) if Some(&quote.id) != best => prices.push(&**quote),
            Outcome::Failed(failure) => {
                refused.push(RefusedBy { provider: provider.clone(), failure: failure.clone() });
            }
            Outcome::Priced(_) | Outcome::Waiting(_) | Outcome::Open => {}
        }
    }
    prices.sort_by_key(|quote| Reverse(quote.price.final_price()));
    Some((prices, refused))
}
