use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use app::Locale;
use app::words::batch_text;
use clap::Args;
use domain::Field;
use jiff::Timestamp;
use lists::{BatchId, Counts, Format, ListError, Phase, Progress, Runner, fingerprint, list_name, new_rows};
use sha2::{Digest, Sha256};
use sheet::{DeviceList, Mapping, ReadError, Table};
use tokio::sync::watch;

use super::batch_progress::show;
use super::batch_report::write_report_file;
use super::output::tell;
use super::serve::stop_signal;
use super::{CommandError, Environment, block_on};
use crate::Settings;
use crate::partner::Counter;
use crate::reading::Reader;

/// Which list, and where the report goes.
#[derive(Debug, Args)]
pub(super) struct BatchArgs {
    /// The device list: .xlsx, .xls, .ods or .csv
    #[arg(required_unless_present = "template")]
    input: Option<PathBuf>,
    /// Where the report goes: .xlsx, .csv or .jsonl
    #[arg(short, long, required_unless_present = "template")]
    output: Option<PathBuf>,
    /// Say which column holds a field, such as storage=容量; may be repeated
    #[arg(long, value_name = "FIELD=HEADING")]
    column: Vec<String>,
    /// Leave out the rows that are hidden or filtered out in the file
    #[arg(long)]
    without_hidden: bool,
    /// Write an empty list to fill in (.xlsx), and do nothing else
    #[arg(long, value_name = "FILE", conflicts_with_all = ["input", "output"])]
    template: Option<PathBuf>,
}

pub(super) fn run(args: BatchArgs, environment: Environment<'_>) -> Result<(), CommandError> {
    let locale = super::language(environment);
    if let Some(path) = &args.template {
        let file = sheet::template(&batch_text::headings(locale), &[batch_text::example(locale)])
            .map_err(|error| CommandError::Failed(error.to_string()))?;
        return write_file(path, &file);
    }
    let (Some(input), Some(output)) = (args.input, args.output) else {
        return Err(CommandError::Usage("a list and a report are needed".into()));
    };
    let format = Format::of(&output).ok_or_else(|| {
        CommandError::Usage(format!("{}: name the report .xlsx, .csv or .jsonl", output.display()))
    })?;
    let mut bytes = std::fs::read(&input)
        .map_err(|error| CommandError::Failed(format!("{} cannot be read: {error}", input.display())))?;
    let name = list_name(input.file_name().and_then(OsStr::to_str).unwrap_or("list"));
    let settings = Settings::read(environment)?;
    block_on(async {
        let mut table = Reader::own()?.read(&bytes).await;
        if let Ok(read) = &table {
            tell_hidden(locale, read, args.without_hidden);
        }
        if args.without_hidden {
            table = table.map(|read| read.without_hidden());
            // The bytes only identify the list from here on: with and without these rows, it is two.
            bytes.extend_from_slice(b"without hidden rows");
        }
        let list = understand(locale, &name, table, &args.column)?;
        let counter = Counter::open(&settings).await?;
        let done = async {
            let id = keep(locale, &counter, &name, &bytes, &args.column, list).await?;
            quote(locale, &counter, id).await?;
            let path = output.display().to_string();
            let written = write_report_file(locale, &counter, id, format, &output).await?;
            tell(&batch_text::written(locale, &path, written.rows, written.priced));
            match written.rows - written.priced {
                0 => Ok(()),
                failed => Err(CommandError::Failed(batch_text::failed(locale, failed))),
            }
        };
        let done = done.await;
        counter.desk.close().await;
        done
    })
}

/// Says how many rows the spreadsheet does not show, and whether they are quoted.
fn tell_hidden(locale: Locale, table: &Table, left_out: bool) {
    if let Some(hidden) = batch_text::hidden_rows(locale, table.hidden_rows(), left_out) {
        tell(&hidden);
        if !left_out {
            tell(batch_text::hidden_option(locale));
        }
    }
}

