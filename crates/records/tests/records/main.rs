//! What the records promise, on each engine: a real SQLite file, and a real PostgreSQL server that these
//! tests start (`records::testing::Server`; `scripts/bootstrap` installs it).

mod attempts;
mod checks;
mod lists;
mod moving;
mod place;
mod postgres;
mod promises;
mod quotes;
mod shapes;
mod things;
