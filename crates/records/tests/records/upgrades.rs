//! The rule by which servers of two versions work beside each other: a migration only adds, or says that
//! older servers cannot go on.

use std::path::Path;

/// The first migration to which the rule applies. Earlier ones needed a stop.
const FIRST: u32 = 12;

/// Whether servers of the version before can go on after the migration.
fn only_adds(sql: &str) -> bool {
    let sql: String =
        sql.lines().map(|line| line.split("--").next().unwrap_or_default().to_uppercase() + "\n").collect();
    sql.split(';').all(|statement| {
        let removes = ["DROP ", "RENAME ", "ALTER COLUMN", "DELETE ", "TRUNCATE"];
        let column = statement.contains("ADD COLUMN") && statement.contains("NOT NULL");
        !removes.iter().any(|word| statement.contains(word)) && (!column || statement.contains("DEFAULT"))
    })
}

#[test]
fn a_migration_only_adds_or_says_from_which_schema_on_a_server_works() {
    let mut looked_at = 0;
    for engine in ["sqlite", "postgres"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(engine);
        for file in std::fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            let number: u32 = name.split('_').next().unwrap().parse().unwrap();
            let sql = std::fs::read_to_string(&path).unwrap();
            let says = sql.contains(&format!("UPDATE oldest_schema SET version = {number};"));
            assert!(
                number < FIRST || says || only_adds(&sql),
                "{engine}/{name} removes or changes something"
            );
            looked_at += u32::from(number >= FIRST);
        }
    }
    assert!(looked_at > 0);
}

#[test]
fn what_servers_of_the_version_before_would_miss_is_no_addition() {
    assert!(only_adds("ALTER TABLE t ADD COLUMN a TEXT; CREATE TABLE u (b TEXT NOT NULL); -- DROP nothing"));
    assert!(only_adds("ALTER TABLE t ADD COLUMN a TEXT NOT NULL DEFAULT ''"));
    for sql in ["ALTER TABLE t ADD COLUMN a TEXT NOT NULL", "alter table t drop column a", "DROP INDEX i"] {
        assert!(!only_adds(sql), "{sql}");
    }
}
