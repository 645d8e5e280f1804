//! Pages for the developers of shops: the API.

pub mod api;
pub mod described;

mod call;
