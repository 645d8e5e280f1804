//! The parts of a page that wake in the browser. Each draws the same markup on both
//! sides, and works as plain HTML until it wakes, or when it never does.

mod condition;
mod device;
mod estimator;
mod form_data;
mod state;
mod summary;

pub use estimator::Estimator;
