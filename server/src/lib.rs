//! The `tradein` binary as a library: settings, HTTP by audience ([`web`]), command line ([`cli`]), and the start,
//! reload and stop of the server ([`Application`]).
//!
//! Only this crate reads the environment, files of settings, the wall clock and randomness;
//! the others get them as arguments.

pub mod application;
pub mod cli;
mod diagnosis;
mod fingerprint;
mod household;
mod invalid_key;
pub mod listening;
mod logging;
pub mod merchants;
pub mod offers;
pub mod open_provider;
pub mod partner;
pub mod providers;
pub mod reading;
mod reload;
mod secret_key;
pub mod settings;
mod signals;
mod start_error;
pub mod web;

pub use application::Application;
pub use settings::Settings;
pub use start_error::StartError;
