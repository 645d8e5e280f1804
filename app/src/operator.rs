//! The operator's pages: the state of the desk, device lists, offers, and signing in.

pub mod batch;
pub mod offers;
pub mod ops;
pub mod sign_in;

mod bars;
mod title_bar;
