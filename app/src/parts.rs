//! Parts that the pages of several audiences use.

pub(crate) mod icon;
pub(crate) mod wishes;

#[cfg(feature = "ssr")]
pub mod accent;
#[cfg(feature = "ssr")]
pub(crate) mod address;
#[cfg(feature = "ssr")]
pub mod document;
#[cfg(feature = "ssr")]
pub mod failure_report;
#[cfg(feature = "ssr")]
pub mod frame;
#[cfg(feature = "ssr")]
pub(crate) mod masthead;
#[cfg(feature = "ssr")]
pub(crate) mod sample_shop;
#[cfg(feature = "ssr")]
pub(crate) mod shape;
#[cfg(feature = "ssr")]
pub mod state;
