//! The operator's pages: the state of the desk, device lists, price lists, offers, and signing in.

pub mod batch;
pub mod offers;
pub mod ops;
pub mod prices;
pub mod sign_in;

mod bars;
mod title_bar;
