use std::io::{Write, stdout};
use std::path::PathBuf;

use clap::{Args, Subcommand};
use desk::Records;

use super::{CommandError, Environment, block_on};
use crate::Settings;

/// What to do with the records.
#[derive(Debug, Subcommand)]
pub(super) enum RecordsCommand {
    /// Write a copy of all records to a new file, while the server runs
    Backup(FileArgs),
    /// Put a copy in the place of the records, while no server runs; those of before are kept beside it
    Restore(FileArgs),
}

/// Which copy.
#[derive(Debug, Args)]
pub(super) struct FileArgs {
    /// The file of the copy
    file: PathBuf,
}

pub(super) fn run(command: RecordsCommand, environment: Environment<'_>) -> Result<(), CommandError> {
    let settings = Settings::read(environment)?;
    let url = &settings.records.database_url;
    let failed = |what: &str, error: &dyn std::error::Error| {
        CommandError::Failed(format!("the records at {url} cannot be {what}: {error}"))
    };
    block_on(async {
        match command {
            RecordsCommand::Backup(FileArgs { file }) => {
                let copied = Records::back_up(url, &file).await;
                copied.map_err(|error| failed("copied", &error))?;
                writeln!(stdout(), "{}", file.display())?;
            }
            RecordsCommand::Restore(FileArgs { file }) => {
                let restored = Records::restore(url, &file).await;
                let restored = restored.map_err(|error| failed("replaced", &error))?;
                if let Some(former) = restored.former {
                    writeln!(stdout(), "the records of before are kept in {}", former.display())?;
                }
                writeln!(stdout(), "restored; start the server again")?;
            }
        }
        Ok(())
    })
}
