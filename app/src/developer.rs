//! Pages for the developers of shops: the API.

pub mod api;

mod call;
