//! Printing when stdout or stderr cannot be written.

use std::fs::{File, OpenOptions};
use std::process::{Command as StdCommand, Output, Stdio};
use std::time::Duration;

use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, BufReader};
use tokio::process::{Child, Command};

use crate::house::{client, database, site};

fn full_disk() -> File {
    OpenOptions::new().write(true).open("/dev/full").unwrap()
}

/// A pipe whose reader is closed.
fn closed_pipe() -> Stdio {
    let (_, writer) = std::io::pipe().unwrap();
    writer.into()
}

fn serve(folder: &TempDir, stdout: impl Into<Stdio>, stderr: impl Into<Stdio>) -> Child {
    Command::new(env!("CARGO_BIN_EXE_tradein"))
        .arg("serve")
        .env_clear()
        .env("LEPTOS_SITE_ADDR", "127.0.0.1:0")
        .env("LEPTOS_SITE_ROOT", site())
        .env("TRADEIN_DATABASE_URL", database(folder))
        .stdout(stdout)
        .stderr(stderr)
        .kill_on_drop(true)
        .spawn()
        .unwrap()
}

async fn stop(mut server: Child) -> Option<i32> {
    let pid = server.id().unwrap().to_string();
    assert!(Command::new("kill").args(["-TERM", &pid]).status().await.unwrap().success());
    tokio::time::timeout(Duration::from_secs(15), server.wait()).await.unwrap().unwrap().code()
}

#[tokio::test]
async fn a_stdout_that_takes_nothing_keeps_no_server_from_starting() {
    for (about, stdout) in [("a full disk", Stdio::from(full_disk())), ("a closed pipe", closed_pipe())] {
        let folder = tempfile::tempdir().unwrap();
        let mut server = serve(&folder, stdout, Stdio::piped());
        let mut lines = BufReader::new(server.stderr.take().unwrap()).lines();
        let mut log = String::new();
        let base = loop {
            let line = tokio::time::timeout(Duration::from_secs(10), lines.next_line()).await;
            let line = line.unwrap().unwrap().unwrap_or_else(|| panic!("{about}: {log}"));
            log += &format!("{line}\n");
            // A log that is not a terminal has no colours.
            if let Some((_, address)) = line.split_once("listening address=") {
                break address.trim().to_owned();
            }
        };
        assert_eq!(client().get(format!("{base}/healthz")).send().await.unwrap().status(), 200, "{about}");
        assert_eq!(stop(server).await, Some(0), "{about}");
        let mut rest = String::new();
        lines.into_inner().read_to_string(&mut rest).await.unwrap();
        log += &rest;
        for part in ["cannot be printed", "could not be printed", "TRADEIN_OPERATOR_TOKEN_FILE"] {
            assert!(log.contains(part), "{about}: {part:?} is not in {log}");
        }
        let is_token = |word: &str| word.len() >= 32 && word.chars().all(|c| c.is_ascii_hexdigit());
        assert!(!log.split(|c: char| !c.is_ascii_alphanumeric()).any(is_token), "{about}: {log}");
        assert!(log.trim_end().ends_with("stopped"), "{about}: {log}");
    }
}

#[tokio::test]
async fn a_log_that_takes_nothing_keeps_no_server_from_answering() {
    for (about, stderr) in [("a full disk", Stdio::from(full_disk())), ("a closed pipe", closed_pipe())] {
        let folder = tempfile::tempdir().unwrap();
        let mut server = serve(&folder, Stdio::piped(), stderr);
        let mut base = String::new();
        BufReader::new(server.stdout.take().unwrap()).read_line(&mut base).await.unwrap();
        // Each of these is a line in the log.
        for _ in 0..5 {
            let answer = client().get(format!("{}/nowhere", base.trim())).send().await.unwrap();
            assert_eq!(answer.status(), 404, "{about}");
        }
        assert_eq!(stop(server).await, Some(0), "{about}");
    }
}

/// Runs a command in sandbox mode. The site's files are searched for in `folder`.
fn tradein(folder: &TempDir, arguments: &[&str], stdout: impl Into<Stdio>) -> Output {
    StdCommand::new(env!("CARGO_BIN_EXE_tradein"))
        .args(arguments)
        .env_clear()
        .env("TRADEIN_DATABASE_URL", database(folder))
        .env("LEPTOS_SITE_ROOT", folder.path().join("site"))
        .current_dir(folder.path())
        .stdout(stdout)
        .output()
        .unwrap()
}

const QUOTE: [&str; 12] = [
    "quote",
    "--json",
    "--type",
    "手机",
    "--brand",
    "苹果",
    "--model",
    "iPhone 14 Pro",
    "--storage",
    "256GB",
    "--condition",
    "九成新",
];
const EXPORT: [&str; 2] = ["audit", "export"];
const SEARCH: [&str; 2] = ["search", "iphone"];

#[test]
fn a_command_fails_where_its_answer_cannot_be_written_and_is_quiet_where_nobody_reads_on() {
    let folder = tempfile::tempdir().unwrap();
    for arguments in [&QUOTE[..], &EXPORT, &SEARCH] {
        let failed = tradein(&folder, arguments, full_disk());
        assert_eq!(failed.status.code(), Some(1), "{arguments:?}");
        let said = String::from_utf8(failed.stderr).unwrap();
        assert!(said.contains("writing the answer failed"), "{arguments:?}: {said}");

        let quiet = tradein(&folder, arguments, closed_pipe());
        let said = String::from_utf8(quiet.stderr).unwrap();
        assert_eq!((quiet.status.code(), said.as_str()), (Some(0), ""), "{arguments:?}");
    }
}

#[test]
fn what_the_doctor_finds_wrong_sets_the_exit_code_though_its_output_is_not_read() {
    let folder = tempfile::tempdir().unwrap();
    let wrong = tradein(&folder, &["doctor"], closed_pipe());
    assert_eq!(wrong.status.code(), Some(1));
    assert!(String::from_utf8(wrong.stderr).unwrap().contains("wrong: site files"));
}
