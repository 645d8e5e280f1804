//! What the records promise, on each engine: a real SQLite file, and a real PostgreSQL server that these
//! tests start (`records::testing::Server`; `scripts/bootstrap` installs it).

mod advances;
mod api_keys;
mod attempts;
mod checks;
mod comparisons;
mod deliveries;
mod drafts;
mod ended_sessions;
mod events;
mod files;
mod full_disk;
mod history;
mod instances;
mod leases;
mod list_providers;
mod lists;
mod merchant_days;
mod moving;
mod offer_days;
mod offer_things;
mod offers;
mod own_grades;
mod place;
mod postgres;
mod promises;
mod provider_places;
mod quotes;
mod shapes;
mod things;
mod upgrades;
