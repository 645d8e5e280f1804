//! What a checkout promises, over a real SQLite file and a real PostgreSQL that these tests start
//! (`records::testing::Server`; `scripts/bootstrap` installs it).

mod accepting;
mod api_keys;
mod killing;
mod place;
mod reading;
mod redeeming;
mod sending;
