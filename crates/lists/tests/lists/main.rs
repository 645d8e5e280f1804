//! Device lists against a real partner over HTTP and a real database.

mod answering;
mod comparing;
mod drafts;
#[path = "../../../desk/tests/desk/house.rs"]
#[allow(dead_code, reason = "it is the desk's, whose tests use more of it")]
mod house;
mod instances;
mod models;
#[path = "../../../sheet/tests/report/plain.rs"]
mod plain;
mod postgres;
mod providers;
mod quota_tail;
mod refused;
mod rounds;
mod shared_lists;
mod shoppers;
mod together;
mod waiting;
mod work;
