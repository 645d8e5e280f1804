//! The server on a machine with trouble: its records are damaged, removed or locked, or the disk is full.

use std::path::Path;
use std::process::Output;
use std::sync::Arc;
use std::time::{Duration, Instant};

use aihuishou::{Account, AppSecret};
use jiff::Timestamp;
use records::testing::Other;
use reqwest::StatusCode;
use sandbox::{Running, Sandbox};
use tokio::process::Command;

use crate::house::{TOKEN, client, phone};
use crate::process::Process;

async fn partner() -> Running {
    let account = Account::new("AHS2025TEST", AppSecret::new("hush").unwrap()).unwrap();
    let partner = Sandbox::new(account, Arc::new(Timestamp::now)).unwrap();
    partner.serve(([127, 0, 0, 1], 0).into()).await.unwrap()
}

/// A server with an account of six calls a day, and its records at `database`.
async fn server(partner: &Running, database: &Path) -> Process {
    let (base, url) = (partner.base_url(), format!("sqlite://{}", database.display()));
    Process::start(&[
        ("AHS_APP_ID", "AHS2025TEST"),
        ("AHS_APP_SECRET", "hush"),
        ("AHS_API_URL", &base),
        ("AHS_DAILY_QUOTA", "6"),
        ("TRADEIN_DATABASE_URL", &url),
        ("TRADEIN_OPERATOR_TOKEN", TOKEN),
    ])
    .await
}

/// Asks for `count` devices that were not asked for before. Returns the status of each answer.
async fn ask(server: &Process, name: &str, count: u32) -> Vec<u16> {
    let mut told = Vec::new();
    for number in 0..count {
        let status = format!("{name}{number}");
        let form = phone(&[("function_status", &status)]);
        let post =
            client().post(format!("{}/api/fn/quote", server.base)).header("accept", "application/json");
        told.push(post.form(&form).send().await.unwrap().status().as_u16());
    }
    told
}

async fn ready(server: &Process) -> (StatusCode, serde_json::Value) {
    let answer = client().get(format!("{}/readyz", server.base)).bearer_auth(TOKEN).send().await.unwrap();
    (answer.status(), answer.json().await.unwrap())
}

