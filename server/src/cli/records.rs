use std::io::{Write, stdout};
use std::path::PathBuf;

use clap::{Args, Subcommand};
use jiff::Timestamp;
use records::{DatabaseUrl, Records};

use super::{CommandError, Environment, block_on};
use crate::Settings;

/// What to do with the records.
#[derive(Debug, Subcommand)]
pub(super) enum RecordsCommand {
    /// Write a copy of all records to a new file, while the server runs
    Backup(FileArgs),
    /// Put a copy in the place of the records, while no server runs; those of before are kept beside it
    Restore(FileArgs),
    /// Copy all records to another, empty database, while no server runs; can be cut off and repeated
    Move(MoveArgs),
    /// Look for records that do not agree with each other; exit code 1 if there are any
    Check,
}

/// Which copy.
#[derive(Debug, Args)]
pub(super) struct FileArgs {
    /// The file of the copy
    file: PathBuf,
}

/// From where to where.
#[derive(Debug, Args)]
pub(super) struct MoveArgs {
    /// Where the records are: sqlite://PATH or postgres://USER@HOST/DATABASE
    from: String,
    /// Where they are to be
    to: String,
}

pub(super) fn run(command: RecordsCommand, environment: Environment<'_>) -> Result<(), CommandError> {
    if let RecordsCommand::Move(MoveArgs { from, to }) = command {
        return block_on(move_records(&from, &to));
    }
    let settings = Settings::read(environment)?;
    let url = &settings.records.database_url;
    let failed = |what: &str, error: &dyn std::error::Error| {
        CommandError::Failed(format!("the records at {url} cannot be {what}: {error}"))
    };
    block_on(async {
        match command {
            RecordsCommand::Backup(FileArgs { file }) => {
                let copied = Records::back_up(url.expose(), &file).await;
                copied.map_err(|error| failed("copied", &error))?;
                writeln!(stdout(), "{}", file.display())?;
            }
            RecordsCommand::Restore(FileArgs { file }) => {
                let restored = Records::restore(url.expose(), &file).await;
                let restored = restored.map_err(|error| failed("replaced", &error))?;
                if let Some(former) = restored.former {
                    writeln!(stdout(), "the records of before are kept in {}", former.display())?;
                }
                writeln!(stdout(), "restored; start the server again")?;
            }
            RecordsCommand::Check => {
                let records = Records::open(url.expose()).await.map_err(|error| failed("read", &error))?;
                check(url, &records).await?;
                records.close().await;
            }
            RecordsCommand::Move(_) => {}
        }
        Ok(())
    })
}

/// Moves all records, and prints how many rows each table has in both databases.
async fn move_records(from: &str, to: &str) -> Result<(), CommandError> {
    // The addresses are not read by clap, because its errors would print a wrong address, which may contain a
    // password.
    let address =
        |text: &str| text.parse::<DatabaseUrl>().map_err(|error| CommandError::Usage(error.to_string()));
    let (from, to) = (address(from)?, address(to)?);
    let open = async |url: &DatabaseUrl| {
        let opened = Records::open(url.expose()).await;
        opened
            .map_err(|error| CommandError::Failed(format!("the records at {url} cannot be opened: {error}")))
    };
    let (source, target) = (open(&from).await?, open(&to).await?);
    let moved = source.move_to(&target).await;
    source.close().await;
    target.close().await;
    let moved = moved.map_err(|error| CommandError::Failed(error.to_string()))?;
    let mut text = String::new();
    for table in moved {
        text += &format!("{:>10}  {}\n", table.rows, table.name);
    }
    text += &format!(
        "all is in {to} too, by count and sums; set TRADEIN_DATABASE_URL to it and start the server\n"
    );
    Ok(stdout().write_all(text.as_bytes())?)
}

/// Prints the inconsistencies. Fails if there are any.
async fn check(url: &DatabaseUrl, records: &Records) -> Result<(), CommandError> {
    let unreadable = |error| CommandError::Failed(format!("the records at {url} cannot be read: {error}"));
    let findings = records.check_books().await.map_err(unreadable)?;
    let mut text = String::new();
    for finding in &findings {
        text += &format!("WRONG  {}: {}, such as {}\n", finding.what, finding.rows, finding.example);
    }
    if let Err(error) = records.check_clock(Timestamp::now()).await {
        text += &format!("WRONG  {error}\n");
    } else if findings.is_empty() {
        text += "ok     prices and their parts, the day's counts and attempts, and what refers to other records\n";
    }
    let is_well = text.starts_with("ok");
    stdout().write_all(text.as_bytes())?;
    if is_well { Ok(()) } else { Err(CommandError::Failed("the records do not agree; see above".to_owned())) }
}
