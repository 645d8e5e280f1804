//! What can go wrong only with a server: it cannot be reached, rejects the password, has no such database, or
//! gives no rights.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use records::testing::{Other, Server};
use records::{BackupError, Records, RecordsError, Taken};

use crate::place::Place;
use crate::things::{attempt, most};

/// The cause why the records at `url` cannot be opened. Checks that no text of it contains the password.
async fn cause(url: &str) -> &'static str {
    let error = match Records::open(url).await {
        Ok(records) => {
            assert!(!format!("{records:?}").contains("hush"));
            return "none";
        }
        Err(error) => error,
    };
    assert!(!format!("{error} {error:?}").contains("hush"), "{error:?}");
    assert!(!error.is_misplaced(), "the server starts without it");
    error.cause()
}

#[tokio::test]
async fn each_cause_has_a_name_and_none_holds_the_password() {
    let server = Server::of_these_tests();
    let place = Place::on_a_server().await;
    let database = place.other().await.rows("SELECT current_database()").await.unwrap().concat().concat();
    let mut admin = Other::at(&server.url("postgres")).await.unwrap();
    let user = format!("shop_{database}");
    admin.run(&format!("CREATE ROLE {user} LOGIN PASSWORD 'hush-hush'")).await.unwrap();
    let url = |password: &str, database: &str| server.url_of(&user, password, database);
    assert_eq!(cause(&url("hush", &database)).await, "password");
    assert_eq!(cause(&server.url_of("nobody", "hush", &database)).await, "password");
    assert_eq!(cause(&url("hush-hush", "none_of_that_name")).await, "no_database");
    assert_eq!(cause(&url("hush-hush", &database)).await, "no_right");
    place.other().await.run(&format!("GRANT CREATE ON SCHEMA public TO {user}")).await.unwrap();
    assert_eq!(cause(&url("hush-hush", &database)).await, "none");
    assert_eq!(cause("postgres://shop:hush@127.0.0.1:9/tradein").await, "unreachable");
    let unknown = Records::at("postgres://shop@127.0.0.1/tradein?pasword=hush").unwrap_err();
    assert!(unknown.to_string().contains("pasword") && !unknown.to_string().contains("hush"), "{unknown}");
}

#[tokio::test]
async fn without_the_database_each_call_fails_soon_and_works_once_it_is_there() {
    let server = Server::of_these_tests();
    let url = server.url("comes_later");
    let records = Records::at(&url).unwrap();
    let start = std::time::Instant::now();
    let error = records.begin(&attempt("quote"), most(1), Taken::default()).await.unwrap_err();
    assert_eq!(error.cause(), "no_database");
    assert!(start.elapsed() < Duration::from_secs(3));
    Other::at(&server.url("postgres")).await.unwrap().run("CREATE DATABASE comes_later").await.unwrap();
    records.begin(&attempt("quote"), most(1), Taken::default()).await.unwrap();
}

#[tokio::test]
async fn connections_that_the_server_ended_are_made_anew() {
    let place = Place::on_a_server().await;
    let records = place.records().await;
    records.try_write(Timestamp::now()).await.unwrap();
    let end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()";
    place.other().await.run(end).await.unwrap();
    records.begin(&attempt("quote"), most(1), Taken::default()).await.unwrap();
}

#[tokio::test]
async fn a_change_that_another_holds_up_is_given_up_and_is_not_lost() {
    let place = Place::on_a_server().await;
    let records = place.records().await;
    records.begin(&attempt("quote"), most(9), Taken::default()).await.unwrap();
    let mut other = place.other().await;
    other.run("BEGIN; UPDATE quota SET used = used").await.unwrap();
    let error = records.begin(&attempt("quote"), most(9), Taken::default()).await.unwrap_err();
    assert!(error.is_locked() && error.cause() == "locked", "{error}");
    other.run("ROLLBACK").await.unwrap();
    records.begin(&attempt("quote"), most(9), Taken::default()).await.unwrap();
    assert_eq!(other.number("SELECT used FROM quota").await.unwrap(), 2);
}

#[tokio::test]
async fn clocks_that_are_apart_are_reported() {
    let place = Place::on_a_server().await;
    let records = place.records().await;
    let error = records.check_clock(Timestamp::now() - SignedDuration::from_secs(90)).await.unwrap_err();
    assert!(matches!(error, RecordsError::ClockApart(apart) if apart.as_secs() >= 88), "{error}");
    assert_eq!(error.cause(), "clock");
}

#[tokio::test]
async fn copies_are_the_servers_own_business() {
    let place = Place::on_a_server().await;
    let file = std::env::temp_dir().join("no-such-copy.db");
    let error = Records::back_up(&place.url, &file).await.unwrap_err();
    assert!(matches!(error, BackupError::NoFile) && error.to_string().contains("pg_dump"), "{error}");
    assert!(matches!(Records::restore(&place.url, &file).await, Err(BackupError::NoFile)));
}
