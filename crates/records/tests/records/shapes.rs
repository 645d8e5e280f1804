//! A database has the same schema whatever version it began with, and the same tables on both engines.

use std::collections::BTreeMap;

use records::testing::{Other, migrate_to};

use crate::place::Place;
use crate::things::{quote, quoted};

/// The migrations of each engine, in their order.
const SQLITE: [i64; 21] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22];
const POSTGRES: [i64; 14] = [1, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22];

/// Everything that the database reports about its own schema.
async fn shape(place: &Place) -> Vec<Vec<String>> {
    let query = if place.is_postgres {
        "SELECT table_name, column_name, data_type, is_nullable, coalesce(column_default, ''), collation_name
         FROM information_schema.columns WHERE table_schema = 'public'
         UNION ALL SELECT tablename, indexname, indexdef, '', '', '' FROM pg_indexes WHERE schemaname = 'public'
         UNION ALL SELECT event_object_table, trigger_name, action_statement, action_timing, event_manipulation, ''
            FROM information_schema.triggers
         ORDER BY 1, 2, 3, 5"
    } else {
        "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
    };
    place.other().await.rows(query).await.unwrap()
}

/// The columns by table.
async fn columns(place: &Place) -> BTreeMap<String, Vec<String>> {
    let query = if place.is_postgres {
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
    } else {
        "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'"
    };
    let mut tables = BTreeMap::<String, Vec<String>>::new();
    for row in place.other().await.rows(query).await.unwrap() {
        tables.entry(row[0].clone()).or_default().push(row[1].clone());
    }
    tables.values_mut().for_each(|columns| columns.sort());
    // Without the tables that only one engine has: its own bookkeeping, what the other engine keeps in files, and
    // the instances, which may be on several machines there only.
    const OWN: [&str; 5] = ["refused", "places", "instances", "sqlite_sequence", "_sqlx_migrations"];
    tables.retain(|name, _| !OWN.contains(&name.as_str()));
    tables
}

async fn new(is_postgres: bool) -> Place {
    if is_postgres { Place::on_a_server().await } else { Place::in_a_file() }
}

#[tokio::test]
async fn a_new_database_and_one_of_each_version_that_went_on_have_one_shape() {
    for (is_postgres, versions) in [(false, &SQLITE[..]), (true, &POSTGRES[..])] {
        let fresh = new(is_postgres).await;
        fresh.records().await.close().await;
        let wanted = shape(&fresh).await;
        assert!(wanted.len() > 10, "{wanted:?}");
        for version in versions {
            let place = new(is_postgres).await;
            if let Some(path) = place.url.strip_prefix("sqlite://") {
                std::fs::create_dir_all(std::path::Path::new(path).parent().unwrap()).unwrap();
            }
            migrate_to(&place.url, *version).await.unwrap();
            let records = place.records().await;
            assert_eq!(shape(&place).await, wanted, "from version {version}");
            let known = quote(1, "iPhone 14 Pro", 4_000, 0);
            records.write(&[quoted(1, &known)]).await.unwrap();
            assert!(records.quote(&known.id).await.unwrap().is_some());
        }
    }
}

#[tokio::test]
async fn both_engines_have_the_same_tables_and_columns() {
    let (file, server) = (new(false).await, new(true).await);
    for place in [&file, &server] {
        place.records().await.close().await;
    }
    assert_eq!(columns(&file).await, columns(&server).await);
}

#[tokio::test]
async fn quotes_of_before_there_was_a_history_are_in_it_and_searches_are_counted() {
    let place = new(false).await;
    let path = place.url.strip_prefix("sqlite://").unwrap();
    std::fs::create_dir_all(std::path::Path::new(path).parent().unwrap()).unwrap();
    migrate_to(&place.url, 2).await.unwrap();
    let mut other: Other = place.other().await;
    let json = serde_json::to_string(&*quote(1, "iPhone 14 Pro", 4_000, 0)).unwrap();
    for before in [
        format!("INSERT INTO quotes VALUES ('1111111111111111111111', 1767074400, '{json}', x'01')"),
        "INSERT INTO quota VALUES ('A', '2025-12-30', 2)".to_owned(),
        "INSERT INTO attempts VALUES (1, 1767074400000, 'item_search', 1, '{}', 'ok', 5, 1)".to_owned(),
        "INSERT INTO attempts VALUES (2, 1767074400000, 'item_get_inquir', 1, '{}', 'timeout', 9, 2)"
            .to_owned(),
    ] {
        other.run(&before).await.unwrap();
    }
    let records = place.records().await;
    assert_eq!(
        other.rows("SELECT model, latest, quotes FROM prices").await.unwrap(),
        [["iPhone 14 Pro", "400000", "1"]]
    );
    assert_eq!(other.rows("SELECT used, searches, returned FROM quota").await.unwrap(), [["2", "1", "0"]]);
    assert_eq!(
        other.rows("SELECT attempt, outcome, code, latency_ms FROM outcomes ORDER BY 1").await.unwrap(),
        [["1", "ok", "", "5"], ["2", "timeout", "", "9"]]
    );
    records.close().await;
}
