//! The shopper's pages: the form in the frame, its islands, the server functions that they and the plain form
//! call, and the page of a quote.
//!
//! The browser's part contains [`islands`] and what they need ([`step`], [`keyword`], `choice`); the server's
//! part contains all of it.

pub mod islands;
pub mod keyword;
pub mod step;

mod choice;

#[cfg(feature = "ssr")]
pub mod foreign;
#[cfg(feature = "ssr")]
pub mod form_limits;
#[cfg(feature = "ssr")]
pub mod form_page;
#[cfg(feature = "ssr")]
pub mod form_place;
#[cfg(feature = "ssr")]
pub mod form_query;
#[cfg(feature = "ssr")]
pub mod functions;
#[cfg(feature = "ssr")]
pub mod quote;

#[cfg(feature = "ssr")]
mod answered;
#[cfg(feature = "ssr")]
mod answers;
#[cfg(feature = "ssr")]
mod brands;
#[cfg(feature = "ssr")]
mod device;
#[cfg(feature = "ssr")]
mod questions;
#[cfg(feature = "ssr")]
mod screens;
