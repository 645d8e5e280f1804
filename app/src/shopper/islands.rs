//! The islands: the parts of a page with code in the browser.
//!
//! The server draws the whole form, which works without them. An island has no properties: what it needs is
//! in the page, where the shopper sees and changes it. So nothing is lost that was typed before an island
//! starts, and the wasm contains neither the form's markup nor a second parser. [`Estimator`] handles the
//! events of the form; [`Chosen`] and [`Results`] show what it finds.

mod ask;
mod asking;
mod chosen;
mod dom;
mod estimator;
mod json;
mod page;
mod results;
mod search;
mod state;
mod told;
mod walk;

pub use chosen::Chosen;
pub use estimator::Estimator;
pub use results::Results;

#[cfg(feature = "ssr")]
pub(crate) use asking::Asking;
#[cfg(feature = "ssr")]
pub(crate) use chosen::{Answer, chosen_device};
#[cfg(feature = "ssr")]
pub(crate) use results::result_list;
