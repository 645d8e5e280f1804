//! The parts of a page that wake in the browser. Each draws the same markup on both
//! sides, and works as plain HTML until it wakes, or when it never does.
//!
//! Small on purpose: what never changes by itself, such as the grades to tick, is drawn by
//! the server alone and handed through as children.

mod device;
mod estimator;
mod form_data;
mod problem;
mod search;
mod state;
mod summary;

pub use device::{DevicePicker, Typed};
pub use estimator::Estimator;
pub use problem::ProblemLine;
