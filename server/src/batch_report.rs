//! A batch's report, written page by page, so that a long list takes little memory.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use app::Locale;
use app::report::ReportWords;
use desk::{BatchId, BatchRow, Records, RecordsError};
use domain::Moment;
use jiff::Timestamp;
use sheet::{Outcome, ReportRow};
use tokio::sync::mpsc;

use crate::partner::Counter;

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
    #[error("{path} cannot be written: {cause}")]
    File { path: PathBuf, cause: std::io::Error },
    #[error(transparent)]
    Sheet(#[from] sheet::ReportError),
    #[error("the report was cut off: {0}")]
    Cut(#[from] tokio::task::JoinError),
}

/// Writes a batch's report to `path`, whole or not at all.
pub(crate) async fn write_report(
    locale: Locale,
    counter: &Counter,
    id: BatchId,
    format: Format,
    path: &Path,
) -> Result<Written, ReportError> {
    let (pages, mut received) = mpsc::channel::<Vec<BatchRow>>(1);
    let reading = tokio::spawn(read(counter.records.clone(), id, pages));
    // Not under its name before all of it is there.
    let part = path.with_added_extension("part");
    let to = part.clone();
    let writing = tokio::task::spawn_blocking(move || {
        let mut written = Written::default();
        let rows = std::iter::from_fn(|| received.blocking_recv()).flatten().map(report_row);
        let rows = rows.inspect(|row| {
            written.rows += 1;
            written.priced += u32::from(matches!(row.outcome, Outcome::Priced(_)));
        });
        let failed = |cause| ReportError::File { path: to.clone(), cause };
        let mut file = BufWriter::new(File::create(&to).map_err(failed)?);
        let words = ReportWords(locale);
        match format {
            Format::Xlsx => {
                let workbook = sheet::xlsx(rows, &words, Moment::new(Timestamp::now()))?;
                file.write_all(&workbook).map_err(failed)?;
            }
            Format::Csv => sheet::csv(rows, &words, &mut file)?,
            Format::JsonLines => sheet::json_lines(rows, &mut file)?,
        }
        file.into_inner().map_err(|error| failed(error.into_error()))?.sync_all().map_err(failed)?;
        Ok::<_, ReportError>(written)
    });
    let written = writing.await??;
    reading.await??;
    std::fs::rename(&part, path).map_err(|cause| ReportError::File { path: path.to_owned(), cause })?;
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
