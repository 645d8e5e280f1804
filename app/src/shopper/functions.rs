//! The server functions: public endpoints, so each parses its input and answers with the closed list of
//! failures.
//!
//! The browser posts the form as it is, with or without JavaScript. A caller that asks for JSON (`Accept`)
//! gets JSON; a plain form post is redirected to a page.

mod call;
mod quote;
mod refuse;
mod search;

pub use call::{Asking, Call};
pub use quote::{AskQuote, FormText, quote};
pub use search::{AskSearch, search};
