//! Records in PostgreSQL 15 or later, for several machines or an operator who has one already. Each file
//! has a namesake in `sqlite/`; what only files have (mark, log, copies) is missing here, since the
//! server keeps what it has taken and has tools of its own for copies.

mod activity;
mod api_keys;
mod attempts;
mod books;
mod clock;
mod deliveries;
mod events;
mod idempotency;
mod list_rows;
mod lists;
mod merchants;
mod nul;
mod offer_days;
mod offers;
mod prices;
mod purge;
mod quota;
mod quotes;
mod searches;
mod set_aside;
mod store;
mod tables;
mod trial;
mod upkeep;
mod url;
mod write;

#[cfg(feature = "testing")]
pub(crate) use store::MIGRATIONS;
pub(crate) use store::Store;
pub(crate) use url::options;
