//! Tests what a checkout promises, on a real SQLite file and on a real PostgreSQL server that these tests
//! start (`records::testing::Server`; `scripts/bootstrap` installs it).

mod accepting;
mod api_keys;
mod killing;
mod place;
mod reading;
mod redeeming;
mod sending;
