//! A separate database for each test, on either engine.

use std::sync::atomic::{AtomicU32, Ordering};

use records::Records;
use records::testing::{Other, Server};
use tempfile::TempDir;

pub(crate) struct Place {
    pub(crate) url: String,
    pub(crate) is_postgres: bool,
    /// The folder is removed with this value.
    _folder: Option<TempDir>,
}

impl Place {
    /// The path of a file that does not exist yet.
    pub(crate) fn in_a_file() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("data/tradein.db").display());
        Self { url, is_postgres: false, _folder: Some(folder) }
    }

    /// An empty database on the tests' server.
    pub(crate) async fn on_a_server() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let name = format!("test_{}", NUMBER.fetch_add(1, Ordering::Relaxed));
        let server = Server::of_these_tests();
        let mut other = Other::at(&server.url("postgres")).await.unwrap();
        other.run(&format!("CREATE DATABASE {name}")).await.unwrap();
        other.close().await.unwrap();
        Self { url: server.url(&name), is_postgres: true, _folder: None }
    }

    pub(crate) async fn records(&self) -> Records {
        Records::open(&self.url).await.unwrap()
    }

    /// A second connection to the database, as another process has it.
    pub(crate) async fn other(&self) -> Other {
        Other::at(&self.url).await.unwrap()
    }

    /// Lets time pass for all that ends by the database's clock.
    pub(crate) async fn let_pass(&self, seconds: i64) {
        let by = seconds * 1_000;
        let earlier = format!(
            "UPDATE deliveries SET due_at = due_at - {by}, taken_until = taken_until - {by};
             UPDATE batches SET held_until = held_until - {by};
             UPDATE idempotency SET at = at - {by}"
        );
        self.other().await.run(&earlier).await.unwrap();
    }

    /// Makes the database reject rows of a table in which a column contains a text.
    pub(crate) async fn poison(&self, table: &str, column: &str, text: &str) {
        let trigger = if self.is_postgres {
            format!(
                "CREATE FUNCTION poisoned() RETURNS trigger LANGUAGE plpgsql AS $$
                 BEGIN RAISE EXCEPTION 'poisoned'; END $$;
                 CREATE TRIGGER poison BEFORE INSERT ON {table} FOR EACH ROW
                 WHEN (NEW.{column} LIKE '%{text}%') EXECUTE FUNCTION poisoned()"
            )
        } else {
            format!(
                "CREATE TRIGGER poison BEFORE INSERT ON {table} WHEN NEW.{column} LIKE '%{text}%'
                 BEGIN SELECT RAISE(ABORT, 'poisoned'); END"
            )
        };
        self.other().await.run(&trigger).await.unwrap();
    }
}

/// Runs each promise on both engines: `on_both!(name, name)` for functions that take a [`Place`].
macro_rules! on_both {
    ($($promise:ident),+ $(,)?) => {
        mod on_sqlite {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $promise() {
                    super::$promise($crate::place::Place::in_a_file()).await;
                }
            )+
        }
        mod on_postgres {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $promise() {
                    super::$promise($crate::place::Place::on_a_server().await).await;
                }
            )+
        }
    };
}
pub(crate) use on_both;
