//! Reads device lists and price lists in a separate process with limited memory and time. A workbook from outside may claim
//! to be far larger than it is; then only that process fails.

use std::io::{BufWriter, Read, Write, stdin, stdout};
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use app::words::{questions, report_cells};
use futures::future::BoxFuture;
use pricelist::ReadSheets;
use rlimit::Resource;
use serde::de::DeserializeOwned;
use sheet::{HandedBack, ReadError, Table, handed_back};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::Command;
use tokio::sync::Semaphore;

/// The command that reads a list from stdin and writes its table to stdout.
pub(crate) const COMMAND: &str = "read-list";
/// Its option for a price list: the tables of several sheets.
const PRICES: &str = "--prices";
/// Its option for the answers of a report.
const ANSWERS: &str = "--answers";

/// The most memory for reading, in bytes: many times what the largest list needs.
const MEMORY: u64 = 2 * 1024 * 1024 * 1024;
/// How much the allocator reserves at a time, in KiB. Its default is half of the memory limit, for which
/// there is sometimes no room.
const RESERVED: (&str, &str) = ("MIMALLOC_ARENA_RESERVE", "65536");
/// The most processor time for reading, in seconds.
const PROCESSOR: u64 = 20;
/// The longest answer that is read, in bytes: twice the text that a list may have, which leaves room for the
/// JSON around it.
const LONGEST: u64 = 128 * 1024 * 1024;
/// The longest time for reading.
const PATIENCE: Duration = Duration::from_secs(60);

/// Runs the program that reads lists, which is this one. Clones share everything.
#[derive(Clone, Debug)]
pub struct Reader(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    program: PathBuf,
    /// Only one list is read at a time, because two would need twice the memory.
    one: Semaphore,
}

impl Reader {
    /// A reader that runs `program`, which must be a `tradein`.
    pub fn at(program: PathBuf) -> Self {
        Self(Arc::new(Inner { program, one: Semaphore::new(1) }))
    }

    /// A reader that runs this program.
    ///
    /// # Errors
    /// If the system cannot tell the program's path.
    pub fn own() -> std::io::Result<Self> {
        std::env::current_exe().map(Self::at)
    }

    /// Reads a device list. One that is a report of ours, in any language, has the trade's words again.
    ///
    /// # Errors
    /// [`ReadError`]; [`ReadError::TooLarge`] where reading would take too much.
    pub(crate) async fn read(&self, file: &[u8]) -> Result<Table, ReadError> {
        let table = self.ask(&[COMMAND], file).await?;
        Ok(report_cells::of_a_report(table))
    }

    /// Reads the answers of a report that is handed back.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub(crate) async fn read_answers(&self, file: &[u8]) -> Result<Vec<HandedBack>, ReadError> {
        self.ask(&[COMMAND, ANSWERS], file).await
    }

    /// What the process of these arguments reads of a file.
    async fn ask<T: DeserializeOwned>(&self, arguments: &[&str], file: &[u8]) -> Result<T, ReadError> {
        if file.len() > sheet::LARGEST {
            return Err(ReadError::TooLarge);
        }
        // The semaphore is never closed.
        let _one = self.0.one.acquire().await;
        match tokio::time::timeout(PATIENCE, self.read_apart(arguments, file)).await {
            Ok(Ok(Some(answer))) => serde_json::from_slice(&answer).unwrap_or(Err(ReadError::TooLarge)),
            Ok(Ok(None)) => Err(ReadError::TooLarge),
            Ok(Err(error)) => {
                tracing::error!(%error, program = %self.0.program.display(), "lists cannot be read");
                Err(ReadError::Damaged(error.to_string()))
            }
            Err(_) => Err(ReadError::TooLarge),
        }
    }

    /// The output of the process: nothing or a part of it if the process reached a limit, `None` if the
    /// output is too long.
    async fn read_apart(&self, arguments: &[&str], file: &[u8]) -> std::io::Result<Option<Vec<u8>>> {
        let mut process = Command::new(&self.0.program)
            .args(arguments)
            // The process needs none of our settings and secrets.
            .env_clear()
            .env(RESERVED.0, RESERVED.1)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()?;
        let (mut stdin, mut stdout) = (process.stdin.take(), process.stdout.take());
        let telling = async {
            if let Some(stdin) = &mut stdin {
                // A process that stops reading before the end prints why.
                let _ = stdin.write_all(file).await;
            }
            drop(stdin.take());
            Ok(())
        };
        let mut answer = Vec::new();
        let hearing = async {
            let Some(stdout) = &mut stdout else { return Ok(()) };
            let heard = stdout.take(LONGEST + 1).read_to_end(&mut answer).await.map_err(Some)?;
            // The error ends the writing too: the process may wait until its output is read before it reads
            // on.
            if heard as u64 > LONGEST { Err(None) } else { Ok(()) }
        };
        match tokio::try_join!(telling, hearing) {
            Ok(((), ())) => {
                process.wait().await?;
                Ok(Some(answer))
            }
            Err(None) => Ok(None),
            Err(Some(error)) => Err(error),
        }
    }
}

impl ReadSheets for Reader {
    fn read_sheets<'a>(&'a self, file: &'a [u8]) -> BoxFuture<'a, Result<Vec<Table>, ReadError>> {
        Box::pin(self.ask(&[COMMAND, PRICES], file))
    }
}

/// What that process reads.
#[derive(Clone, Copy, Debug, clap::Args)]
pub(crate) struct ReadArgs {
    /// Read the sheets of a price list
    #[arg(long)]
    prices: bool,
    /// Read the answers of a report that is handed back
    #[arg(long, conflicts_with = "prices")]
    answers: bool,
}

/// The work of that process: sets its own limits, reads the list or the answers, and writes what was read as JSON.
///
/// # Errors
/// If stdin or stdout fails.
pub(crate) fn read_list(args: ReadArgs) -> std::io::Result<()> {
    for (resource, most) in [(Resource::AS, MEMORY), (Resource::CPU, PROCESSOR), (Resource::CORE, 0)] {
        // On a system without such a limit, the list is read without it.
        let hard = resource.get_hard().unwrap_or(u64::MAX);
        if let Err(error) = resource.set(most.min(hard), hard) {
            tracing::debug!(%error, ?resource, "no limit");
        }
    }
    let mut file = Vec::new();
    // One byte more than allowed shows that the file is too large.
    stdin().lock().take(sheet::LARGEST as u64 + 1).read_to_end(&mut file)?;
    // Standard output alone would be written line by line, a kilobyte each.
    let mut out = BufWriter::with_capacity(64 * 1024, stdout().lock());
    match args {
        ReadArgs { prices: true, .. } => {
            serde_json::to_writer(&mut out, &sheet::read_sheets(&file, pricelist::is_part))?;
        }
        ReadArgs { answers: true, .. } => {
            serde_json::to_writer(&mut out, &handed_back(&file, &questions::answer_headings()))?;
        }
        ReadArgs { .. } => serde_json::to_writer(&mut out, &sheet::read(&file))?,
    }
    out.flush()
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[tokio::test]
    async fn a_process_that_talks_without_end_is_not_heard_to_it() {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("talks");
        std::fs::write(&program, "#!/bin/sh\nexec yes\n").unwrap();
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o700)).unwrap();
        // More than fits in a pipe, and the program never reads it.
        let read = Reader::at(program).read(&[b'x'; 1024 * 1024]).await;
        assert_eq!(read, Err(ReadError::TooLarge));
    }
}
