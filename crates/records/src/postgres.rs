//! Records in PostgreSQL 15 or later: for several machines, or for an operator who has such a server already.
//!
//! Each file has a counterpart of the same name in `sqlite/`. What only a file needs (mark, log, backups) is
//! missing here, since a PostgreSQL server keeps committed changes and has its own tools for backups.

mod activity;
mod advances;
mod api_keys;
mod attempts;
mod books;
mod clock;
mod comparisons;
mod deliveries;
mod drafts;
mod ended_sessions;
mod events;
mod idempotency;
mod instances;
mod list_leases;
mod list_providers;
mod list_rows;
mod lists;
mod merchants;
mod nul;
mod offer_days;
mod offers;
mod own_grades;
mod prices;
mod provider_places;
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
