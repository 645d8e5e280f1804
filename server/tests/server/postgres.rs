//! The server with its records in PostgreSQL.

use std::process::Output;
use std::sync::Arc;
use std::time::{Duration, Instant};

use aihuishou::{Account, AppSecret};
use jiff::Timestamp;
use records::testing::{Other, Server};
use sandbox::{Running, Sandbox};
use tokio::process::Command;

use crate::house::{TOKEN, client, phone, site};
use crate::process::Process;

async fn admin() -> Other {
    Other::at(&Server::of_these_tests().url("postgres")).await.unwrap()
}

async fn ask(server: &Process, fault: &str) -> serde_json::Value {
    let post = client().post(format!("{}/api/fn/quote", server.base)).header("accept", "application/json");
    let form = phone(&[("function_status", fault)]);
    post.form(&form).send().await.unwrap().json().await.unwrap()
}

async fn get(server: &Process, path: &str) -> reqwest::Response {
    client().get(format!("{}{path}", server.base)).bearer_auth(TOKEN).send().await.unwrap()
}

async fn partner() -> Running {
    let account = Account::new("AHS2025TEST", AppSecret::new("hush-hush").unwrap()).unwrap();
    let partner = Sandbox::new(account, Arc::new(Timestamp::now)).unwrap();
    partner.serve(([127, 0, 0, 1], 0).into()).await.unwrap()
}

