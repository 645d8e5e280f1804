//! Records in an SQLite file, the default engine: it needs no server beside this one.

mod activity;
mod advances;
mod alone;
mod api_keys;
mod attempts;
mod backup;
mod books;
mod clock;
mod comparisons;
mod database;
mod deliveries;
mod disk;
mod drafts;
mod ended_sessions;
mod events;
mod idempotency;
mod instances;
mod list_leases;
mod list_providers;
mod list_rows;
mod lists;
mod lock;
mod log;
mod look;
mod mark;
mod merchants;
mod offer_days;
mod offers;
mod own_grades;
mod place;
mod place_files;
mod prices;
mod provider_places;
mod purge;
mod quota;
mod quotes;
mod renew;
mod searches;
mod set_aside;
mod store;
mod tables;
mod trial;
mod write;

#[cfg(feature = "testing")]
pub(crate) use store::MIGRATIONS;
pub(crate) use store::{Store, file};