/// The devices of a list, or the reason why it cannot be used.
fn understand(
    locale: Locale,
    name: &str,
    table: Result<Table, ReadError>,
    columns: &[String],
) -> Result<DeviceList, CommandError> {
    let failed = CommandError::Failed;
    let table =
        table.map_err(|error| failed(format!("{name}: {}", batch_text::unreadable(locale, &error))))?;
    let headings = table.headings().ok_or_else(|| failed(batch_text::no_headings(locale)))?;
    let mut mapping = Mapping::of(&table, headings);
    for given in columns {
        let named = given.split_once('=').and_then(|(field, heading)| {
            let field = Field::OF_A_DEVICE.into_iter().find(|it| it.name() == field.trim())?;
            Some((field, headings.cells.iter().position(|cell| cell.trim() == heading.trim())?))
        });
        let (field, column) =
            named.ok_or_else(|| CommandError::Usage(batch_text::column_unknown(locale, given)))?;
        mapping.set(field, Some(column));
    }
    let missing = mapping.missing();
    if !missing.is_empty() {
        let found = headings.cells.iter().filter(|cell| !cell.is_empty());
        let found = found.map(String::as_str).collect::<Vec<_>>().join(", ");
        return Err(failed(batch_text::columns_missing(locale, &missing, &found)));
    }
    if let Some(sheet) = batch_text::sheet_read(locale, &table) {
        tell(&sheet);
    }
    let ignored: Vec<String> = mapping.unknown(headings).into_iter().map(|(_, name)| name).collect();
    if !ignored.is_empty() {
        tell(&batch_text::columns_ignored(locale, &ignored.join(", ")));
    }
    let list = DeviceList::from_table(&table, &mapping, headings);
    let list = list.map_err(|error| failed(format!("{name}: {}", batch_text::unreadable(locale, &error))))?;
    for line in &list.passed_over {
        tell(&batch_text::passed_over(locale, line));
    }
    if list.rows.is_empty() { Err(failed(batch_text::no_rows(locale).to_owned())) } else { Ok(list) }
}

/// The batch of this list: an unfinished one of the same file, or a new one.
async fn keep(
    locale: Locale,
    counter: &Counter,
    name: &str,
    bytes: &[u8],
    columns: &[String],
    list: DeviceList,
) -> Result<BatchId, CommandError> {
    let fingerprint = fingerprint(&counter.account, &columns.join("\n"), &Sha256::digest(bytes).into());
    let id = match counter.records.unfinished_batch(&fingerprint).await.map_err(of_records)? {
        Some(id) => {
            tell(batch_text::resumed(locale));
            id
        }
        None => {
            let added =
                counter.records.add_batch(name, &fingerprint, &new_rows(list), Timestamp::now()).await;
            added.map_err(of_records)?
        }
    };
    if let Some(batch) = counter.records.batch(id).await.map_err(of_records)? {
        tell(&batch_text::understood(locale, &batch.counts, counter.desk.calls_remaining_for_lists()));
    }
    Ok(id)
}

/// Quotes the batch to its end, or until a signal stops it.
async fn quote(locale: Locale, counter: &Counter, id: BatchId) -> Result<(), CommandError> {
    let (tell, progress) = watch::channel(Progress { counts: Counts::default(), phase: Phase::Asking });
    let (stop, stopped) = watch::channel(false);
    let showing = tokio::spawn(show(locale, progress.clone()));
    let asked = stop_signal()?;
    let stopping = tokio::spawn(async move {
        asked.await;
        stop.send_replace(true);
        // A second signal ends the process at once, without waiting for the calls that are under way.
        if let Ok(asked) = stop_signal() {
            asked.await;
            std::process::exit(1);
        }
    });
    let ended =
        Runner::new(&counter.desk, counter.desk.instance().clone()).run_or_follow(id, &tell, stopped).await;
    stopping.abort();
    drop(tell);
    let _ = showing.await;
    let counts = progress.borrow().counts;
    match ended {
        Ok(()) if counts.open() == 0 => Ok(()),
        Ok(()) => Err(CommandError::Failed(batch_text::stopped(locale, &counts))),
        Err(ListError::Cancelled) => Err(CommandError::Failed(batch_text::cancelled(locale, &counts))),
        Err(ListError::Refused) => Err(CommandError::Failed(batch_text::refused(locale).to_owned())),
        Err(error) => Err(CommandError::Failed(format!("{}: {error}", batch_text::stopped(locale, &counts)))),
    }
}

fn of_records(error: desk::RecordsError) -> CommandError {
    CommandError::Failed(format!("the list cannot be kept (TRADEIN_DATABASE_URL): {error}"))
}

fn write_file(path: &Path, bytes: &[u8]) -> Result<(), CommandError> {
    std::fs::write(path, bytes)
        .map_err(|error| CommandError::Failed(format!("{} cannot be written: {error}", path.display())))
}