/// Runs `tradein ARGUMENTS` with the records at `url`.
async fn tradein(url: &str, arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tradein"));
    command.args(arguments).env_clear().env("TRADEIN_DATABASE_URL", url);
    command.env("LEPTOS_SITE_ROOT", site()).envs(variables.iter().copied()).output().await.unwrap()
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[tokio::test]
async fn the_server_starts_without_its_database_and_heals_once_it_is_there() {
    let url = Server::of_these_tests().url("heals");
    let server = Process::start(&[("TRADEIN_DATABASE_URL", &url), ("TRADEIN_OPERATOR_TOKEN", TOKEN)]).await;
    let quote = ask(&server, "按键失灵").await;
    let id = quote["id"].as_str().expect("a sandbox gives a price without records").to_owned();
    let told: serde_json::Value = get(&server, "/readyz").await.json().await.unwrap();
    assert_eq!((&told["ready"], &told["cause"]), (&false.into(), &"no_database".into()), "{told}");
    admin().await.run("CREATE DATABASE heals").await.unwrap();
    let patience = Instant::now();
    while get(&server, "/readyz").await.status() != 200 {
        assert!(patience.elapsed() < Duration::from_secs(20), "it never came back");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    server.signal("TERM").await;
    server.ended().await;
    let kept = Other::at(&url).await.unwrap().rows("SELECT id FROM quotes").await.unwrap();
    assert_eq!(kept, [[id]]);
    let export = tradein(&url, &["audit", "export", "--format", "jsonl"], &[]).await;
    assert!(said(&export).contains("\"outcome\":\"ok\""), "{}", said(&export));
}

#[tokio::test]
async fn the_doctor_names_what_is_wrong_with_the_database_and_prints_no_password() {
    let (partner, server) = (partner().await, Server::of_these_tests());
    let base = partner.base_url();
    let account =
        [("AHS_APP_ID", "AHS2025TEST"), ("AHS_APP_SECRET", "hush-hush"), ("AHS_API_URL", base.as_str())];
    let mut admin = admin().await;
    admin.run("CREATE DATABASE examined").await.unwrap();
    admin.run("CREATE ROLE clerk LOGIN PASSWORD 'open-sesame'").await.unwrap();
    for (url, mend) in [
        (server.url_of("clerk", "open-the-door", "examined"), "pg_hba.conf"),
        (server.url_of("clerk", "open-sesame", "missing"), "createdb"),
        (server.url_of("clerk", "open-sesame", "examined"), "grant CREATE"),
        ("postgres://clerk:open-sesame@127.0.0.1:9/examined".to_owned(), "firewall"),
    ] {
        let said = said(&tradein(&url, &["doctor"], &account).await);
        assert!(said.contains("WRONG  stores") && said.contains(mend), "{said}");
        assert!(!said.contains("open-"), "{said}");
    }
    let well = said(&tradein(&server.url("examined"), &["doctor"], &account).await);
    assert!(well.contains("ok     stores") && !well.contains("WRONG  stores"), "{well}");
    let typo = tradein("postgres://clerk@127.0.0.1/x?pasword=open-sesame", &["doctor"], &account).await;
    assert!(
        said(&typo).contains("TRADEIN_DATABASE_URL") && !said(&typo).contains("open-"),
        "{}",
        said(&typo)
    );
}

#[tokio::test]
async fn records_move_from_a_file_to_a_server_and_agree_there() {
    let folder = tempfile::tempdir().unwrap();
    let file = format!("sqlite://{}/tradein.db", folder.path().display());
    let server = Process::start(&[("TRADEIN_DATABASE_URL", &file), ("TRADEIN_OPERATOR_TOKEN", TOKEN)]).await;
    let id = ask(&server, "按键失灵").await["id"].as_str().unwrap().to_owned();
    server.signal("TERM").await;
    server.ended().await;
    admin().await.run("CREATE DATABASE moved").await.unwrap();
    let url = Server::of_these_tests().url("moved");
    for _ in 0..2 {
        let moved = tradein(&file, &["records", "move", &file, &url], &[]).await;
        assert!(moved.status.success() && said(&moved).contains("1  quotes"), "{}", said(&moved));
    }
    let checked = tradein(&url, &["records", "check"], &[]).await;
    assert!(checked.status.success() && said(&checked).starts_with("ok"), "{}", said(&checked));
    let server = Process::start(&[("TRADEIN_DATABASE_URL", &url), ("TRADEIN_OPERATOR_TOKEN", TOKEN)]).await;
    assert_eq!(get(&server, &format!("/quote/{id}")).await.status(), 200);
    server.signal("TERM").await;
    server.ended().await;

    Other::at(&url).await.unwrap().run("UPDATE quota SET used = 0").await.unwrap();
    let checked = tradein(&url, &["records", "check"], &[]).await;
    assert_eq!(checked.status.code(), Some(1), "{}", said(&checked));
    assert!(said(&checked).contains("more attempts were made than were counted"), "{}", said(&checked));
    let refused = tradein(&file, &["records", "move", &file, &url], &[]).await;
    assert!(said(&refused).contains("holds something else"), "{}", said(&refused));
    let typo = tradein(&file, &["records", "move", &file, "postgre://clerk:open-sesame@x/y"], &[]).await;
    assert_eq!(typo.status.code(), Some(2));
    assert!(!said(&typo).contains("open-"), "{}", said(&typo));
    let copy = tradein(&url, &["records", "backup", "copy.db"], &[]).await;
    assert!(said(&copy).contains("pg_dump"), "{}", said(&copy));
}

#[tokio::test]
async fn calls_that_are_held_back_are_shown_as_such_and_given_back_at_a_stop() {
    let partner = partner().await;
    let url = Server::of_these_tests().url("held_back");
    admin().await.run("CREATE DATABASE held_back").await.unwrap();
    let base = partner.base_url();
    let account =
        [("AHS_APP_ID", "AHS2025TEST"), ("AHS_APP_SECRET", "hush-hush"), ("AHS_API_URL", base.as_str())];
    let own = [("TRADEIN_DATABASE_URL", url.as_str()), ("TRADEIN_OPERATOR_TOKEN", TOKEN)];
    let server = Process::start(&[&account[..], &own].concat()).await;
    let held = "100 held back for an outage of the database, 100 of them by this server";
    let patience = Instant::now();
    while !get(&server, "/ops?locale=en").await.text().await.unwrap().contains(held) {
        assert!(patience.elapsed() < Duration::from_secs(20), "it is never shown");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let page = get(&server, "/ops?locale=en").await.text().await.unwrap();
    assert!(page.contains("0 of 2000 calls"), "they are not used");
    let chinese = get(&server, "/ops?locale=zh-CN").await.text().await.unwrap();
    assert!(chinese.contains("为数据库中断留存 100 次，其中 100 次由本服务器留存"));
    let doctor = said(&tradein(&url, &["doctor"], &account).await);
    let left = "1999 calls left today, 100 of them held back by the servers for an outage of the database";
    assert!(doctor.contains(left), "{doctor}");
    server.signal("TERM").await;
    server.ended().await;
    let mut other = Other::at(&url).await.unwrap();
    assert_eq!(other.rows("SELECT used, held FROM quota").await.unwrap(), [["1", "0"]]);
}
