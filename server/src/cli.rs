//! The command line.

mod audit;
mod batch;
mod batch_progress;
mod doctor;
mod print;
mod quote;
mod records;
mod sandbox;
mod search;
mod serve;
mod sign;

use std::future::Future;
use std::io::{ErrorKind, Write, stdout};
use std::process::ExitCode;
use std::time::Duration;

use app::Locale;
use app::words::failure::{Explanation, explain};
use clap::{Parser, Subcommand};
use domain::{Failure, FieldError, Problem};

use crate::application::StartError;
use crate::batch_report::ReportError;
use crate::logging::{LogError, say};
use crate::reading;
use crate::settings::SettingsError;

/// What an old device is worth: a widget for shops, and this command line.
#[derive(Debug, Parser)]
#[command(
    name = "tradein",
    version,
    after_help = "Settings: tradein.toml and environment variables; see the README."
)]
pub struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the widget (also without a command)
    Serve,
    /// Quote one device
    Quote(quote::QuoteArgs),
    /// Find models and the storage and memory they come in
    Search(search::SearchArgs),
    /// Quote a device list from a spreadsheet into a report; goes on where it was cut off
    Batch(batch::BatchArgs),
    /// Sign parameters by hand, for debugging
    Sign(sign::SignArgs),
    /// Find out what is wrong, with cause and mend; makes one call to the partner
    Doctor,
    /// The record of all attempts at the partner
    #[command(subcommand)]
    Audit(audit::AuditCommand),
    /// The records: copies of them, moving them to another database, and whether they agree
    #[command(subcommand)]
    Records(records::RecordsCommand),
    /// Run the stand-in partner alone
    Sandbox(sandbox::SandboxArgs),
    /// Read a list for another of these processes
    #[command(name = reading::COMMAND, hide = true)]
    ReadList,
}

/// How long threads that still block are waited for when a command is done: one that brings records to the disk
/// needs less, and one that asks a silent name server is given up.
const LAST_THREADS: Duration = Duration::from_millis(200);

/// How long stderr may take for the line that says why a command failed: a full pipe may never be read.
const LAST_LINE: Duration = Duration::from_secs(5);

/// The variables of the environment, by name.
pub type Environment<'a> = &'a (dyn Fn(&str) -> Option<String> + Sync);

/// Why a command did not do its job.
#[derive(Debug, thiserror::Error)]
enum CommandError {
    /// It was called in a wrong way: exit code 2.
    #[error("{0}")]
    Usage(String),
    /// The job failed: exit code 1.
    #[error("{0}")]
    Failed(String),
    #[error(transparent)]
    Settings(#[from] SettingsError),
    #[error(transparent)]
    Start(#[from] StartError),
    #[error(transparent)]
    Log(#[from] LogError),
    #[error(transparent)]
    Report(#[from] ReportError),
    #[error("writing the answer failed: {0}")]
    Output(#[from] std::io::Error),
    #[error("writing the answer failed: {0}")]
    Json(#[from] serde_json::Error),
}

impl CommandError {
    /// Whether the reader of stdout has what it wanted and went away, as `head` does.
    fn is_closed_pipe(&self) -> bool {
        let kind = match self {
            Self::Output(error) => Some(error.kind()),
            Self::Json(error) => error.io_error_kind(),
            _ => None,
        };
        kind == Some(ErrorKind::BrokenPipe)
    }
}

/// Runs a command to its end: 0 when it did its job, 1 when it failed, 2 when it was
/// called in a wrong way.
pub fn run(cli: Cli, environment: Environment<'static>) -> ExitCode {
    let done = match cli.command.unwrap_or(Command::Serve) {
        Command::Serve => serve::run(environment),
        Command::Quote(args) => quote::run(args, environment),
        Command::Search(args) => search::run(args, environment),
        Command::Batch(args) => batch::run(args, environment),
        Command::Sign(args) => sign::run(args, environment),
        Command::Doctor => doctor::run(environment),
        Command::Audit(command) => audit::run(command, environment),
        Command::Records(command) => records::run(command, environment),
        Command::Sandbox(args) => sandbox::run(args, environment),
        Command::ReadList => reading::read_list().map_err(CommandError::Output),
    };
    let Err(error) = done else { return ExitCode::SUCCESS };
    if error.is_closed_pipe() {
        return ExitCode::SUCCESS;
    }
    say(format!("tradein: {}", error.to_string().replace('\n', " ")), LAST_LINE);
    ExitCode::from(if matches!(error, CommandError::Usage(_)) { 2 } else { 1 })
}

/// Runs `work` on a runtime of its own, and ends when it does, whatever its threads are at.
fn block_on<T>(work: impl Future<Output = Result<T, CommandError>>) -> Result<T, CommandError> {
    let runtime = tokio::runtime::Runtime::new()?;
    let done = runtime.block_on(work);
    // Dropped, it would wait for them without a bound.
    runtime.shutdown_timeout(LAST_THREADS);
    done
}

/// Prints `value` as the only thing on stdout.
fn print_json(value: &impl serde::Serialize) -> Result<(), CommandError> {
    let mut out = stdout().lock();
    serde_json::to_writer_pretty(&mut out, value)?;
    writeln!(out)?;
    Ok(())
}

/// The reader's language, by the variables that every Unix program goes by.
fn language(environment: Environment<'_>) -> Locale {
    let set = |name: &str| environment(name).filter(|value| !value.is_empty());
    let named = set("LC_ALL").or_else(|| set("LC_MESSAGES")).or_else(|| set("LANG"));
    app::words::language::of_terminal(&named.unwrap_or_default())
}

/// Whether it helps to hear which words a field takes.
fn is_answered_by_a_list(problem: Problem) -> bool {
    matches!(problem, Problem::Missing | Problem::NotListed)
}

/// A failure in one line, with what to do.
fn told(locale: Locale, failure: &Failure) -> CommandError {
    if let Failure::InvalidInput { fields } = failure {
        let problem = |error: &FieldError| {
            let (name, problem) = (error.field.name(), app::words::problem(locale, *error));
            match app::words::choices(locale, error.field).filter(|_| is_answered_by_a_list(error.problem)) {
                Some(choices) => format!("{name}: {}", app::words::with_note(locale, &problem, &choices)),
                None => format!("{name}: {problem}"),
            }
        };
        let problems: Vec<String> = fields.iter().map(problem).collect();
        return CommandError::Usage(problems.join("; "));
    }
    let Explanation { title, next } = explain(locale, failure);
    let next = app::words::next_at_command_line(locale, failure).map_or(next, str::to_owned);
    CommandError::Failed(format!("{}: {title}. {next}", failure.code()))
}

#[cfg(test)]
mod docs;
