use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use app::Locale;
use app::words::{batch_text, buyers};
use clap::Args;
use desk::Desks;
use domain::{Field, Moment, ProviderName, Resolver};
use jiff::Timestamp;
use lists::{BatchId, Counts, Fingerprint, Format, ListError, Progress, Runner, ask_all, list_name, record};
use sha2::{Digest, Sha256};
use sheet::{Answers, DeviceList, Mapping, ReadError, Table, TableRow};
use tokio::sync::watch;

use super::batch_answers::{gather, hand_in, keep_answers, of_records, refuse_wrong};
use super::batch_buyers::{named, tell_compared};
use super::batch_models::{Asks, resolve};
use super::batch_progress::show;
use super::batch_report::{write_questions_file, write_report_file};
use super::output::tell;
use super::serve::stop_signal;
use super::{CommandError, Environment, block_on};
use crate::Settings;
use crate::partner::Counter;
use crate::providers::Labels;
use crate::reading::Reader;

/// Which list, and where the report goes.
#[derive(Debug, Args)]
pub(super) struct BatchArgs {
    /// The device list: .xlsx, .xlsb, .xls, .ods or .csv
    #[arg(required_unless_present = "template")]
    input: Option<PathBuf>,
    /// Where the report goes: .xlsx, .csv or .jsonl
    #[arg(short, long, required_unless_present = "template")]
    output: Option<PathBuf>,
    /// Say which column holds a field, such as storage=容量; may be repeated
    #[arg(long, value_name = "FIELD=HEADING")]
    column: Vec<String>,
    /// A report of this list whose questions were answered: the .xlsx, or the .questions.csv beside another report
    #[arg(long, value_name = "REPORT")]
    answers: Option<PathBuf>,
    /// Make no calls to look up models that are not known: they are asked for as they are written
    #[arg(long)]
    no_look_up: bool,
    /// Leave out the rows that are hidden or filtered out in the file
    #[arg(long)]
    without_hidden: bool,
    /// Ask all buyers of the settings, not only the first: takes calls of each one's quota
    #[arg(long)]
    compare: bool,
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
    let labels = Labels::of(&settings).in_language(locale);
    block_on(async {
        let mut table = Reader::own()?.read(&bytes).await.map_err(|error| {
            CommandError::Failed(format!("{name}: {}", batch_text::unreadable(locale, &error)))
        })?;
        tell_hidden(locale, &table, args.without_hidden);
        if args.without_hidden {
            table = table.without_hidden();
            // The bytes only identify the list from here on: with and without these rows, it is two.
            bytes.extend_from_slice(b"without hidden rows");
        }
        let (mapping, headings) = columns(locale, &table, &args.column)?;
        let content = Sha256::digest(&bytes).into();
        drop(bytes);
        let handed_in = args.answers.as_deref().map(|path| hand_in(locale, path)).transpose()?;
        let counter = Counter::open(&settings).await?;
        let done = async {
            let answers = gather(&counter, &headings, handed_in.as_ref()).await?;
            // It finds the list again if it was cut off.
            let fingerprint = Fingerprint::of(&counter.account, &args.column.join("\n"), &content, &answers);
            let read = |models: &mut Resolver<'_>| {
                let list = devices(locale, &name, &table, (&mapping, &headings), &answers, models)?;
                // Before anything is asked of the partner.
                handed_in.iter().try_for_each(|answers| refuse_wrong(locale, answers, &list))?;
                Ok(list)
            };
            let goes_on =
                counter.records.unfinished_batch(&fingerprint.answered).await.map_err(of_records)?;
            let asks = match (goes_on, args.no_look_up) {
                (Some(_), _) => Asks::Resolved,
                (None, true) => Asks::Never,
                (None, false) => Asks::AtTerminal,
            };
            let list = resolve(locale, &counter, asks, read).await?;
            // The rows are in the list, and a long table takes much memory.
            drop(table);
            keep_answers(locale, &counter, &headings, handed_in.as_ref(), (&list, &answers)).await?;
            let (open, waiting) = open_questions(&list);
            let id = keep(locale, &counter, &name, &fingerprint, list).await?;
            // The desks of all buyers.
            let desks = counter.desks.clone();
            if args.compare {
                compare(locale, &desks, id, &labels).await?;
            }
            let quoted = quote(locale, &desks, &counter, id).await;
            let totals = counter.records.batch_totals(id).await.map_err(of_records)?;
            // What several buyers said is in the report, also if one of them cannot go on.
            let quoted = match quoted {
                Err(error) if totals.is_empty() => return Err(error),
                quoted => quoted,
            };
            let path = output.display().to_string();
            let written = write_report_file(locale, &counter, id, format, &output).await?;
            tell(&batch_text::written(locale, &path, &written));
            let now = Moment::new(Timestamp::now());
            tell_compared(locale, &counter.records, id, &labels, now).await.map_err(of_records)?;
            let questions = write_questions_file(locale, &counter, id, format, &output).await?;
            let asked = questions.as_deref().unwrap_or(&output).display().to_string();
            let asked =
                (open > 0).then(|| batch_text::open_questions(locale, open, &asked, questions.is_none()));
            quoted?;
            match (written.rows - written.priced).saturating_sub(waiting) {
                0 => asked.iter().for_each(|text| tell(text)),
                failed => {
                    asked.iter().for_each(|text| tell(text));
                    return Err(CommandError::Failed(batch_text::failed(locale, failed)));
                }
            }
            Ok(())
        };
        let done = done.await;
        counter.desks.close().await;
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

/// How many questions of a list are open, and how many rows wait for them.
fn open_questions(list: &DeviceList) -> (usize, u32) {
    let waiting = list.rows.iter().filter(|row| !row.questions.is_empty()).count();
    (list.questions.open().count(), u32::try_from(waiting).unwrap_or(u32::MAX))
}

/// The columns of a list, or the reason why it cannot be used.
fn columns(locale: Locale, table: &Table, columns: &[String]) -> Result<(Mapping, TableRow), CommandError> {
    let failed = CommandError::Failed;
    let headings = table.headings().ok_or_else(|| failed(batch_text::no_headings(locale)))?;
    let mut mapping = Mapping::of(table, headings);
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
    if let Some(sheet) = batch_text::sheet_read(locale, table) {
        tell(&sheet);
    }
    let ignored: Vec<String> = mapping.unknown(headings).into_iter().map(|(_, name)| name).collect();
    if !ignored.is_empty() {
        tell(&batch_text::columns_ignored(locale, &ignored));
    }
    Ok((mapping, headings.clone()))
}

/// The devices of a list, or the reason why it cannot be used.
fn devices(
    locale: Locale,
    name: &str,
    table: &Table,
    (mapping, headings): (&Mapping, &TableRow),
    answers: &Answers,
    models: &mut Resolver<'_>,
) -> Result<DeviceList, CommandError> {
    let failed = |error: ReadError| {
        CommandError::Failed(format!("{name}: {}", batch_text::unreadable(locale, &error)))
    };
    let list = DeviceList::answered(table, mapping, headings, answers, Some(models)).map_err(failed)?;
    if list.rows.is_empty() && list.questions.all().is_empty() {
        return Err(CommandError::Failed(batch_text::no_rows(locale).to_owned()));
    }
    Ok(list)
}

/// The batch of this list: an unfinished one of the same file, or a new one.
async fn keep(
    locale: Locale,
    counter: &Counter,
    name: &str,
    fingerprint: &Fingerprint,
    list: DeviceList,
) -> Result<BatchId, CommandError> {
    for line in &list.passed_over {
        tell(&batch_text::passed_over(locale, line));
    }
    let id = match counter.records.unfinished_batch(&fingerprint.answered).await.map_err(of_records)? {
        Some(id) => {
            tell(batch_text::resumed(locale));
            id
        }
        None => {
            record(&counter.records, name, fingerprint, list, Timestamp::now()).await.map_err(of_records)?
        }
    };
    if let Some(batch) = counter.records.batch(id).await.map_err(of_records)? {
        tell(&batch_text::understood(locale, &batch.counts, counter.desk.calls_remaining_for_lists()));
    }
    Ok(id)
}

/// Lets the batch ask all buyers, and says which these are.
async fn compare(
    locale: Locale,
    desks: &Desks,
    id: BatchId,
    labels: &BTreeMap<ProviderName, String>,
) -> Result<(), CommandError> {
    ask_all(desks, id).await.map_err(of_records)?;
    let names = desks.first().quoter().records().batch_providers(id).await.map_err(of_records)?;
    if names.is_empty() {
        tell(buyers::only_one(locale));
        return Ok(());
    }
    let names = names.iter().map(|name| named(labels, name)).collect::<Vec<_>>().join(", ");
    tell(&buyers::asked(locale, &names));
    Ok(())
}

/// Quotes the batch to its end, or until a signal stops it.
async fn quote(locale: Locale, desks: &Desks, counter: &Counter, id: BatchId) -> Result<(), CommandError> {
    let (tell, progress) = watch::channel(Progress::beginning(Counts::default()));
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
    let ended = Runner::new(desks, counter.desk.instance().clone()).run_or_follow(id, &tell, stopped).await;
    stopping.abort();
    drop(tell);
    let _ = showing.await;
    let (open, counts) = (progress.borrow().open(), progress.borrow().counts);
    match ended {
        Ok(()) if open == 0 => Ok(()),
        Ok(()) => Err(CommandError::Failed(batch_text::stopped(locale, &counts))),
        Err(ListError::Cancelled) => Err(CommandError::Failed(batch_text::cancelled(locale, &counts))),
        Err(ListError::Refused) => Err(CommandError::Failed(batch_text::refused(locale).to_owned())),
        Err(error) => Err(CommandError::Failed(format!("{}: {error}", batch_text::stopped(locale, &counts)))),
    }
}

fn write_file(path: &Path, bytes: &[u8]) -> Result<(), CommandError> {
    std::fs::write(path, bytes)
        .map_err(|error| CommandError::Failed(format!("{} cannot be written: {error}", path.display())))
}
