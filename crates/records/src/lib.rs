//! Everything that the product records: quotes, attempts at the provider and their daily count, device lists,
//! price history, results of searches, and offers with their events, deliveries and keys. All SQL of the
//! product is in this crate.
//!
//! [`Records`] is the one interface. The address that it is opened with decides which engine is behind it. It
//! opens the database at the first use: if the database cannot be reached, the call that needs it fails, and
//! the next call tries again.
//!
//! ```
//! # async fn example() -> Result<(), records::RecordsError> {
//! use records::Records;
//!
//! let records = Records::open("sqlite::memory:").await?;
//! assert!(records.batches().await?.is_empty());
//! records.close().await;
//! # Ok(())
//! # }
//! ```
//!
//! These promises hold for every engine (`tests/` has a test for each):
//! - An attempt and its place in the day's count are one transaction ([`Records::begin`]).
//! - What instances hold back of a day's calls ([`Records::keep_advance`]) and what is counted are together never more
//!   than the limit.
//! - Attempts and their outcomes are never changed, and are kept for at least 7 days.
//! - [`Records::write`] writes all of its entries or none.
//! - An offer changes by one version at a time, and its event is written in the same transaction
//!   ([`Records::change_offer`]).
//! - An entry that is rejected because of its content can be set aside, so that the entries after it are
//!   written.

mod activity;
mod address;
mod advance;
mod api_key;
mod api_keys;
mod attempt;
mod books;
mod cause;
mod claim;
mod comparisons;
mod copy;
mod deliveries;
mod delivery;
mod drafts;
mod ended_sessions;
mod entry;
mod error;
mod event;
mod file_locks;
mod instance;
mod instance_id;
mod keeping;
mod key;
mod list;
mod list_lease;
mod list_providers;
mod list_rows;
mod listing;
mod merchant_day;
mod moving;
mod number;
mod offer;
mod offer_day;
mod offers;
mod own_grades;
mod patience;
mod postgres;
mod postgres_codes;
mod price;
mod provider_place;
mod recording;
mod records;
mod schema;
mod sharing;
mod sqlite;
mod sqlite_codes;
mod table;
mod tables;
mod taken;
#[cfg(feature = "testing")]
pub mod testing;

pub use self::records::Records;
pub use activity::{Activity, Hour, Latency};
pub use address::DatabaseUrl;
pub use advance::{Advance, AdvanceAsked};
pub use api_key::ApiKeyRecord;
pub use attempt::{AttemptRecord, Span};
pub use books::Finding;
pub use claim::{CLAIMS_KEPT, Claim, ClaimAsked};
pub use comparisons::{Compared, NewComparison};
pub use copy::{BackupError, Restored};
pub use delivery::{
    AfterTry, DeliveriesAsked, DeliveryRecord, DeliveryTaken, DueAsked, EndpointOff, Lane, Undelivered,
};
pub use drafts::{DraftRecord, DraftSaid, MostDrafts};
pub use ended_sessions::EndedSession;
pub use entry::{Begin, Begun, Entry, Most, Origin, Outcome, Row, SetAside};
pub use error::RecordsError;
pub use event::{EventRecord, EventsAsked, Told};
pub use instance::{Instance, SeenInstance};
pub use instance_id::InstanceId;
pub use keeping::SEARCHES_KEPT;
pub use key::Key;
pub use list::{Batch, BatchId, BatchRow, BatchState, Counts, NewRow, OpenDevice, ProviderCounts};
pub use list_lease::{ListClaim, ListLease};
pub use list_providers::{Alternative, ProviderTotal};
pub use list_rows::{RowCounts, RowOrder, RowOutcome, RowsAsked, RowsFound, Worth};
pub use merchant_day::MerchantDay;
pub use moving::{MoveError, MovedTable};
pub use offer::{Added, OfferName, OfferRecord, OffersAsked, StandingRecord};
pub use offer_day::{OfferDay, Outstanding};
pub use price::{Model, PriceOfDay};
pub use provider_place::{PlaceAnswer, PlaceAsked, ProviderPlace};
pub use taken::{Spent, Taken};
