//! Writes a list's report. The rows are read page by page, so that a long list takes little memory.

use std::io::Write;
use std::path::Path;

use domain::Moment;
use records::{BatchId, BatchRow, Records, RecordsError};
use sheet::{Outcome, ReportLanguage, ReportRow};
use tokio::sync::mpsc;

use crate::compared::{ComparedRow, Said, compared_rows};
use crate::questions::remarks;

/// The file format of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// An Excel workbook.
    Xlsx,
    /// Comma-separated values.
    Csv,
    /// One JSON object per line.
    JsonLines,
}

impl Format {
    /// The format that belongs to the ending of a file's name: `.xlsx`, `.csv`, `.jsonl` or `.ndjson`; `None`
    /// for any other ending.
    pub fn of(path: &Path) -> Option<Self> {
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        match ending.to_ascii_lowercase().as_str() {
            "xlsx" => Some(Self::Xlsx),
            "csv" => Some(Self::Csv),
            "jsonl" | "ndjson" => Some(Self::JsonLines),
            _ => None,
        }
    }
}

/// The counts of a report that was written.
#[derive(Clone, Copy, Debug, Default)]
pub struct Written {
    /// All rows.
    pub rows: u32,
    /// Rows with a price.
    pub priced: u32,
    /// Rows without a price that wait for an answer.
    pub waiting: u32,
}

/// Why a report was not written.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The list cannot be read.
    #[error("the list cannot be read: {0}")]
    Records(#[from] RecordsError),
    /// Writing to the output failed.
    #[error("it cannot be written: {0}")]
    Out(#[from] std::io::Error),
    /// The workbook or the text cannot be made.
    #[error(transparent)]
    Sheet(#[from] sheet::ReportError),
    /// The task that reads or writes the report panicked or was cancelled.
    #[error("the report was cut off: {0}")]
    Cut(#[from] tokio::task::JoinError),
}

/// Writes a list's report to `out`. Returns its counts, and `out` itself. `made_at` is the time that a
/// workbook shows, and by which the best of several prices is chosen.
///
/// # Errors
/// [`ReportError`]; a part of the report may have been written then.
pub async fn write_report<W: Write + Send + 'static>(
    language: impl ReportLanguage + Send + 'static,
    records: Records,
    id: BatchId,
    format: Format,
    made_at: Moment,
    mut out: W,
) -> Result<(Written, W), ReportError> {
    let remarks = remarks(&records, id).await?;
    let (pages, mut received) = mpsc::channel::<Vec<ComparedRow>>(1);
    let reading = tokio::spawn(read(records, id, made_at, pages));
    let writing = tokio::task::spawn_blocking(move || {
        let mut written = Written::default();
        let rows = std::iter::from_fn(|| received.blocking_recv()).flatten().map(report_row);
        let rows = rows.inspect(|row| {
            written.rows += 1;
            written.priced += u32::from(matches!(row.outcome, Outcome::Priced(_)));
            written.waiting += u32::from(matches!(row.outcome, Outcome::Waiting(_)));
        });
        match format {
            Format::Xlsx => out.write_all(&sheet::xlsx(rows, &remarks, &language, made_at)?)?,
            Format::Csv => sheet::csv(rows, &language, &mut out)?,
            Format::JsonLines => sheet::json_lines(rows, &mut out)?,
        }
        out.flush()?;
        Ok::<_, ReportError>((written, out))
    });
    let written = writing.await??;
    reading.await??;
    Ok(written)
}

async fn read(
    records: Records,
    id: BatchId,
    now: Moment,
    pages: mpsc::Sender<Vec<ComparedRow>>,
) -> Result<(), RecordsError> {
    let providers = records.batch_providers(id).await?;
    let mut after = 0;
    loop {
        let page = records.batch_rows(id, after).await?;
        let Some(last) = page.last() else { return Ok(()) };
        after = last.number;
        let page = compared_rows(&records, id, &providers, page, now).await?;
        if pages.send(page).await.is_err() {
            // The writing has ended early. Its own result says why.
            return Ok(());
        }
    }
}

fn report_row(ComparedRow { row, providers }: ComparedRow) -> ReportRow {
    let BatchRow { number, form, written_model, answer, waits } = row;
    let buyers = providers.into_iter().map(|(provider, said)| (provider, outcome(said))).collect();
    let outcome = if let (true, Some(Err(failure))) = (waits, &answer) {
        Outcome::Waiting(failure.clone())
    } else {
        outcome(answer)
    };
    ReportRow { number, form, written_model, outcome, buyers }
}

fn outcome(said: Said) -> Outcome {
    match said {
        Some(Ok(quote)) => Outcome::Priced(quote),
        Some(Err(failure)) => Outcome::Failed(failure),
        None => Outcome::Open,
    }
}
