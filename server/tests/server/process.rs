use std::process::Stdio;
use std::time::Duration;

use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, BufReader};
use tokio::net::TcpStream;
use tokio::process::{Child, ChildStdout, Command};
use tokio::task::JoinHandle;

use crate::house::site;

/// `O_NONBLOCK` of Linux.
pub(crate) const NONBLOCK: i32 = 0o4000;

/// A server as a separate process, with only the given variables in its environment.
pub(crate) struct Process {
    child: Child,
    /// The address that it printed.
    pub(crate) base: String,
    stdout: BufReader<ChildStdout>,
    log: JoinHandle<Vec<u8>>,
    pub(crate) folder: TempDir,
}

impl Process {
    pub(crate) async fn start(variables: &[(&str, &str)]) -> Self {
        Self::run(Command::new(env!("CARGO_BIN_EXE_tradein")), variables).await
    }

    /// Starts it with a limit on the size of files, to imitate a full disk.
    pub(crate) async fn start_on_a_small_disk(blocks: u32, variables: &[(&str, &str)]) -> Self {
        let mut shell = Command::new("/bin/sh");
        // With the trap, a write beyond the limit fails; without it, the signal would end the process.
        let script = format!("trap '' XFSZ; ulimit -S -f {blocks}; exec \"$0\" \"$@\"");
        shell.args(["-c", &script, env!("CARGO_BIN_EXE_tradein")]);
        Self::run(shell, variables).await
    }

    /// Starts it with a limit on the number of open files.
    pub(crate) async fn start_with_few_files(files: u32, variables: &[(&str, &str)]) -> Self {
        let mut shell = Command::new("/bin/sh");
        let script = format!("ulimit -n {files}; exec \"$0\" \"$@\"");
        shell.args(["-c", &script, env!("CARGO_BIN_EXE_tradein")]);
        Self::run(shell, variables).await
    }

    /// Changes the limit on the number of open files.
    pub(crate) async fn limit_files(&self, files: u32) {
        let pid = self.child.id().unwrap().to_string();
        let limit = format!("--nofile={files}:");
        let limited = Command::new("prlimit").args([&limit, "--pid", &pid]).status().await.unwrap();
        assert!(limited.success());
    }

    /// A connection to it.
    pub(crate) async fn connect(&self) -> std::io::Result<TcpStream> {
        TcpStream::connect(self.base.trim_start_matches("http://")).await
    }

    /// Removes the limit on the size of files.
    pub(crate) async fn make_room(&self) {
        self.limit_files_to("unlimited").await;
    }

    /// Changes the limit on the size of files, in bytes.
    pub(crate) async fn limit_files_to(&self, bytes: &str) {
        let (pid, limit) = (self.child.id().unwrap().to_string(), format!("--fsize={bytes}:"));
        let made = Command::new("prlimit").args([&limit, "--pid", &pid]).status().await.unwrap();
        assert!(made.success());
    }

    async fn run(mut command: Command, variables: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut child = command
            .arg("serve")
            // What has no path of its own, such as the signing keys beside a PostgreSQL, is put there.
            .current_dir(folder.path())
            .env_clear()
            .env("LEPTOS_SITE_ADDR", "127.0.0.1:0")
            .env("LEPTOS_SITE_ROOT", site())
            .env("TRADEIN_DATABASE_URL", format!("sqlite://{}/tradein.db", folder.path().display()))
            .envs(variables.iter().copied())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut stderr = child.stderr.take().unwrap();
        let log = tokio::spawn(async move {
            let mut log = Vec::new();
            stderr.read_to_end(&mut log).await.unwrap();
            log
        });
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut base = String::new();
        stdout.read_line(&mut base).await.unwrap();
        Self { child, base: base.trim().to_owned(), stdout, log, folder }
    }

    /// Sends a signal, such as `HUP`.
    pub(crate) async fn signal(&self, name: &str) {
        let pid = self.child.id().unwrap().to_string();
        let sent = Command::new("kill").args([&format!("-{name}"), &pid]).status().await.unwrap();
        assert!(sent.success());
    }

    pub(crate) fn is_running(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    /// Waits until it ends without an error. Returns what it printed besides its address, and its log.
    pub(crate) async fn ended(self) -> (Vec<u8>, Vec<u8>) {
        let (printed, log, _) = self.ended_with_its_folder().await;
        (printed, log)
    }

    /// The same, with the folder of its database.
    pub(crate) async fn ended_with_its_folder(self) -> (Vec<u8>, Vec<u8>, TempDir) {
        let (code, printed, log, folder) = self.exited().await;
        assert_eq!(code, Some(0), "{}", String::from_utf8_lossy(&log));
        (printed, log, folder)
    }

    /// Waits until it ends. Returns its exit code, what it printed besides its address, its log, and the
    /// folder of its database.
    pub(crate) async fn exited(mut self) -> (Option<i32>, Vec<u8>, Vec<u8>, TempDir) {
        let status = tokio::time::timeout(Duration::from_secs(20), self.child.wait()).await.unwrap().unwrap();
        let mut printed = Vec::new();
        self.stdout.read_to_end(&mut printed).await.unwrap();
        (status.code(), printed, self.log.await.unwrap(), self.folder)
    }
}
