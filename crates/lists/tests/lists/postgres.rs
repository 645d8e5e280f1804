//! A list with its records in PostgreSQL.

use domain::QuoteForm;
use lists::BatchState;
use records::testing::{Other, Server};

use crate::house::{House, Settings, phone, variant};
use crate::work::{add, answers, codes, run};

#[tokio::test]
async fn a_list_is_quoted_to_its_end() {
    let server = Server::of_these_tests();
    let mut admin = Other::at(&server.url("postgres")).await.unwrap();
    admin.run("CREATE DATABASE lists").await.unwrap();
    let settings = Settings { sandbox: true, ..Settings::default() };
    let house = House::at(&server.url("lists"), tempfile::tempdir().unwrap(), settings).await;
    let bad = QuoteForm { condition: "很新".into(), ..phone("iPhone 14 Pro") };
    let id = add(&house, [variant(1), bad, variant(2), variant(1)]).await;
    run(&house.desk, id).await;
    assert_eq!(codes(&answers(&house, id).await), ["priced", "invalid_input", "priced", "priced"]);
    assert_eq!(house.records.batch(id).await.unwrap().unwrap().state, BatchState::Done);
}
