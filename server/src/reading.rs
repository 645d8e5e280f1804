//! Lists of others are read in a process of its own, with a limit to its memory and time: a
//! workbook may claim to be far larger than it is, and then takes nothing else with it.

use std::io::{Read, Write, stdin, stdout};
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use rlimit::Resource;
use sheet::{ReadError, Table};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::Command;
use tokio::sync::Semaphore;

/// The command that reads a list from stdin and writes what is in it to stdout.
pub(crate) const COMMAND: &str = "read-list";

/// The most memory that reading takes, in bytes: many times what the largest list does.
const MEMORY: u64 = 2 * 1024 * 1024 * 1024;
/// What the allocator reserves at a time, in KiB: by itself it reserves half of that at once, and
/// now and then finds no room for it.
const RESERVED: (&str, &str) = ("MIMALLOC_ARENA_RESERVE", "65536");
/// The most time of a processor that reading takes, in seconds.
const PROCESSOR: u64 = 20;
/// The longest answer that is heard, in bytes: twice the text that a list may have, which leaves
/// room for how it is written down.
const LONGEST: u64 = 128 * 1024 * 1024;
/// The longest that reading takes.
const PATIENCE: Duration = Duration::from_secs(60);

/// The program that reads lists: this one. Clones share everything.
#[derive(Clone, Debug)]
pub struct Reader(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    program: PathBuf,
    /// One at a time: two would take twice the memory.
    one: Semaphore,
}

impl Reader {
    /// That program, which is a `tradein`.
    pub fn at(program: PathBuf) -> Self {
        Self(Arc::new(Inner { program, one: Semaphore::new(1) }))
    }

    /// This program.
    ///
    /// # Errors
    /// When the system does not tell where it is.
    pub fn own() -> std::io::Result<Self> {
        std::env::current_exe().map(Self::at)
    }

    /// Reads a list.
    ///
    /// # Errors
    /// [`ReadError`]; [`ReadError::TooLarge`] where reading would take too much.
    pub(crate) async fn read(&self, file: &[u8]) -> Result<Table, ReadError> {
        if file.len() > sheet::LARGEST {
            return Err(ReadError::TooLarge);
        }
        // Nobody closes it.
        let _one = self.0.one.acquire().await;
        match tokio::time::timeout(PATIENCE, self.read_apart(file)).await {
            Ok(Ok(Some(answer))) => serde_json::from_slice(&answer).unwrap_or(Err(ReadError::TooLarge)),
            Ok(Ok(None)) => Err(ReadError::TooLarge),
            Ok(Err(error)) => {
                tracing::error!(%error, program = %self.0.program.display(), "lists cannot be read");
                Err(ReadError::Damaged(error.to_string()))
            }
            Err(_) => Err(ReadError::TooLarge),
        }
    }

    /// What the process says; nothing, or a part, where it came to its limits, and `None` where
    /// it says more than is heard.
    async fn read_apart(&self, file: &[u8]) -> std::io::Result<Option<Vec<u8>>> {
        let mut process = Command::new(&self.0.program)
            .arg(COMMAND)
            // It needs none of our settings and secrets.
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
                // Who does not listen to the end says why.
                let _ = stdin.write_all(file).await;
            }
            drop(stdin.take());
            Ok(())
        };
        let mut answer = Vec::new();
        let hearing = async {
            let Some(stdout) = &mut stdout else { return Ok(()) };
            let heard = stdout.take(LONGEST + 1).read_to_end(&mut answer).await.map_err(Some)?;
            // Ends the telling too: the process may wait to be heard before it listens on.
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

/// What the process does: it limits itself, reads, and tells what is there as JSON.
///
/// # Errors
/// When stdin or stdout fails.
pub(crate) fn read_list() -> std::io::Result<()> {
    for (resource, most) in [(Resource::AS, MEMORY), (Resource::CPU, PROCESSOR), (Resource::CORE, 0)] {
        // A system that has no such limit reads without it.
        let hard = resource.get_hard().unwrap_or(u64::MAX);
        if let Err(error) = resource.set(most.min(hard), hard) {
            tracing::debug!(%error, ?resource, "no limit");
        }
    }
    let mut file = Vec::new();
    // One byte too many tells that it is too large.
    stdin().lock().take(sheet::LARGEST as u64 + 1).read_to_end(&mut file)?;
    let mut out = stdout().lock();
    serde_json::to_writer(&mut out, &sheet::read(&file))?;
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
        // More than a pipe holds: it never listens.
        let read = Reader::at(program).read(&[b'x'; 1024 * 1024]).await;
        assert_eq!(read, Err(ReadError::TooLarge));
    }
}
