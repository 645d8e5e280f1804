//! The rule by which servers of two versions work beside each other: each migration says from which schema on a
//! server works with it, and one beside which older servers go on only adds.

use std::path::Path;

/// The last migration that needs a stop of all older servers. The rule applies to those after it.
const LAST_WITH_A_STOP: u32 = 14;

/// Whether servers of the version before can go on after the migration.
fn only_adds(sql: &str) -> bool {
    let sql: String =
        sql.lines().map(|line| line.split("--").next().unwrap_or_default().to_uppercase() + "\n").collect();
    // What a new table does when rows of another one go removes nothing now.
    let sql = sql.replace("ON DELETE CASCADE", "");
    sql.split(';').all(|statement| {
        let removes = ["DROP ", "RENAME ", "ALTER COLUMN", "DELETE ", "TRUNCATE"];
        let column = statement.contains("ADD COLUMN") && statement.contains("NOT NULL");
        !removes.iter().any(|word| statement.contains(word)) && (!column || statement.contains("DEFAULT"))
    })
}

#[test]
fn each_migration_says_who_can_work_beside_it_and_only_adds_if_older_servers_can() {
    let mut looked_at = 0;
    for engine in ["sqlite", "postgres"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(engine);
        for file in std::fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            let number: u32 = name.split('_').next().unwrap().parse().unwrap();
            let sql = std::fs::read_to_string(&path).unwrap();
            looked_at += 1;
            if number <= LAST_WITH_A_STOP {
                continue;
            }
            let says = format!("INSERT INTO schema_changes (version, oldest) VALUES ({number}, ");
            let Some((_, oldest)) = sql.split_once(&says) else { panic!("{engine}/{name} says nothing") };
            let needs_a_stop = oldest.starts_with(&number.to_string());
            assert!(needs_a_stop || only_adds(&sql), "{engine}/{name} removes or changes something");
        }
    }
    assert!(looked_at > 0);
}

#[test]
fn what_servers_of_the_version_before_would_miss_is_no_addition() {
    assert!(only_adds("ALTER TABLE t ADD COLUMN a TEXT; CREATE TABLE u (b TEXT NOT NULL); -- DROP nothing"));
    assert!(only_adds("ALTER TABLE t ADD COLUMN a TEXT NOT NULL DEFAULT ''"));
    assert!(only_adds("CREATE TABLE u (t BIGINT NOT NULL REFERENCES t (id) ON DELETE CASCADE)"));
    for sql in [
        "ALTER TABLE t ADD COLUMN a TEXT NOT NULL",
        "alter table t drop column a",
        "DROP INDEX i",
        "DELETE FROM t",
    ] {
        assert!(!only_adds(sql), "{sql}");
    }
}
