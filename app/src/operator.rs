//! The operator's pages: the state of the desk, device lists, and signing in.

pub mod batch;
pub mod ops;
pub mod sign_in;

mod bars;
