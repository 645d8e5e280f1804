//! A batch's report, written page by page, so that a long list takes little memory.

use std::fs::File;
use std::io::{BufWriter, IntoInnerError, Write};
use std::path::Path;

use app::Locale;
use app::words::report::ReportWords;
use desk::{Records, RecordsError};
use domain::Moment;
use jiff::Timestamp;
use lists::{BatchId, BatchRow};
use sheet::{Outcome, ReportRow};
use tokio::sync::mpsc;

/// How a report is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// A workbook.
    Xlsx,
    /// Comma-separated values.
    Csv,
    /// One JSON object a line.
    JsonLines,
}

impl Format {
    /// What the file is, for browsers.
    pub(crate) fn media_type(self) -> &'static str {
        match self {
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Csv => "text/csv; charset=utf-8",
            Self::JsonLines => "application/jsonl",
        }
    }

    /// The format that a file's name stands for.
    ///
    /// # Errors
    /// What the names are, for one that is none.
    pub(crate) fn of(path: &Path) -> Result<Self, String> {
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        match ending.to_ascii_lowercase().as_str() {
            "xlsx" => Ok(Self::Xlsx),
            "csv" => Ok(Self::Csv),
            "jsonl" | "ndjson" => Ok(Self::JsonLines),
            _ => Err(format!("{}: name the report .xlsx, .csv or .jsonl", path.display())),
        }
    }
}

/// What a report holds.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Written {
    /// Rows in all.
    pub(crate) rows: u32,
    /// Rows with a price.
    pub(crate) priced: u32,
}

/// Why there is no report.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ReportError {
    #[error("the list cannot be read (TRADEIN_DATABASE_URL): {0}")]
    Records(#[from] RecordsError),
    #[error("it cannot be written: {0}")]
    Out(#[from] std::io::Error),
    #[error(transparent)]
    Sheet(#[from] sheet::ReportError),
    #[error("the report was cut off: {0}")]
    Cut(#[from] tokio::task::JoinError),
}

/// Writes a batch's report to `path`, whole or not at all.
pub(crate) async fn write_report_file(
    locale: Locale,
    records: Records,
    id: BatchId,
    format: Format,
    path: &Path,
) -> Result<Written, ReportError> {
    // Not under its name before all of it is there.
    let part = path.with_added_extension("part");
    let file = BufWriter::new(File::create(&part)?);
    let (written, file) = write_report(locale, records, id, format, file).await?;
    file.into_inner().map_err(IntoInnerError::into_error)?.sync_all()?;
    std::fs::rename(&part, path)?;
    Ok(written)
}

/// Writes a batch's report to `out`, and gives that back.
pub(crate) async fn write_report<W: Write + Send + 'static>(
    locale: Locale,
    records: Records,
    id: BatchId,
    format: Format,
    mut out: W,
) -> Result<(Written, W), ReportError> {
    let (pages, mut received) = mpsc::channel::<Vec<BatchRow>>(1);
    let reading = tokio::spawn(read(records, id, pages));
    let writing = tokio::task::spawn_blocking(move || {
        let mut written = Written::default();
        let rows = std::iter::from_fn(|| received.blocking_recv()).flatten().map(report_row);
        let rows = rows.inspect(|row| {
            written.rows += 1;
            written.priced += u32::from(matches!(row.outcome, Outcome::Priced(_)));
        });
        let words = ReportWords(locale);
        match format {
            Format::Xlsx => {
                let workbook = sheet::xlsx(rows, &words, Moment::new(Timestamp::now()))?;
                out.write_all(&workbook)?;
            }
            Format::Csv => sheet::csv(rows, &words, &mut out)?,
            Format::JsonLines => sheet::json_lines(rows, &mut out)?,
        }
        out.flush()?;
        Ok::<_, ReportError>((written, out))
    });
    let written = writing.await??;
    reading.await??;
    Ok(written)
}

async fn read(records: Records, id: BatchId, pages: mpsc::Sender<Vec<BatchRow>>) -> Result<(), RecordsError> {
    let mut after = 0;
    loop {
        let page = records.batch_rows(id, after).await?;
        let Some(last) = page.last() else { return Ok(()) };
        after = last.number;
        if pages.send(page).await.is_err() {
            // Nobody writes any more, and says why.
            return Ok(());
        }
    }
}

fn report_row(BatchRow { number, form, answer }: BatchRow) -> ReportRow {
    let outcome = match answer {
        Some(Ok(quote)) => Outcome::Priced(quote),
        Some(Err(failure)) => Outcome::Failed(failure),
        None => Outcome::Open,
    };
    ReportRow { number, form, outcome }
}
