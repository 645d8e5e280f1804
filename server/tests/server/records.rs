//! The server with a failing database.

use crate::house::{TOKEN, client, phone};
use crate::process::Process;

#[tokio::test]
async fn a_corrupt_database_is_told_and_survived_from_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tradein.db");
    std::fs::write(&file, "no database ".repeat(1_000)).unwrap();
    let url = format!("sqlite://{}", file.display());
    let server = Process::start(&[("TRADEIN_DATABASE_URL", &url), ("TRADEIN_OPERATOR_TOKEN", TOKEN)]).await;
    let get = async |path: &str| {
        client().get(format!("{}{path}", server.base)).bearer_auth(TOKEN).send().await.unwrap()
    };
    let told: serde_json::Value = get("/readyz").await.json().await.unwrap();
    assert_eq!((&told["ready"], &told["records"]), (&false.into(), &"failing".into()));
    let stranger =
        client().get(format!("{}/readyz", server.base)).header("accept", "text/html").send().await.unwrap();
    assert_eq!(stranger.status(), 503);
    assert_eq!(stranger.text().await.unwrap(), "{\"ready\":false}");
    let ask = client().post(format!("{}/api/fn/quote", server.base)).header("accept", "application/json");
    let quote: serde_json::Value = ask.form(&phone(&[])).send().await.unwrap().json().await.unwrap();
    let page = get(&format!("/quote/{}", quote["id"].as_str().unwrap())).await;
    assert_eq!(page.status(), 200);
    let metrics = get("/metrics").await.text().await.unwrap();
    assert!(metrics.contains("tradein_records_failing 1\n"), "{metrics}");
    server.signal("TERM").await;
    let (_, log) = server.ended().await;
    let log = String::from_utf8(log).unwrap();
    assert!(log.contains("cannot be opened; quoting goes on") && log.contains("stopped before"), "{log}");
}

#[tokio::test]
async fn what_a_full_disk_does_not_take_is_written_once_there_is_room() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}/tradein.db", folder.path().display());
    let server = Process::start_on_a_small_disk(
        240,
        &[("TRADEIN_DATABASE_URL", &url), ("TRADEIN_OPERATOR_TOKEN", TOKEN)],
    )
    .await;
    let get = async |path: &str| {
        client().get(format!("{}{path}", server.base)).bearer_auth(TOKEN).send().await.unwrap()
    };
    let asked = 150;
    for number in 0..asked {
        let status = format!("按键{number}");
        let form = phone(&[("function_status", &status)]);
        let ask = client().post(format!("{}/api/fn/quote", server.base)).header("accept", "application/json");
        assert_eq!(ask.form(&form).send().await.unwrap().status(), 200);
    }
    assert_eq!(get("/readyz").await.status(), 503);
    assert!(get("/metrics").await.text().await.unwrap().contains("tradein_records_failing 1\n"));

    server.make_room().await;
    let patience = std::time::Instant::now();
    while get("/readyz").await.status() != 200 {
        assert!(patience.elapsed().as_secs() < 20, "it never came back");
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    server.signal("TERM").await;
    server.ended().await;
    let mut export = tokio::process::Command::new(env!("CARGO_BIN_EXE_tradein"));
    export.args(["audit", "export"]).env_clear().env("TRADEIN_DATABASE_URL", &url);
    let lines = String::from_utf8(export.output().await.unwrap().stdout).unwrap();
    assert_eq!(lines.lines().filter(|line| line.contains("item_get_inquir")).count(), asked);
}

#[tokio::test]
async fn a_backup_is_made_and_put_back_by_names_without_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    let run = async |arguments: &[&str]| {
        let mut command = tokio::process::Command::new(env!("CARGO_BIN_EXE_tradein"));
        command.args(arguments).env_clear().env("TRADEIN_DATABASE_URL", "sqlite://data/tradein.db");
        let output = command.current_dir(folder.path()).output().await.unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    assert_eq!(run(&["audit", "export"]).await, (Some(0), String::new()), "it makes the database");
    for arguments in [["records", "backup", "copy.db"], ["records", "restore", "copy.db"]] {
        assert_eq!(run(&arguments).await, (Some(0), String::new()), "{arguments:?}");
    }
    assert!(folder.path().join("data/tradein.db.before-restore-1").is_file());
}

#[tokio::test]
async fn a_database_of_a_bare_name_is_a_file_in_the_working_directory_like_any_other() {
    let folder = tempfile::tempdir().unwrap();
    let run = async |args: &[&str]| {
        let mut command = tokio::process::Command::new(env!("CARGO_BIN_EXE_tradein"));
        command
            .args(args)
            .current_dir(&folder)
            .env_clear()
            .env("TRADEIN_DATABASE_URL", "sqlite://tradein.db");
        let output = command.output().await.unwrap();
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    };
    let device = ["--type", "phone", "--brand", "苹果", "--model", "iPhone 14 Pro", "--storage", "256GB"];
    run(&[&["quote"], &device[..], &["--condition", "九成新"]].concat()).await;
    assert!(folder.path().join("tradein.db.mark").exists(), "the count has its mark beside the database");
    run(&["records", "backup", "copy.db"]).await;
    assert!(folder.path().join("copy.db").exists());
}
