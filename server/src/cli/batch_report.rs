//! The report of `tradein batch`, as a file.

use std::fs::File;
use std::io::{BufWriter, IntoInnerError};
use std::path::{Path, PathBuf};

use app::Locale;
use app::words::report::ReportWords;
use domain::Moment;
use jiff::Timestamp;
use lists::{BatchId, Format, ReportError, Written, remarks, write_report};
use sheet::questions_csv;

use super::CommandError;
use crate::partner::Counter;

/// Writes a list's report to `path`, whole or not at all.
pub(super) async fn write_report_file(
    locale: Locale,
    counter: &Counter,
    id: BatchId,
    format: Format,
    path: &Path,
) -> Result<Written, CommandError> {
    let failed = |error| {
        let path = path.display();
        CommandError::Failed(match error {
            ReportError::Records(error) => {
                format!("{path}: the list cannot be read (TRADEIN_DATABASE_URL): {error}")
            }
            error => format!("{path}: {error}"),
        })
    };
    let written = async {
        // Not under its name before all of it is there.
        let part = path.with_added_extension("part");
        let file = BufWriter::new(File::create(&part)?);
        let (words, made_at) = (ReportWords(locale), Moment::new(Timestamp::now()));
        let written = write_report(words, counter.records.clone(), id, format, made_at, file);
        let (written, file) = written.await?;
        file.into_inner().map_err(IntoInnerError::into_error)?.sync_all()?;
        std::fs::rename(&part, path)?;
        Ok(written)
    };
    written.await.map_err(failed)
}

/// Writes the questions of a list beside a report that is no workbook, and so has no sheet for them: of `report.csv`,
/// `report.questions.csv`. Returns its path; `None` if there is none.
pub(super) async fn write_questions_file(
    locale: Locale,
    counter: &Counter,
    id: BatchId,
    format: Format,
    report: &Path,
) -> Result<Option<PathBuf>, CommandError> {
    let path = report.with_extension("questions.csv");
    let failed = |error: String| CommandError::Failed(format!("{}: {error}", path.display()));
    match format {
        Format::Xlsx => return Ok(None),
        Format::Csv | Format::JsonLines => {}
    }
    let remarks = remarks(&counter.records, id).await.map_err(|error| failed(error.to_string()))?;
    if remarks.questions.is_empty() {
        return Ok(None);
    }
    let mut text = Vec::new();
    questions_csv(&remarks, &ReportWords(locale), &mut text).map_err(|error| failed(error.to_string()))?;
    std::fs::write(&path, text).map_err(|error| failed(error.to_string()))?;
    Ok(Some(path))
}
