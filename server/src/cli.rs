//! The command line: its arguments, and the command that each stands for.

mod audit;
mod batch;
mod batch_answers;
mod batch_buyers;
mod batch_models;
mod batch_progress;
mod batch_report;
mod checkout;
mod doctor;
mod environment;
mod error;
mod grade_words;
mod keys;
mod offers;
mod output;
mod pricelist;
mod print;
mod provider;
mod quote;
mod records;
mod runtime;
mod sandbox;
mod search;
mod serve;
mod sign;
mod verify;
mod webhooks;

use std::process::ExitCode;
use std::time::Duration;

use clap::{Parser, Subcommand};

use crate::logging::say;
use crate::reading;

pub use environment::Environment;
use environment::language;
use error::{CommandError, told};
use output::print_json;
use runtime::block_on;

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
    /// Find out what is wrong, with cause and fix; makes one call to the partner
    Doctor,
    /// The record of all attempts at the partner
    #[command(subcommand)]
    Audit(audit::AuditCommand),
    /// The records: copies of them, moving them to another database, and whether they agree
    #[command(subcommand)]
    Records(records::RecordsCommand),
    /// Offers: those that shoppers accepted, what happened to them, and whether a token is valid
    #[command(subcommand)]
    Offers(offers::OffersCommand),
    /// Keys: of shops' backends, and those that sign offers
    #[command(subcommand)]
    Keys(keys::KeysCommand),
    /// Webhooks: endpoints, trials, and events that are sent again
    #[command(subcommand)]
    Webhooks(webhooks::WebhooksCommand),
    /// Buyers with the HTTP contract: whether a service keeps it
    #[command(subcommand)]
    Provider(provider::ProviderCommand),
    /// A dealer's own price list: what is wrong with it, and a template to fill in
    #[command(subcommand)]
    Pricelist(pricelist::PricelistCommand),
    /// Run the stand-in partner alone
    Sandbox(sandbox::SandboxArgs),
    /// Read a list for another of these processes
    #[command(name = reading::COMMAND, hide = true)]
    ReadList(reading::ReadArgs),
}

/// How long stderr may take for the line that says why a command failed: a full pipe may never be read.
const LAST_LINE: Duration = Duration::from_secs(5);

/// Runs a command to its end. Exit code 0 if it succeeded, 1 if it failed, 2 if its arguments are invalid.
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
        Command::Offers(command) => offers::run(command, environment),
        Command::Keys(command) => keys::run(command, environment),
        Command::Webhooks(command) => webhooks::run(command, environment),
        Command::Provider(command) => provider::run(command, environment),
        Command::Pricelist(command) => pricelist::run(command, environment),
        Command::Sandbox(args) => sandbox::run(args, environment),
        Command::ReadList(args) => reading::read_list(args).map_err(CommandError::Output),
    };
    let Err(error) = done else { return ExitCode::SUCCESS };
    if error.is_closed_pipe() {
        return ExitCode::SUCCESS;
    }
    say(format!("tradein: {}", error.to_string().replace('\n', " ")), LAST_LINE);
    ExitCode::from(if matches!(error, CommandError::Usage(_)) { 2 } else { 1 })
}

#[cfg(test)]
mod docs;