/// Waits until `/readyz` answers as expected.
async fn until_ready(server: &Process, so: bool) -> serde_json::Value {
    let patience = Instant::now();
    loop {
        let (status, told) = ready(server).await;
        if status.is_success() == so {
            return told;
        }
        assert!(patience.elapsed() < Duration::from_secs(20), "{told}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

async fn stop(server: Process) -> String {
    server.signal("TERM").await;
    String::from_utf8(server.ended().await.1).unwrap()
}

/// Runs `tradein ARGUMENTS` on those records.
async fn tradein(database: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tradein"));
    let url = format!("sqlite://{}", database.display());
    command.args(arguments).env_clear().env("TRADEIN_DATABASE_URL", url).output().await.unwrap()
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[tokio::test]
async fn a_quota_of_six_lets_six_calls_through_whatever_becomes_of_the_database() {
    let partner = partner().await;
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("tradein.db");
    let seen = || partner.sandbox().stats().quota_used;
    let first = server(&partner, &database).await;
    assert_eq!(ask(&first, "按键", 4).await, [200; 4]);
    stop(first).await;

    let sound = std::fs::read(&database).unwrap();
    std::fs::write(&database, "no database ".repeat(1_000)).unwrap();
    let second = server(&partner, &database).await;
    assert_eq!(ask(&second, "边框", 6).await, [503; 6], "it cannot know how many were made");
    assert_eq!(seen(), 4);
    let (status, told) = ready(&second).await;
    assert_eq!(status, 503);
    assert_eq!((&told["count"], &told["records"]), (&"unknown".into(), &"failing".into()), "{told}");
    let doctor =
        client().get(format!("{}/ops?locale=en", second.base)).bearer_auth(TOKEN).send().await.unwrap();
    assert!(doctor.text().await.unwrap().contains("do not say how many calls were made today"));
    // The intact file is restored while the server runs.
    std::fs::write(folder.path().join("sound"), sound).unwrap();
    std::fs::rename(folder.path().join("sound"), &database).unwrap();
    until_ready(&second, true).await;
    assert_eq!(ask(&second, "转轴", 4).await[..2], [200, 200]);
    assert_eq!(seen(), 6);
    stop(second).await;

    // The database is removed, but the mark beside it still has the count.
    std::fs::remove_file(&database).unwrap();
    let third = server(&partner, &database).await;
    let told = ask(&third, "屏幕", 3).await;
    assert!(told.iter().all(|status| *status != 200), "{told:?}");
    assert_eq!(seen(), 6);
    let log = stop(third).await;
    assert!(log.contains("an older copy, or a new one"), "{log}");
}

#[tokio::test]
async fn a_database_that_is_removed_is_noticed_within_seconds_and_nothing_is_lost() {
    let partner = partner().await;
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("data/tradein.db");
    let server = server(&partner, &database).await;
    assert_eq!(ask(&server, "按键", 2).await, [200; 2]);
    until_ready(&server, true).await;
    std::fs::remove_dir_all(folder.path().join("data")).unwrap();
    let (status, told) = ready(&server).await;
    assert_eq!((status.as_u16(), &told["cause"]), (503, &"removed".into()), "{told}");
    assert_eq!(ask(&server, "边框", 1).await, [200]);
    until_ready(&server, true).await;
    let log = stop(server).await;
    assert!(log.contains("was removed or moved") && log.contains("was written anew"), "{log}");
    let export = tradein(&database, &["audit", "export", "--format", "jsonl"]).await;
    assert_eq!(String::from_utf8(export.stdout).unwrap().lines().count(), 3);
}

#[tokio::test]
async fn a_command_beside_the_server_makes_no_database_in_the_place_of_a_removed_one() {
    let partner = partner().await;
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("tradein.db");
    let server = server(&partner, &database).await;
    assert_eq!(ask(&server, "按键", 2).await, [200; 2]);
    until_ready(&server, true).await;
    std::fs::remove_file(&database).unwrap();
    let doctor = said(&tradein(&database, &["doctor"]).await);
    assert!(doctor.contains("WRONG  stores      the database's file was removed"), "{doctor}");
    until_ready(&server, true).await;
    assert_eq!(ask(&server, "边框", 1).await, [200]);
    stop(server).await;
    let export = tradein(&database, &["audit", "export", "--format", "jsonl"]).await;
    let attempts = String::from_utf8(export.stdout).unwrap();
    // The doctor's own call may be there too.
    let ours = attempts.lines().filter(|line| line.contains("按键") || line.contains("边框"));
    assert_eq!(ours.count(), 3, "{attempts}");
}

#[tokio::test]
async fn the_doctor_names_what_keeps_an_open_database_from_being_written() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("tradein.db");
    let url = format!("sqlite://{}", database.display());
    stop(Process::start(&[("TRADEIN_DATABASE_URL", &url)]).await).await;
    let mut holder = Other::at(&url).await.unwrap();
    // Others can still read.
    holder.run("BEGIN IMMEDIATE").await.unwrap();
    let doctor = said(&tradein(&database, &["doctor"]).await);
    assert!(doctor.contains("database is locked") && doctor.contains("fuser"), "{doctor}");
    holder.close().await.unwrap();
    let mut shell = Command::new("/bin/sh");
    shell.args(["-c", "trap '' XFSZ; ulimit -S -f 8; exec \"$0\" doctor", env!("CARGO_BIN_EXE_tradein")]);
    let doctor = said(&shell.env_clear().env("TRADEIN_DATABASE_URL", &url).output().await.unwrap());
    assert!(doctor.contains("WRONG  stores") && doctor.contains("Make room on the disk.\n"), "{doctor}");
}

#[tokio::test]
async fn a_disk_that_takes_nothing_is_told_before_a_quote_fails() {
    let server = Process::start_on_a_small_disk(100_000, &[("TRADEIN_OPERATOR_TOKEN", TOKEN)]).await;
    until_ready(&server, true).await;
    server.limit_files_to("1024").await;
    let told = until_ready(&server, false).await;
    assert_eq!((&told["records"], &told["cause"]), (&"failing".into(), &"full".into()), "{told}");
    server.make_room().await;
    until_ready(&server, true).await;
    stop(server).await;
}

#[tokio::test]
async fn a_backup_is_made_while_the_server_runs_and_put_back_while_it_does_not() {
    let partner = partner().await;
    let folder = tempfile::tempdir().unwrap();
    let (database, copy) = (folder.path().join("tradein.db"), folder.path().join("copy.db"));
    let copied = copy.to_str().unwrap();
    let none = tradein(&database, &["records", "backup", copied]).await;
    assert!(!none.status.success() && !copy.exists(), "{}", said(&none));
    let running = server(&partner, &database).await;
    assert_eq!(ask(&running, "按键", 2).await, [200; 2]);
    let made = tradein(&database, &["records", "backup", copied]).await;
    assert!(made.status.success(), "{}", said(&made));
    let again = tradein(&database, &["records", "backup", copied]).await;
    assert!(!again.status.success() && said(&again).contains("is there already"), "{}", said(&again));
    assert_eq!(ask(&running, "边框", 1).await, [200]);
    let early = tradein(&database, &["records", "restore", copied]).await;
    assert!(early.status.code() == Some(1) && said(&early).contains("stop the server"), "{}", said(&early));
    stop(running).await;

    let rubbish = folder.path().join("rubbish");
    std::fs::write(&rubbish, "no database ".repeat(1_000)).unwrap();
    let refused = tradein(&database, &["records", "restore", rubbish.to_str().unwrap()]).await;
    assert!(!refused.status.success() && said(&refused).contains("holds no records"), "{}", said(&refused));
    let restored = tradein(&database, &["records", "restore", copied]).await;
    assert!(restored.status.success() && said(&restored).contains("before-restore-1"), "{}", said(&restored));
    let export = tradein(&database, &["audit", "export", "--format", "jsonl"]).await;
    assert_eq!(String::from_utf8(export.stdout).unwrap().lines().count(), 2);
    // Three calls were made, even if the copy of the database does not have them.
    let running = server(&partner, &database).await;
    assert_eq!(ask(&running, "转轴", 4).await[..3], [200; 3]);
    assert_eq!(partner.sandbox().stats().quota_used, 6);
    stop(running).await;
}

#[tokio::test]
async fn a_database_of_a_newer_version_is_named_by_server_and_doctor() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("tradein.db");
    let url = format!("sqlite://{}", database.display());
    stop(Process::start(&[("TRADEIN_DATABASE_URL", &url)]).await).await;
    let mut other = Other::at(&url).await.unwrap();
    let newer = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
        VALUES (9001, 'later', 1, x'00', 0)";
    other.run(newer).await.unwrap();
    other.close().await.unwrap();
    let before = std::fs::read(&database).unwrap();

    let partner = partner().await;
    let server = server(&partner, &database).await;
    assert_eq!(ask(&server, "按键", 2).await, [503; 2]);
    let (_, told) = ready(&server).await;
    assert_eq!((&told["ready"], &told["cause"]), (&false.into(), &"newer".into()), "{told}");
    let log = stop(server).await;
    assert!(log.contains("written by a newer version"), "{log}");
    let doctor = tradein(&database, &["doctor"]).await;
    let said = said(&doctor);
    assert!(said.contains("written by a newer version") && said.contains("records restore"), "{said}");
    assert_eq!(std::fs::read(&database).unwrap(), before);
    assert_eq!(partner.sandbox().stats().quota_used, 0);
}

#[tokio::test]
async fn a_database_that_another_process_holds_is_waited_for_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("tradein.db");
    let url = format!("sqlite://{}?mode=rwc", database.display());
    let mut holder = Other::at(&url).await.unwrap();
    holder.run("BEGIN EXCLUSIVE").await.unwrap();
    let partner = partner().await;
    let starting = server(&partner, &database);
    tokio::pin!(starting);
    // It waits longer than one try takes.
    assert!(tokio::time::timeout(Duration::from_millis(1_500), &mut starting).await.is_err());
    holder.run("ROLLBACK").await.unwrap();
    holder.close().await.unwrap();
    let server = starting.await;
    assert_eq!(ask(&server, "按键", 1).await, [200]);
    let log = stop(server).await;
    assert!(!log.contains("cannot be opened"), "{log}");
}

/// The library that makes a process see another time; `scripts/bootstrap` installs it.
fn faketime() -> String {
    let library = |machine| format!("/usr/lib/{machine}-linux-gnu/faketime/libfaketime.so.1");
    let found = ["x86_64", "aarch64"].map(library).into_iter().find(|path| Path::new(path).exists());
    found.expect("libfaketime is installed")
}

#[tokio::test]
async fn a_machine_that_is_a_month_ahead_for_one_start_deletes_nothing_and_says_so() {
    let partner = partner().await;
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("tradein.db");
    let (base, url, library) = (partner.base_url(), format!("sqlite://{}", database.display()), faketime());
    let settings = [
        ("AHS_APP_ID", "AHS2025TEST"),
        ("AHS_APP_SECRET", "hush"),
        ("AHS_API_URL", base.as_str()),
        ("TRADEIN_DATABASE_URL", &url),
        ("TRADEIN_OPERATOR_TOKEN", TOKEN),
    ];
    let rows = async || {
        let export = tradein(&database, &["audit", "export", "--format", "jsonl"]).await;
        let text = String::from_utf8(export.stdout).unwrap();
        text.lines().filter(|line| line.contains("\"outcome\":\"ok\"")).count()
    };
    let first = Process::start(&settings).await;
    assert_eq!(ask(&first, "按键", 2).await, [200; 2]);
    stop(first).await;
    let ahead =
        [("LD_PRELOAD", library.as_str()), ("FAKETIME", "+30d"), ("FAKETIME_DONT_FAKE_MONOTONIC", "1")];
    let second = Process::start(&[&settings[..], &ahead].concat()).await;
    assert_eq!(ask(&second, "边框", 1).await, [200], "stamped by the partner's clock");
    let log = stop(second).await;
    assert!(log.contains("days ahead of the newest record") && log.contains("days=30"), "{log}");
    assert_eq!(rows().await, 3);
    let third = Process::start(&settings).await;
    assert_eq!(ask(&third, "转轴", 1).await, [200]);
    let log = stop(third).await;
    assert!(!log.contains("records were deleted"), "{log}");
    assert_eq!(rows().await, 4);
}
