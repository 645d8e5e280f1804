use std::io::{Write, stdout};

use clap::{Args, Subcommand, ValueEnum};
use desk::{AttemptRecord, Records, Span};
use domain::UTC8;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use super::{CommandError, Environment, block_on};
use crate::Settings;

/// What to do with the audit.
#[derive(Debug, Subcommand)]
pub(super) enum AuditCommand {
    /// Write the recorded attempts at the partner to stdout
    Export(ExportArgs),
}

/// Which attempts, and how they are written.
#[derive(Debug, Args)]
pub(super) struct ExportArgs {
    /// The first day in UTC+8, such as 2025-12-30, or an instant in RFC 3339
    #[arg(long, value_parser = beginning)]
    from: Option<Timestamp>,
    /// The last day in UTC+8, or the instant after the last
    #[arg(long, value_parser = end)]
    to: Option<Timestamp>,
    /// How they are written
    #[arg(long, value_enum, default_value_t = Format::Csv)]
    format: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// Comma-separated, with a line of names
    Csv,
    /// One JSON object a line
    Jsonl,
}

pub(super) fn run(command: AuditCommand, environment: Environment<'_>) -> Result<(), CommandError> {
    let AuditCommand::Export(args) = command;
    let settings = Settings::read(environment)?;
    let span =
        Span { from: args.from.unwrap_or(Timestamp::UNIX_EPOCH), to: args.to.unwrap_or(Timestamp::MAX) };
    block_on(async {
        let url = &settings.records.database_url;
        let failed = |error| CommandError::Failed(format!("the records at {url} cannot be read: {error}"));
        let records = Records::open(url.expose()).await.map_err(failed)?;
        let mut out = stdout().lock();
        if matches!(args.format, Format::Csv) {
            writeln!(out, "at,call,attempt,outcome,code,latency_ms,quota_used,parameters,provider")?;
        }
        let mut after = 0;
        loop {
            let page = records.attempts(span, after).await.map_err(failed)?;
            let Some(last) = page.last() else { break };
            after = last.id;
            for record in &page {
                match args.format {
                    Format::Csv => writeln!(out, "{}", csv_line(record))?,
                    Format::Jsonl => writeln!(out, "{}", serde_json::to_string(record)?)?,
                }
            }
        }
        records.close().await;
        Ok(())
    })
}

/// One line of CSV (RFC 4180). Only the parameters, which are JSON, need quotes.
fn csv_line(record: &AttemptRecord) -> String {
    let AttemptRecord { at, call, attempt, outcome, code, latency_ms, quota_used, .. } = record;
    let provider = record.provider.as_deref().unwrap_or_default();
    let quota_used = quota_used.map(|used| used.to_string()).unwrap_or_default();
    let outcome = outcome.as_deref().unwrap_or_default();
    let code = code.as_deref().unwrap_or_default();
    let latency_ms = latency_ms.map(|latency| latency.to_string()).unwrap_or_default();
    let parameters = record.parameters.to_string().replace('"', "\"\"");
    format!("{at},{call},{attempt},{outcome},{code},{latency_ms},{quota_used},\"{parameters}\",{provider}")
}

fn beginning(text: &str) -> Result<Timestamp, String> {
    instant(text, 0)
}

fn end(text: &str) -> Result<Timestamp, String> {
    instant(text, 1)
}

/// The instant `text` in RFC 3339; or, if `text` is a day, its beginning in UTC+8, `days` later.
fn instant(text: &str, days: i64) -> Result<Timestamp, String> {
    if let Ok(instant) = text.parse::<Timestamp>() {
        return Ok(instant);
    }
    let wrong = |_| format!("{text:?} is neither a day such as 2025-12-30 nor an instant in RFC 3339");
    let day = text.parse::<Date>().and_then(|day| day.checked_add(days.days())).map_err(wrong)?;
    UTC8.to_timestamp(day.to_datetime(jiff::civil::Time::midnight())).map_err(wrong)
}
