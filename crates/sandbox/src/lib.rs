#![doc = include_str!("../README.md")]

mod batch;
mod catalogue;
mod checks;
mod faults;
mod inquiry;
mod inspection;
mod pricing;
mod router;
mod running;
mod sandbox;
mod search;
mod special;
mod success;

pub use catalogue::{Catalogue, CatalogueError, Model};
pub use faults::{Faults, Stats};
pub use running::{Running, base_url};
pub use sandbox::{Clock, Sandbox};
