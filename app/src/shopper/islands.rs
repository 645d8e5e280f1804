//! The parts of a page that wake in the browser.
//!
//! The server draws the whole form, and it works as it is. An island takes no data along:
//! what it needs stands in the page, where the shopper sees and changes it. So nothing
//! typed before it woke is lost, and the wasm carries neither the form's markup nor a
//! second parser. Awake, [`Estimator`] listens to the form; [`Chosen`] and [`Results`]
//! show what it finds.

mod ask;
mod chosen;
mod estimator;
mod page;
mod results;
mod search;
mod state;
mod walk;

pub use chosen::Chosen;
pub use estimator::Estimator;
pub use results::Results;

#[cfg(feature = "ssr")]
pub(crate) use chosen::{Answer, chosen_device};
#[cfg(feature = "ssr")]
pub(crate) use results::result_list;
#[cfg(feature = "ssr")]
pub(crate) use state::Asking;
